// Objects out of a server and straight out of a database.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { on_server, run_parsectl, start_parsectl } from '../support/parsectl.mjs';
import { kKeys, start_server } from '../support/start_server.mjs';

let server;
let folder;
let places;
before(async () => {
  server = await start_server({ options: { allowCustomObjectId: true } });
  folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-export-'));
  const database = `sqlite:${path.join(folder, 'parse.db')}`;
  places = { server: on_server(server), database: (args, options) => run_parsectl(['--database', database, ...args], options) };
  const data = path.join(folder, 'data');
  const objects = Array.from({ length: 2500 }, (_, i) => ({ objectId: `o${String(i).padStart(5, '0')}`, n: i, fans: { __type: 'Relation', className: '_User' } }));
  const members = Array.from({ length: 2100 }, (_, i) => ({ owningId: objects[i % 3].objectId, relatedId: `u${i}` }));
  const write = (name, rows) => writeFileSync(path.join(data, name), rows.map((row) => JSON.stringify(row) + '\n').join(''));
  const { mkdirSync } = await import('node:fs');
  mkdirSync(data);
  write('Game.ndjson', objects);
  write('_Join:fans:Game.ndjson', members);
  for (const run of Object.values(places)) {
    const { code, err } = await run(['import', data, '--maintenanceKey', kKeys.maintenanceKey]);
    assert.equal(code, 0, err);
  }
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const lines_of = (text) => text.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
let count = 0;
const new_path = (ending = '') => path.join(folder, `out${(count += 1)}${ending}`);

for (const where of ['server', 'database']) {
  test(`${where}: all pages of a class come out once, in the order of their ids`, async () => {
    const { code, out, err } = await places[where](['export', 'Game']);
    assert.equal(code, 0, err);
    const rows = lines_of(out);
    assert.deepEqual(rows.map(({ n }) => n), Array.from({ length: 2500 }, (_, i) => i));
    assert.match(err, /2,500 rows exported/);
    assert.match(err, /relation.*left out/);
  });

  test(`${where}: --where chooses objects, and the members of their relations`, async () => {
    const to = new_path();
    const where_json = '{"n":{"$in":[0,1,2000]}}';
    const { code, err } = await places[where](['export', 'Game', '--where', where_json, '--to', `${to}/`]);
    assert.equal(code, 0, err);
    assert.deepEqual(lines_of(readFileSync(path.join(to, 'Game.ndjson'), 'utf8')).map(({ n }) => n), [0, 1, 2000]);
    const members = lines_of(readFileSync(path.join(to, '_Join:fans:Game.ndjson'), 'utf8'));
    assert.equal(members.length, 1400);
    assert.deepEqual([...new Set(members.map(({ owningId }) => owningId))], ['o00000', 'o00001']);
  });

  test(`${where}: the whole app becomes a folder with a file for each class and relation`, async () => {
    const to = new_path();
    const { code, out, err } = await places[where](['export', '--to', to, '--output', 'json', '--format', 'json']);
    assert.equal(code, 0, err);
    const files = readdirSync(to);
    for (const name of ['Game.json', '_Join:fans:Game.json']) assert.ok(files.includes(name), files.join());
    assert.equal(files.some((name) => name.endsWith('.part')), false);
    assert.equal(JSON.parse(readFileSync(path.join(to, '_Join:fans:Game.json'), 'utf8')).results.length, 2100);
    const { files: told } = JSON.parse(out);
    assert.equal(told.find(({ className }) => className === 'Game').rows, 2500);
  });
}

test('the name of the file chooses the format', async () => {
  const to = new_path('.csv');
  assert.equal((await places.database(['export', 'Game', '--to', to])).code, 0);
  const [header, first] = readFileSync(to, 'utf8').split('\r\n');
  assert.match(header, /^objectId,createdAt,updatedAt,ACL,n:Number$/);
  assert.match(first, /^o00000,20/);
});

test('a file that exists is neither overwritten nor doubted without being asked', async () => {
  const to = new_path('.ndjson');
  writeFileSync(to, 'mine');
  const refused = await places.database(['export', 'Game', '--to', to]);
  assert.equal(refused.code, 5);
  assert.match(refused.err, /--overwrite .* or --resume/);
  assert.equal(readFileSync(to, 'utf8'), 'mine');
  assert.equal((await places.database(['export', 'Game', '--to', to, '--overwrite'])).code, 0);
  assert.equal(lines_of(readFileSync(to, 'utf8')).length, 2500);
});

test('--resume writes what an export before did not finish', async () => {
  const to = new_path();
  assert.equal((await places.database(['export', 'Game', '--to', `${to}/`])).code, 0);
  writeFileSync(path.join(to, 'Game.ndjson'), 'done before\n');
  rmSync(path.join(to, '_Join:fans:Game.ndjson'));
  assert.equal((await places.database(['export', 'Game', '--to', `${to}/`, '--resume'])).code, 0);
  assert.equal(readFileSync(path.join(to, 'Game.ndjson'), 'utf8'), 'done before\n');
  assert.equal(lines_of(readFileSync(path.join(to, '_Join:fans:Game.ndjson'), 'utf8')).length, 2100);
});

test('a dry run lists the files and writes none', async () => {
  const to = new_path();
  const { code, out } = await places.database(['export', 'Game', '--to', `${to}/`, '--dry-run', '--output', 'json']);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out).map(({ className }) => className), ['Game', '_Join:fans:Game']);
  assert.equal(existsSync(to), false);
});

test('classes, conditions and databases that are not there are named', async () => {
  const unknown = await places.database(['export', 'Nothing']);
  assert.equal(unknown.code, 3);
  assert.match(unknown.err, /there is no class Nothing/);
  assert.equal((await places.database(['export'])).code, 2);
  assert.equal((await places.database(['export', 'Game', '--where', 'n=1'])).code, 2);
  const bad = await places.database(['export', 'Game', '--where', '{"n":{"$what":1}}']);
  assert.equal(bad.code, 2);
  assert.match(bad.err, /\$what/);
  const missing = await run_parsectl(['--database', `sqlite:${folder}/nowhere.db`, 'export', 'Game']);
  assert.equal(missing.code, 6);
  assert.equal(existsSync(`${folder}/nowhere.db`), false);
});

test('a full disk is named, and no file is left that looks whole', async () => {
  const { code, err } = await places.database(['export', 'Game', '--to', '/dev/full']).catch((error) => ({ err: String(error) }));
  assert.notEqual(code, 0, err);
  const { child, ended } = start_parsectl(['--database', `sqlite:${folder}/parse.db`, 'export', 'Game']);
  child.stdout.destroy();
  assert.equal((await ended).code, 1);
});
