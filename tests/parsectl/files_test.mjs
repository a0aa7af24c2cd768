// The contents of File values go out of one server and into another.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { start_loopback } from '../support/loopback.mjs';
import { on_server, run_parsectl, start_parsectl } from '../support/parsectl.mjs';
import { kKeys, start_server } from '../support/start_server.mjs';

let server;
let folder;
before(async () => { server = await start_server({ options: { allowCustomObjectId: true } }); });
after(() => server?.stop());
beforeEach(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-files-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const in_folder = (...names) => path.join(folder, ...names);
const write_rows = (name, rows) => writeFileSync(in_folder(name), rows.map((row) => JSON.stringify(row) + '\n').join(''));
const read_rows = (file) => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const file_value = (name, url) => ({ __type: 'File', name, ...(url && { url }) });

/** Gives each File value in an answer its URL. */
function with_urls(value, url_of) {
  if (Array.isArray(value)) return value.map((each) => with_urls(each, url_of));
  if (value === null || typeof value !== 'object') return value;
  if (value.__type === 'File') return file_value(value.name, url_of(value.name));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, with_urls(each, url_of)]));
}

/**
 * The server of this test with the file routes in front of it: `contents` by name, and `answers` that replace what a
 * file route would say, by name.
 */
async function start_with_files({ contents = {}, answers = {} } = {}) {
  const proxy = await start_loopback(async (call) => {
    if (call.path === '/parse/files') return { status: 400, body: { code: 122, error: 'Filename not provided.' } };
    const name = decodeURIComponent(call.path.split('/').at(-1));
    if (call.path.startsWith('/parse/files/')) {
      if (answers[name]) return answers[name](call);
      if (call.method === 'POST') {
        const stored = `new_${name}`;
        contents[stored] = call.body;
        return { status: 201, body: { name: stored, url: proxy.file_url(stored) } };
      }
      return name in contents && { headers: { 'Content-Type': 'image/x-test' }, body: contents[name] };
    }
    const query = call.query.toString() && `?${call.query}`;
    const headers = Object.fromEntries(Object.entries(call.headers).filter(([key]) => key.startsWith('x-parse') || key === 'content-type'));
    const answer = await fetch(`${server.url}${call.path.replace('/parse', '')}${query}`, { method: call.method, headers, body: call.body && JSON.stringify(call.body) });
    return { status: answer.status, body: with_urls(await answer.json(), proxy.file_url) };
  });
  proxy.file_url = (name) => `${proxy.url}/files/app/${encodeURIComponent(name)}`;
  return Object.assign(proxy, { contents, keys: kKeys, file_calls: (method) => proxy.calls.filter((call) => call.method === method && call.path.startsWith('/parse/files/')) });
}

let classes = 0;
/** A class on the server whose objects have these File values. */
async function class_with(values) {
  const name = `Album${(classes += 1)}`;
  write_rows(`${name}.ndjson`, values.map((value, i) => ({ objectId: `${name}o${i}`, ...value })));
  const { code, err } = await on_server(server)(['import', in_folder(`${name}.ndjson`)]);
  assert.equal(code, 0, err);
  return name;
}

test('contents are fetched once, piece by piece, and a second export keeps them', async () => {
  const big = Buffer.alloc(3_000_000, 'b\0\xff');
  const proxy = await start_with_files({ contents: { 'a.png': Buffer.from('\x89PNG\0'), 'big one.bin': big } });
  try {
    const name = await class_with([{ cover: file_value('a.png') }, { cover: file_value('a.png'), more: [{ page: file_value('big one.bin') }] }]);
    const run = on_server(proxy);
    const first = await run(['export', name, '--to', `${in_folder('out')}/`, '--files', 'content', '--output', 'json']);
    assert.equal(first.code, 0, first.err);
    assert.deepEqual(JSON.parse(first.out).contents, { fetched: 2, kept: 0, failed: 0 });
    assert.deepEqual(readFileSync(in_folder('out', 'files', 'big one.bin')), big);
    assert.equal(proxy.file_calls('GET').length, 2);
    assert.equal(read_rows(in_folder('out', `${name}.ndjson`))[0].cover.url, proxy.file_url('a.png'));
    const second = await run(['export', name, '--to', `${in_folder('out')}/`, '--files', 'content', '--overwrite', '--output', 'json']);
    assert.deepEqual(JSON.parse(second.out).contents, { fetched: 0, kept: 2, failed: 0 });
    assert.equal(proxy.file_calls('GET').length, 2);
  } finally {
    await proxy.stop();
  }
});

test('a content that cannot be had is named, the others are fetched, and the exit code is 7', async () => {
  const moved = ['a.png', 'b.png'];
  const answers = { 'moved.png': () => ({ status: 302, headers: { Location: '/parse/files/app/a.png' } }), 'ill.png': () => ({ status: 503, body: {} }) };
  const proxy = await start_with_files({ contents: { 'a.png': Buffer.from('a'), 'b.png': Buffer.from('b') }, answers });
  try {
    const name = await class_with([...moved, 'moved.png', 'ill.png', 'gone.png', '../../up.png'].map((file) => ({ cover: file_value(file) })));
    const { code, err } = await on_server(proxy)(['export', name, '--to', `${in_folder('out')}/`, '--files', 'content']);
    assert.equal(code, 7);
    assert.match(err, /not fetched: ill\.png: status 503 from http/);
    assert.match(err, /not fetched: gone\.png: status 404/);
    assert.match(err, /not fetched: \.\.\/\.\.\/up\.png: a file of that name cannot be made here/);
    assert.match(err, /3 contents of files could not be fetched\n.*--overwrite/);
    const files = readdirSync(in_folder('out', 'files')).filter((file) => !file.startsWith('.'));
    assert.deepEqual(files.sort(), ['a.png', 'b.png', 'moved.png']);
    assert.equal(readFileSync(in_folder('out', 'files', 'moved.png'), 'utf8'), 'a');
  } finally {
    await proxy.stop();
  }
});

test('by reference nothing is fetched, and File values stay as they are', async () => {
  const proxy = await start_with_files();
  try {
    const name = await class_with([{ cover: file_value('a.png') }]);
    const { code, out } = await on_server(proxy)(['export', name]);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out).cover, file_value('a.png', proxy.file_url('a.png')));
    assert.deepEqual(proxy.file_calls('GET'), []);
  } finally {
    await proxy.stop();
  }
});

test('what was exported with its contents is imported with them, under the names that the server chooses', async () => {
  const proxy = await start_with_files({ contents: { 'a.png': Buffer.from('\x89PNG\0'), notes: Buffer.from('text') } });
  try {
    const name = await class_with([{ cover: file_value('a.png'), more: { pages: [file_value('notes')] } }, { cover: file_value('elsewhere.png') }]);
    const run = on_server(proxy);
    assert.equal((await run(['export', name, '--to', `${in_folder('out')}/`, '--files', 'content'])).code, 7);
    const dry = await run(['import', in_folder('out'), '--files', in_folder('out', 'files'), '--on-conflict', 'replace', '--dry-run']);
    assert.match(dry.err, /would send 2 files/);
    assert.equal(proxy.file_calls('POST').length, 0);
    const { code, out, err } = await run(['import', in_folder('out'), '--files', in_folder('out', 'files'), '--on-conflict', 'replace', '--output', 'json']);
    assert.equal(code, 0, err);
    assert.deepEqual(JSON.parse(out).contents, { sent: 2, kept: 0, refused: 0 });
    assert.deepEqual(proxy.contents['new_a.png'], Buffer.from('\x89PNG\0'));
    assert.equal(proxy.file_calls('POST')[0].headers['content-type'], 'image/x-test');
    assert.equal(proxy.file_calls('POST')[0].headers['x-parse-master-key'], kKeys.masterKey);
    const rows = read_rows((await run(['export', name, '--to', in_folder('after.ndjson')])) && in_folder('after.ndjson'));
    assert.equal(rows[0].cover.name, 'new_a.png');
    assert.equal(rows[0].more.pages[0].name, 'new_notes');
    assert.equal(rows[1].cover.name, 'elsewhere.png');
    assert.ok(!readdirSync(folder).some((file) => file.includes('import-state')));
  } finally {
    await proxy.stop();
  }
});

test('an import that was killed does not send a file again', async () => {
  const gate = {};
  gate.reached = new Promise((resolve) => { gate.reach = resolve; });
  const answers = { 'c.txt': () => { gate.reach(); return new Promise(() => {}); } };
  const proxy = await start_with_files({ answers });
  try {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(in_folder('files'));
    for (const file of ['a.txt', 'b.txt', 'c.txt']) writeFileSync(in_folder('files', file), file);
    write_rows('Killed.ndjson', ['a', 'b', 'c'].map((each) => ({ objectId: `killed${each}`, cover: file_value(`${each}.txt`) })));
    const args = ['--server', proxy.url, '--appId', kKeys.appId, '--masterKey', kKeys.masterKey, 'import', in_folder('Killed.ndjson'), '--files', in_folder('files'), '--output', 'json'];
    const { child, ended } = start_parsectl(args);
    await gate.reached;
    child.kill('SIGKILL');
    await ended;
    delete answers['c.txt'];
    const { code, out, err } = await run_parsectl(args);
    assert.equal(code, 0, err);
    assert.deepEqual(JSON.parse(out).contents, { sent: 1, kept: 2, refused: 0 });
    assert.deepEqual(proxy.file_calls('POST').map((call) => call.path.at(-5)), ['a', 'b', 'c', 'c']);
    const rows = read_rows((await on_server(server)(['export', 'Killed', '--to', in_folder('after.ndjson')])) && in_folder('after.ndjson'));
    assert.deepEqual(rows.map((row) => row.cover.name), ['new_a.txt', 'new_b.txt', 'new_c.txt']);
    assert.equal(existsSync(in_folder('Killed.ndjson.import-state.files')), false);
  } finally {
    await proxy.stop();
  }
});

test('files that the server does not take are named; one that has no files at all ends the import', async () => {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(in_folder('files'));
  for (const file of ['bad.html', 'good.txt']) writeFileSync(in_folder('files', file), file);
  write_rows('Taken.ndjson', [{ objectId: 'taken1', cover: file_value('bad.html') }]);
  const args = ['import', in_folder('Taken.ndjson'), '--files', in_folder('files')];
  const none = await on_server(server)(args);
  assert.equal(none.code, 6);
  assert.match(none.err, /has nothing at \/files .*can that server do it/);
  const proxy = await start_with_files({ answers: { 'bad.html': () => ({ status: 400, body: { code: 130, error: 'File upload of extension html is disabled.' } }) } });
  try {
    const { code, err } = await on_server(proxy)([...args, '--restart']);
    assert.equal(code, 7);
    assert.match(err, /not taken: file bad\.html: File upload of extension html is disabled/);
    assert.match(err, /did not take 1 files/);
  } finally {
    await proxy.stop();
  }
});

test('a database has no files: export and import say so', async () => {
  const database = ['--database', `sqlite:${in_folder('parse.db')}`];
  write_rows('Game.ndjson', [{ objectId: 'a' }]);
  const refused = await run_parsectl([...database, 'import', in_folder('Game.ndjson'), '--files', folder]);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /go through a server\n.*--server/);
  assert.equal((await run_parsectl([...database, 'import', in_folder('Game.ndjson')])).code, 0);
  const out = await run_parsectl([...database, 'export', '--to', in_folder('out'), '--files', 'content']);
  assert.equal(out.code, 2);
  assert.match(out.err, /only the names of files/);
  const plain = await on_server(server)(['export', 'Album1', '--files', 'content']);
  assert.match(plain.err, /--files content needs a folder/);
});
