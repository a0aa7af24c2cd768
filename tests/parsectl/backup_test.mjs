// Backups of an embedded database beside the server that uses it, and bringing them back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { make_folders } from '../support/folders.mjs';
import { close_connections } from '../support/http.mjs';
import { run_parsectl, start_parsectl } from '../support/parsectl.mjs';
import { master } from '../support/rest.mjs';
import { start_server } from '../support/start_server.mjs';

const { folder, new_folder, remove: remove_folders } = make_folders('backup');
after(() => {
  close_connections();
  remove_folders();
});

const on = (database) => ['--database', `sqlite:${database}`];
const file_of = (server) => path.join(server.folder, 'parse.db');

/** Runs `parsectl backup …` and gives the JSON that it printed. */
async function json(args, options) {
  const { code, out, err } = await run_parsectl([...args, '--output', 'json'], options);
  assert.equal(code, 0, `${args.join(' ')}: ${err}`);
  return JSON.parse(out);
}
const create = (database, repository) => json([...on(database), 'backup', 'create', repository]);
const restore = (database, repository, ...args) => json([...on(database), 'backup', 'restore', repository, ...args]);

/** Text that does not compress, the same for every seed. */
function noise(seed, length) {
  let state = seed * 2654435761 + 1;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(36);
  }
  return text.slice(0, length);
}

/** Imports `rows` objects of about a kilobyte into the database. */
async function fill(database, rows, first = 0) {
  const lines = Array.from({ length: rows }, (_, i) => `{"objectId":"o${first + i}","n":${first + i},"text":"${noise(first + i, 900)}"}\n`);
  const { code, err } = await run_parsectl([...on(database), 'import', '-', '--class', 'Game', '--format', 'ndjson'], { input: lines.join('') });
  assert.equal(code, 0, err);
}

async function numbers(database) {
  const { code, out, err } = await run_parsectl([...on(database), 'export', 'Game']);
  assert.equal(code, 0, err);
  return out.trim().split('\n').map((line) => JSON.parse(line).n).sort((a, b) => a - b);
}
const up_to = (rows) => Array.from({ length: rows }, (_, i) => i);

function files_below(where) {
  return readdirSync(where, { withFileTypes: true }).flatMap((entry) =>
    (entry.isDirectory() ? files_below(path.join(where, entry.name)) : [path.join(where, entry.name)]));
}
const chunks_of = (repository) => files_below(path.join(repository, 'chunks')).filter((file) => !file.includes('.part-'));
const parts_of = (repository) => files_below(repository).filter((file) => file.includes('.part-'));

/** A database of some megabytes with one backup: `{within, database, repository, made}`. */
async function backed_up(rows = 3000) {
  const within = new_folder();
  const database = path.join(within, 'parse.db');
  const repository = path.join(within, 'backups');
  await fill(database, rows);
  return { within, database, repository, made: await create(database, repository) };
}

test('a backup beside a server that is being written to is the database of one moment', async () => {
  const server = await start_server();
  try {
    const rest = master(server);
    const repository = path.join(new_folder(), 'backups');
    let written = 0;
    let is_over = false;
    // Two objects at once or none of them: a backup that saw one without the other would be torn.
    const write_on = async () => {
      while (!is_over) {
        const requests = ['Left', 'Right'].map((name) => ({ method: 'POST', path: `/parse/classes/${name}`, body: { n: written, text: noise(written, 3000) } }));
        await rest('POST', '/batch', { transaction: true, requests });
        written += 1;
      }
    };
    await rest('POST', '/classes/Left', { n: -1, text: '' });
    await rest('POST', '/classes/Right', { n: -1, text: '' });
    const writing = write_on();
    const backups = [];
    for (let i = 0; i < 3; i += 1) {
      const before = written;
      while (written < before + 40) await new Promise((resolve) => setTimeout(resolve, 5));
      const least = written;
      backups.push({ least, made: await create(file_of(server), repository), most: written + 1 });
    }
    is_over = true;
    await writing;
    for (const { least, most, made } of backups) {
      const copy = path.join(new_folder(), 'parse.db');
      await restore(copy, repository, made.id);
      const other = await start_server({ options: { databaseURI: `sqlite:${copy}` } });
      const read = master(other);
      const [left, right] = await Promise.all(['Left', 'Right'].map(async (name) => (await read('GET', `/classes/${name}?limit=100000&order=n`)).results));
      await other.stop();
      assert.deepEqual(left.map(({ n }) => n), right.map(({ n }) => n));
      assert.ok(left.length - 1 >= least && left.length - 1 <= most, `${left.length} of ${least} to ${most}`);
      for (const { n, text } of left.slice(1)) assert.equal(text, noise(n, 3000));
    }
  } finally {
    await server.stop();
  }
});

test('the second backup of an unchanged database writes next to nothing, and one changed row little', async () => {
  const { database, repository, made } = await backed_up(20000);
  assert.ok(made.size > 15e6 && made.newBytes > made.size / 4, JSON.stringify(made));
  const before = chunks_of(repository).length;
  const second = await create(database, repository);
  assert.deepEqual([second.newChunks, second.newBytes], [0, 0]);
  assert.ok(second.writtenBytes < made.size / 1000, `${second.writtenBytes}`);
  assert.equal(chunks_of(repository).length, before);
  const server = await start_server({ options: { databaseURI: `sqlite:${database}` } });
  await master(server)('PUT', '/classes/Game/o777', { n: 1000777 });
  const third = await create(database, repository);
  await server.stop();
  assert.ok(third.newChunks >= 1 && third.newChunks <= 6, JSON.stringify(third));
  const copy = path.join(new_folder(), 'parse.db');
  await restore(copy, repository);
  assert.deepEqual(await numbers(copy), [...up_to(20000).filter((n) => n !== 777), 1000777]);
});

test('list shows the backups from the oldest on', async () => {
  const { database, repository, made } = await backed_up();
  const second = await create(database, repository);
  const rows = await json(['backup', 'list', repository]);
  assert.deepEqual(rows.map(({ id }) => id), [made.id, second.id]);
  assert.equal(rows[0].source, database);
  const { out } = await run_parsectl(['backup', 'list', repository]);
  assert.match(out, /^ID +TIME +SIZE +NEWBYTES/);
});

test('verify finds good backups good, also --deep', async () => {
  const { repository, made } = await backed_up();
  assert.equal((await json(['backup', 'verify', repository])).checkedBytes, made.size);
  assert.equal((await json(['backup', 'verify', repository, made.id, '--deep'])).backups, 1);
  const missing = await run_parsectl(['backup', 'verify', repository, 'nonsense']);
  assert.equal(missing.code, 3);
  assert.match(missing.err, /there is no backup nonsense/);
});

test('verify names a chunk with a flipped byte and one that is missing, and the next backup mends them', async () => {
  const { database, repository, made } = await backed_up();
  const [flipped, lost] = chunks_of(repository);
  const bytes = readFileSync(flipped);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(flipped, bytes);
  rmSync(lost);
  const { code, out, err } = await run_parsectl(['backup', 'verify', repository]);
  assert.equal(code, 7, err);
  assert.match(out, new RegExp(`${made.id} .*${path.basename(flipped)} is damaged`));
  assert.match(out, new RegExp(`${made.id} .*${path.basename(lost)} is missing`));
  assert.match(err, /1 of 1 backups cannot be restored/);
  const copy = path.join(new_folder(), 'parse.db');
  const refused = await run_parsectl([...on(copy), 'backup', 'restore', repository]);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /is (damaged|missing)/);
  assert.equal(existsSync(copy), false);
  rmSync(flipped);
  await create(database, repository);
  assert.equal((await json(['backup', 'verify', repository])).backups, 2);
});

test('a damaged list of chunks is named, and gc then removes nothing', async () => {
  const { repository, made } = await backed_up();
  const file = path.join(repository, 'snapshots', `${made.id}.snapshot`);
  writeFileSync(file, readFileSync(file).subarray(0, -1));
  for (const [verb, code] of [['list', 7], ['verify', 7], ['gc', 1]]) {
    const told = await run_parsectl(['backup', verb, repository]);
    assert.equal(told.code, code, told.err);
    assert.match(told.err + told.out, /\.snapshot is damaged/);
  }
  assert.ok(chunks_of(repository).length > 10);
});

test('restore --at takes the newest backup that is not later', async () => {
  const { database, repository, made } = await backed_up(1000);
  await fill(database, 500, 1000);
  const second = await create(database, repository);
  for (const [at, expected] of [[made.time, 1000], [new Date(Date.parse(second.time) - 1).toISOString(), 1000], [second.time, 1500], ['0s', 1500]]) {
    const copy = path.join(new_folder(), 'parse.db');
    await restore(copy, repository, '--at', at);
    assert.equal((await numbers(copy)).length, expected, at);
  }
  const copy = path.join(new_folder(), 'parse.db');
  const early = await run_parsectl([...on(copy), 'backup', 'restore', repository, '--at', new Date(Date.parse(made.time) - 1).toISOString()]);
  assert.equal(early.code, 3);
  assert.match(early.err, /there is no backup of an SQLite database from .* or before/);
  assert.equal(existsSync(copy), false);
});

test('restore replaces a database only with consent, and nothing of its log is left', async () => {
  const { within, database, repository } = await backed_up(1000);
  const server = await start_server({ options: { databaseURI: `sqlite:${database}` } });
  await master(server)('POST', '/classes/Later', { n: 1 });
  const busy = await run_parsectl([...on(database), 'backup', 'restore', repository, '--yes']);
  assert.equal(busy.code, 4);
  assert.match(busy.err, /already open in another server/);
  process.kill(server.pid, 'SIGKILL');
  await server.stop();
  assert.ok(statSync(`${database}-wal`).size > 0);
  chmodSync(database, 0o640);
  const refused = await run_parsectl([...on(database), 'backup', 'restore', repository]);
  assert.equal(refused.code, 4);
  assert.match(refused.err, /This replaces the database .*parse\.db[^]*--yes/);
  const dry = await run_parsectl([...on(database), 'backup', 'restore', repository, '--dry-run']);
  assert.match(dry.out, /would be restored to/);
  assert.ok(statSync(`${database}-wal`).size > 0);
  await restore(database, repository, '--yes');
  assert.equal(existsSync(`${database}-wal`), false);
  assert.equal(statSync(database).mode & 0o777, 0o640);
  assert.equal((await numbers(database)).length, 1000);
  const gone = await run_parsectl([...on(database), 'export', 'Later']);
  assert.equal(gone.code, 3, gone.err);
  assert.deepEqual(readdirSync(within).filter((name) => name.includes('restoring')), []);
});

test('backups of two databases share a folder, and restore asks which is meant', async () => {
  const { repository, made } = await backed_up(1000);
  const other = path.join(new_folder(), 'other.db');
  await fill(other, 10);
  await create(other, repository);
  const copy = path.join(new_folder(), 'parse.db');
  const unclear = await run_parsectl([...on(copy), 'backup', 'restore', repository]);
  assert.equal(unclear.code, 2);
  assert.match(unclear.err, /several databases: .*other\.db[^]*--source/);
  await restore(copy, repository, '--source', made.source);
  assert.equal((await numbers(copy)).length, 1000);
  await restore(copy, repository, '--source', `sqlite:${other}`, '--yes');
  assert.equal((await numbers(copy)).length, 10);
});

test('prune removes what no rule keeps, and gc what nobody needs then', async () => {
  const { database, repository, made } = await backed_up(2000);
  await run_parsectl([...on(database), 'schema', 'delete', 'Game', '--yes']);
  await fill(database, 2000, 5000);
  const second = await create(database, repository);
  const third = await create(database, repository);
  const prune = (...args) => run_parsectl(['backup', 'prune', repository, ...args]);
  assert.equal((await prune()).code, 2);
  assert.equal((await prune('--keep-last', '0')).code, 2);
  const unasked = await prune('--keep-last', '2');
  assert.equal(unasked.code, 4);
  assert.match(unasked.err, /removes 1 of 3 backups/);
  const dry = await prune('--keep-last', '2', '--dry-run');
  assert.match(dry.err, new RegExp(`would remove ${made.id}`));
  assert.match(dry.out, /1 backups would be removed, 2 stay/);
  assert.equal((await json(['backup', 'list', repository])).length, 3);
  assert.deepEqual((await json(['backup', 'prune', repository, '--keep-last', '2', '--yes'])).removed, [made.id]);
  writeFileSync(path.join(repository, 'chunks', 'left.part-abc'), 'half');
  const would = await json(['backup', 'gc', repository, '--dry-run']);
  const before = files_below(repository).length;
  const swept = await json(['backup', 'gc', repository]);
  assert.deepEqual(swept, would);
  assert.ok(swept.files > 1);
  assert.equal(files_below(repository).length, before - swept.files);
  assert.deepEqual(parts_of(repository), []);
  assert.equal((await json(['backup', 'verify', repository])).backups, 2);
  assert.deepEqual((await json(['backup', 'gc', repository])).files, 0);
  assert.deepEqual((await json(['backup', 'list', repository])).map(({ id }) => id), [second.id, third.id]);
});

/** Waits until a create has stored its first chunks. */
async function wait_for_chunks(repository) {
  for (let tries = 0; tries < 3000; tries += 1) {
    if (existsSync(path.join(repository, 'chunks')) && chunks_of(repository).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('the backup did not begin');
}

for (const signal of ['SIGINT', 'SIGKILL']) {
  test(`${signal} in the middle of a backup leaves a good folder, and the next one goes on from there`, async () => {
    const within = new_folder();
    const database = path.join(within, 'parse.db');
    const repository = path.join(within, 'backups');
    await fill(database, 50000);
    const { child, ended } = start_parsectl([...on(database), 'backup', 'create', repository]);
    await wait_for_chunks(repository);
    child.kill(signal);
    const { code, err } = await ended;
    assert.equal(code, signal === 'SIGINT' ? 130 : signal);
    if (signal === 'SIGINT') {
      assert.match(err, /interrupted; no backup was made/);
      assert.deepEqual(parts_of(repository), []);
    }
    assert.deepEqual(await json(['backup', 'list', repository]), []);
    const stored = chunks_of(repository).length;
    assert.ok(stored > 0);
    const made = await create(database, repository);
    assert.ok(made.newChunks <= chunks_of(repository).length - stored);
    await json(['backup', 'gc', repository]);
    assert.deepEqual(parts_of(repository), []);
    assert.equal((await json(['backup', 'verify', repository, '--deep'])).backups, 1);
  });
}

test('gc keeps away from a backup that is being made, and two backups at once are both good', async () => {
  const within = new_folder();
  const database = path.join(within, 'parse.db');
  const repository = path.join(within, 'backups');
  await fill(database, 50000);
  const first = start_parsectl([...on(database), 'backup', 'create', repository]);
  await wait_for_chunks(repository);
  const second = start_parsectl([...on(database), 'backup', 'create', repository]);
  const gc = await run_parsectl(['backup', 'gc', repository]);
  assert.equal(gc.code, 5, gc.err);
  assert.match(gc.err, /another command works on .*backups/);
  assert.deepEqual([(await first.ended).code, (await second.ended).code], [0, 0]);
  assert.equal((await json(['backup', 'verify', repository])).backups, 2);
});

test('a full disk is named and leaves no backup; with room the next one is made', async (context) => {
  const within = new_folder();
  const database = path.join(within, 'parse.db');
  const disk = path.join(within, 'disk');
  await fill(database, 10000);
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return context.skip('no file system can be mounted here');
  }
  try {
    const repository = path.join(disk, 'backups');
    const full = await run_parsectl([...on(database), 'backup', 'create', repository]);
    assert.equal(full.code, 1, full.err);
    assert.match(full.err, /cannot write .*No space left on device/);
    assert.deepEqual(await json(['backup', 'list', repository]), []);
    assert.deepEqual(parts_of(repository), []);
    execFileSync('mount', ['-o', 'remount,size=100m', disk]);
    await create(database, repository);
    assert.equal((await json(['backup', 'verify', repository])).backups, 1);
    execFileSync('mount', ['-o', 'remount,size=7m', disk]);
    const target = path.join(disk, 'parse.db');
    const refused = await run_parsectl([...on(target), 'backup', 'restore', repository]);
    assert.equal(refused.code, 1, refused.err);
    assert.match(refused.err, /No space left on device/);
    assert.deepEqual(readdirSync(disk).filter((name) => name !== 'parse.db.lock'), ['backups']);
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});

test('what is no database, no folder of backups or no place for one is told, and nothing is made', async () => {
  const within = new_folder();
  const text = path.join(within, 'notes.txt');
  writeFileSync(text, 'these are my notes, and no database, however long one looks at them');
  const repository = path.join(within, 'backups');
  const cases = [
    [['--database', `sqlite:${within}/none.db`, 'backup', 'create', repository], 6, /there is no database .*none\.db/],
    [[...on(text), 'backup', 'create', repository], 6, /notes\.txt: .*not a database/],
    [[...on(text), 'backup', 'create', within], 6, /not a database/],
    [['--database', 'sqlite::memory:', 'backup', 'create', repository], 2, /only of sqlite:FILE/],
    [['--database', 'mongodb://h/d', 'backup', 'create', repository], 2, /only of sqlite:FILE/],
    [['--database', 'postgres://h/d?nonsense=1', 'backup', 'create', repository], 6, /database URI/],
    [['--server', 'http://127.0.0.1:1/parse', '--appId', 'a', '--masterKey', 'm', 'backup', 'create', repository], 2, /gives nobody its database[^]*--database/],
    [['backup', 'create', repository], 2, /nothing says which server/],
    [['backup', 'list', repository], 3, /there is no folder/],
    [['backup', 'list', within], 3, /holds no backups/],
    [[...on(path.join(within, 'new.db')), 'backup', 'restore', within], 3, /holds no backups/],
  ];
  for (const [args, code, message] of cases) {
    const told = await run_parsectl(args);
    assert.equal(told.code, code, `${args.join(' ')}: ${told.err}`);
    assert.match(told.err, message);
  }
  assert.equal(existsSync(repository), false);
  const database = path.join(new_folder(), 'parse.db');
  await fill(database, 1);
  const foreign = await run_parsectl([...on(database), 'backup', 'create', within]);
  assert.equal(foreign.code, 4);
  assert.match(foreign.err, /holds files that are no backups/);
  const into_file = await run_parsectl([...on(database), 'backup', 'create', text]);
  assert.equal(into_file.code, 4, into_file.err);
  const dry = await run_parsectl([...on(database), 'backup', 'create', repository, '--dry-run']);
  assert.match(dry.out, /A backup would write/);
  assert.equal(existsSync(repository), false);
});
