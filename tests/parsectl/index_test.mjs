// Indexes on a running server.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { json_on_server, on_server, run_parsectl } from '../support/parsectl.mjs';
import { master } from '../support/rest.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let run;
let json;
let rest;
before(async () => {
  server = await start_server();
  run = on_server(server);
  json = json_on_server(server);
  rest = master(server);
  await rest('POST', '/schemas/Game', { className: 'Game', fields: { title: { type: 'String' }, level: { type: 'Number' }, place: { type: 'GeoPoint' } } });
});
after(() => server?.stop());

const index_of = async (name) => (await rest('GET', '/schemas/Game')).indexes?.[name];

test('an index is made, listed and dropped', async () => {
  const made = await run(['index', 'create', 'Game', 'title,-level']);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /made index title_1_level_-1 of Game on title,-level/);
  assert.deepEqual(await index_of('title_1_level_-1'), { title: 1, level: -1 });
  const rows = await json(['index', 'list', 'Game']);
  assert.deepEqual(rows.find((row) => row.name === 'title_1_level_-1'), { class: 'Game', name: 'title_1_level_-1', keys: 'title,-level' });
  const dropped = await run(['index', 'drop', 'Game', 'title_1_level_-1', '--yes']);
  assert.equal(dropped.code, 0, dropped.err);
  assert.equal(await index_of('title_1_level_-1'), undefined);
});

test('an index may be unique and hold only some objects', async () => {
  const result = await json(['index', 'create', 'Game', 'title', '--unique', '--where', '{"level": 1}', '--name', 'one_each']);
  assert.equal(result.name, 'one_each');
  assert.deepEqual(await index_of('one_each'), { title: 1, _options: { unique: true, where: { level: 1 } } });
  const { out } = await run(['index', 'list']);
  assert.match(out, /^CLASS +NAME +KEYS +OPTIONS\n/);
  assert.match(out, /Game +one_each +title +\{"unique":true,"where":\{"level":1\}\}/);
});

test('a place, and a first field in descending order, are indexed', async () => {
  await json(['index', 'create', 'Game', 'place:2dsphere', '--name', 'places']);
  assert.deepEqual(await index_of('places'), { place: '2dsphere' });
  await json(['index', 'create', 'Game', 'level:-1', '--name', 'down']);
  assert.deepEqual(await index_of('down'), { level: -1 });
  const { code, err } = await run(['index', 'create', '--name', 'down_too', '--', 'Game', '-level,title']);
  assert.equal(code, 0, err);
  assert.deepEqual(await index_of('down_too'), { level: -1, title: 1 });
});

test('the same index again is a success, another one of its name a conflict', async () => {
  await json(['index', 'create', 'Game', 'level', '--name', 'again']);
  assert.equal((await run(['index', 'create', 'Game', 'level', '--name', 'again'])).code, 0);
  const other = await run(['index', 'create', 'Game', 'title', '--name', 'again']);
  assert.equal(other.code, 5);
  assert.match(other.err, /Game has another index again: \{"level":1\}/);
});

test('--dry-run shows the request and changes nothing', async () => {
  const made = await run(['index', 'create', 'Game', 'level', '--name', 'never', '--dry-run']);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /PUT \/schemas\/Game \{"className":"Game","indexes":\{"never":\{"level":1\}\}\}/);
  assert.equal(await index_of('never'), undefined);
  await json(['index', 'create', 'Game', 'level', '--name', 'stays']);
  const dropped = await run(['index', 'drop', 'Game', 'stays', '--dry-run']);
  assert.match(dropped.out, /"stays":\{"__op":"Delete"\}/);
  assert.deepEqual(await index_of('stays'), { level: 1 });
});

test('dropping needs consent', async () => {
  await json(['index', 'create', 'Game', 'level', '--name', 'kept']);
  const { code, err } = await run(['index', 'drop', 'Game', 'kept']);
  assert.equal(code, 4);
  assert.match(err, /--yes/);
  assert.deepEqual(await index_of('kept'), { level: 1 });
});

test('a class, field or index that is not there is not found', async () => {
  for (const args of [['list', 'Nothing'], ['create', 'Nothing', 'a'], ['create', 'Game', 'nothing'], ['drop', 'Game', 'nothing', '--yes']]) {
    const { code, err } = await run(['index', ...args]);
    assert.equal(code, 3, `${args}: ${err}`);
    assert.match(err, /[Nn]othing/);
  }
});

test('keys and filters that cannot be understood are usage mistakes', async () => {
  for (const args of [['title,,level'], ['title:sideways'], ['title,title'], ['title', '--where', '{broken'], ['title', '--where', '[1]']]) {
    assert.equal((await run(['index', 'create', 'Game', ...args])).code, 2, args.join(' '));
  }
});

test('two equal values keep a unique index from being made', async () => {
  await rest('POST', '/classes/Twice', { code: 'a' });
  await rest('POST', '/classes/Twice', { code: 'a' });
  const { code, err } = await run(['index', 'create', 'Twice', 'code', '--unique']);
  assert.equal(code, 5);
  assert.match(err, /\(code 137\)/);
});

test('it works straight on a database', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-test-'));
  try {
    const database = ['--database', `sqlite:${path.join(folder, 'own.db')}`];
    const { code, err } = await run_parsectl([...database, 'index', 'create', '_User', 'createdAt', '--name', 'newest']);
    assert.equal(code, 0, err);
    const { out } = await run_parsectl([...database, 'index', 'list', '_User', '--output', 'csv']);
    assert.match(out, /_User,newest,createdAt,\r\n/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
