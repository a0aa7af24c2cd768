// Backups of a PostgreSQL database, which pg_dump makes and pg_restore brings back.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { run_parsectl, start_parsectl } from '../support/parsectl.mjs';
import { make_database, open_session, postgres_missing, sql, with_database } from '../support/postgres.mjs';

const skip = postgres_missing();
if (skip) console.log(`# ${skip}`);

let folder;
let database;
let repository;
before(async () => {
  if (skip) return;
  folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-pg-backup-'));
  repository = path.join(folder, 'backups');
  database = await make_database();
  const rows = Array.from({ length: 500 }, (_, i) => `{"objectId":"o${i}","n":${i},"place":{"__type":"GeoPoint","latitude":${i % 90},"longitude":7}}\n`);
  const { code, err } = await run_parsectl(['--database', database.uri, 'import', '-', '--class', 'Game', '--format', 'ndjson'], { input: rows.join('') });
  assert.equal(code, 0, err);
});
after(async () => {
  await database?.drop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function json(args, options) {
  const { code, out, err } = await run_parsectl([...args, '--output', 'json'], options);
  assert.equal(code, 0, `${args.join(' ')}: ${err}`);
  return JSON.parse(out);
}
async function numbers(uri) {
  const { code, out, err } = await run_parsectl(['--database', uri, 'export', 'Game']);
  assert.equal(code, 0, err);
  return out.trim().split('\n').map((line) => JSON.parse(line).n).sort((a, b) => a - b);
}
const up_to = (rows) => Array.from({ length: rows }, (_, i) => i);

test('pg_dump makes a backup and says so, and pg_restore brings it back to another database', { skip }, async () => {
  const made = await run_parsectl(['--database', database.uri, 'backup', 'create', repository]);
  assert.equal(made.code, 0, made.err);
  assert.match(made.err, /pg_dump makes the backup/);
  assert.match(made.out, /Backup \S+ made; pg_dump wrote/);
  const [row] = await json(['backup', 'list', repository]);
  assert.equal(row.kind, 'pg_dump');
  assert.match(row.source, new RegExp(`/${database.name}$`));
  assert.doesNotMatch(JSON.stringify(row), /password|@/);
  assert.equal((await json(['backup', 'verify', repository, '--deep'])).backups, 1);
  const other = await make_database({ template: 'template0' });
  try {
    const unasked = await run_parsectl(['--database', other.uri, 'backup', 'restore', repository]);
    assert.equal(unasked.code, 4);
    assert.match(unasked.err, /pg_restore replaces what is in the database[^]*--yes/);
    await json(['--database', other.uri, 'backup', 'restore', repository, '--yes']);
    assert.deepEqual(await numbers(other.uri), up_to(500));
  } finally {
    await other.drop();
  }
});

test('restore replaces what has changed since the backup', { skip }, async () => {
  await json(['--database', database.uri, 'backup', 'create', repository]);
  await sql(database.uri, 'DELETE FROM "Game" WHERE n < 100');
  assert.equal((await numbers(database.uri)).length, 400);
  await json(['--database', database.uri, 'backup', 'restore', repository, '--yes']);
  assert.deepEqual(await numbers(database.uri), up_to(500));
});

function command_lines() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  });
}

test('an interrupted dump is no backup and leaves nothing, and its password is in nobody\'s list of processes', { skip }, async () => {
  const before = await json(['backup', 'list', repository]);
  const session = open_session(database.uri);
  await session.run('BEGIN; LOCK TABLE "Game"');
  const { child, ended } = start_parsectl(['backup', 'create', repository], { env: { PARSECTL_DATABASE: database.uri } });
  const of_dump = (line) => line.includes('pg_dump') && line.includes(database.name);
  let seen = [];
  for (let tries = 0; tries < 1000 && seen.length === 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    seen = command_lines().filter(of_dump);
  }
  assert.ok(seen.length > 0);
  const { password } = new URL(database.uri);
  for (const line of seen) assert.equal(password !== '' && line.includes(password), false, line);
  child.kill('SIGINT');
  const { code, err } = await ended;
  await session.close();
  assert.equal(code, 130, err);
  assert.match(err, /interrupted; no backup was made/);
  assert.deepEqual(command_lines().filter(of_dump), []);
  assert.deepEqual(await json(['backup', 'list', repository]), before);
  assert.deepEqual(readdirSync(path.join(repository, 'dumps')).filter((name) => name.includes('.part-')), []);
});

test('verify names a damaged dump, and prune and gc remove dumps', { skip }, async () => {
  const own = path.join(folder, 'own');
  const first = await json(['--database', database.uri, 'backup', 'create', own]);
  const second = await json(['--database', database.uri, 'backup', 'create', own]);
  const dump = path.join(own, 'dumps', `${first.id}.dump`);
  const bytes = readFileSync(dump);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(dump, bytes);
  const told = await run_parsectl(['backup', 'verify', own]);
  assert.equal(told.code, 7, told.err);
  assert.match(told.out, new RegExp(`${first.id}\\.dump is damaged`));
  const refused = await run_parsectl(['--database', database.uri, 'backup', 'restore', own, first.id, '--yes']);
  assert.equal(refused.code, 1, refused.err);
  assert.match(refused.err, /\.dump is damaged/);
  await json(['backup', 'prune', own, '--keep-last', '1', '--yes']);
  assert.equal((await json(['backup', 'gc', own])).files, 1);
  assert.deepEqual(readdirSync(path.join(own, 'dumps')), [`${second.id}.dump`]);
  assert.ok(statSync(path.join(own, 'dumps', `${second.id}.dump`)).size > 0);
});

test('a dump does not go into a file, and what cannot be reached or run is told', { skip }, async () => {
  const wrong = await run_parsectl(['--database', `sqlite:${path.join(folder, 'x.db')}`, 'backup', 'restore', repository, (await json(['backup', 'list', repository]))[0].id]);
  assert.equal(wrong.code, 2, wrong.err);
  assert.match(wrong.err, /--database postgres:/);
  const gone = await run_parsectl(['--database', with_database(database.uri, 'no_such_base'), 'backup', 'create', repository]);
  assert.equal(gone.code, 6, gone.err);
  assert.match(gone.err, /pg_dump failed: .*no_such_base/);
  const missing = await run_parsectl(['--database', database.uri, 'backup', 'create', repository], { env: { PATH: folder } });
  assert.equal(missing.code, 1, missing.err);
  assert.match(missing.err, /there is no pg_dump on this machine[^]*postgresql-client/);
});
