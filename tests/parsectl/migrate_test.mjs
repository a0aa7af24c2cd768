// Whole apps from one database or server to another.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { make_folders } from '../support/folders.mjs';
import { check_accounts, check_app, fill, login } from '../support/migration.mjs';
import { run_parsectl, start_parsectl } from '../support/parsectl.mjs';
import { make_database, postgres_missing, sql } from '../support/postgres.mjs';
import { master } from '../support/rest.mjs';
import { free_port, kKeys, start_server } from '../support/start_server.mjs';
import { shared_options } from '../takeover/lib/options.mjs';
import { start_reference, why_no_reference } from '../takeover/lib/reference.mjs';

const kRows = 60;
const start_on = (databaseURI) => start_server({ options: { databaseURI, allowCustomObjectId: true } });
const { folder, new_folder, remove: remove_folders } = make_folders('migrate');
/** A database in a file, full, and what is in it. */
let full;
let app;
before(async () => {
  full = `sqlite:${path.join(folder, 'full.db')}`;
  const server = await start_on(full);
  app = await fill(server, { rows: kRows });
  await server.stop();
});
after(() => remove_folders());

const new_uri = () => `sqlite:${path.join(new_folder(), 'parse.db')}`;
const keys = (side) => ({ [`PARSECTL_${side}_APP_ID`]: kKeys.appId, [`PARSECTL_${side}_MASTER_KEY`]: kKeys.masterKey });
const kServerKeys = { ...keys('FROM'), ...keys('TO') };

/** Runs `migrate` in a folder of its own, which takes state and rejects. */
async function migrate(from, to, args = [], { env = {}, cwd = new_folder() } = {}) {
  const result = await run_parsectl(['migrate', '--from', from, '--to', to, '-o', 'json', ...args], { cwd, env });
  const rows = result.out === '' ? [] : JSON.parse(result.out);
  return { ...result, cwd, rows, table: Object.fromEntries(rows.map((row) => [row.class, row])) };
}
const verify = (from, to, args = [], options = {}) => migrate(from, to, ['--verify-only', ...args], options);
async function migrated(from, to, args, options) {
  const result = await migrate(from, to, args, options);
  assert.equal(result.code, 0, result.err);
  assert.deepEqual(readdirSync(result.cwd), [], 'neither state nor rejects stay');
  return result;
}
async function copy_of_full() {
  const uri = new_uri();
  await migrated(full, uri);
  return uri;
}
/** Runs `work(call)` with a server on the database. */
async function on_database(uri, work) {
  const server = await start_on(uri);
  try {
    return await work(master(server), server);
  } finally {
    await server.stop();
  }
}

test('from one database in a file to another everything goes along', async () => {
  const to = new_uri();
  const { rows, table } = await migrated(full, to);
  assert.deepEqual(rows.filter(({ state }) => state !== 'same'), []);
  assert.deepEqual([table.Game.from, table.Game.to, table.Game.stored], [kRows, kRows, kRows]);
  assert.deepEqual([table['_Join:fans:Game'].from, table['_Join:users:_Role'].to, table._Session.to], [6, 1, 1]);
  await on_database(to, async (call, server) => {
    await check_app(server, app);
    await check_accounts(server, app);
    await assert.rejects(call('POST', '/classes/Game', { slug: 's1' }), /137/, 'the unique index keeps watch');
  });
});

test('into PostgreSQL and back nothing is lost', { skip: postgres_missing() }, async () => {
  const database = await make_database();
  try {
    const there = await migrated(full, database.uri);
    assert.deepEqual(there.rows.filter(({ state }) => state !== 'same'), []);
    const [[hash]] = await sql(database.uri, 'SELECT "_hashed_password" FROM "_User" WHERE username = \'anna\'');
    assert.match(hash, /^\$2/);
    const indexes = await sql(database.uri, 'SELECT indexdef FROM pg_indexes WHERE tablename = \'Game\'');
    assert.ok(indexes.some(([text]) => text.endsWith('USING btree (n DESC, title)')), indexes.join('\n'));
    await on_database(database.uri, async (_, server) => {
      await check_app(server, app);
      await check_accounts(server, app);
    });
    const back = new_uri();
    await migrated(database.uri, back);
    await on_database(back, async (_, server) => check_app(server, app));
    // The logins above made sessions of their own.
    const round = await verify(full, back, ['--classes', 'Game,Every,Team,_User,_Role,_Installation,_GlobalConfig,_Hooks']);
    assert.equal(round.code, 0, round.err);
    const self = await migrate(database.uri, database.uri.replace('postgres://', 'postgresql://'));
    assert.equal(self.code, 4, self.err);
  } finally {
    await database.drop();
  }
});

test('an app of the reference server comes from its database, and over REST', { skip: postgres_missing() ?? why_no_reference() }, async () => {
  const database = await make_database();
  const options = { ...shared_options({ uri: database.uri, port: await free_port() }), allowCustomObjectId: true };
  const reference = await start_reference(options);
  const there = await start_on(new_uri());
  try {
    const theirs = await fill({ ...reference, keys: kKeys }, { is_reference: true });
    const env = { ...kServerKeys, PARSECTL_TO_MAINTENANCE_KEY: kKeys.maintenanceKey };
    const over_rest = await migrate(reference.url, there.url, [], { env });
    assert.equal(over_rest.code, 0, over_rest.err);
    await check_app(there, theirs);
    await reference.stop();
    const to = new_uri();
    await migrated(database.uri, to);
    await on_database(to, async (_, server) => {
      await check_app(server, theirs);
      await check_accounts(server, theirs);
    });
  } finally {
    await there.stop();
    await reference.stop();
    await database.drop();
  }
});

test('from server to server goes what REST shows, and what does not is said', async () => {
  const from = await start_on(await copy_of_full());
  const to = await start_on(new_uri());
  try {
    const env = { ...kServerKeys, PARSECTL_TO_MAINTENANCE_KEY: kKeys.maintenanceKey };
    const { rows, table, err } = await migrated(from.url, to.url, [], { env });
    assert.deepEqual(rows.filter(({ state }) => state !== 'same'), []);
    assert.equal(table.Game.to, kRows);
    assert.equal(table._Session, undefined);
    assert.match(err, /hashes of passwords: users have to reset theirs/);
    assert.match(err, /Sessions .* stay behind/);
    await check_app(to, app);
    const [mine, theirs] = await Promise.all([from, to].map((server) => master(server)('GET', `/classes/Game/${app.fanless}`)));
    assert.deepEqual([theirs.createdAt, theirs.updatedAt], [mine.createdAt, mine.updatedAt]);
  } finally {
    await from.stop();
    await to.stop();
  }
});

test('without a maintenance key the server gives its own times, which do not count as a difference', async () => {
  const from = await copy_of_full();
  const to = await start_on(new_uri());
  try {
    const { err } = await migrated(from, to.url, [], { env: kServerKeys });
    assert.match(err, /sets createdAt and updatedAt anew, and takes no hashes/);
    await check_app(to, app);
  } finally {
    await to.stop();
  }
});

test('from a database to a server with the maintenance key passwords go along', async () => {
  const from = await copy_of_full();
  const to = await start_on(new_uri());
  try {
    await migrated(from, to.url, [], { env: { ...keys('TO'), PARSECTL_TO_MAINTENANCE_KEY: kKeys.maintenanceKey } });
    await check_app(to, app);
    assert.equal((await login(to, 'anna', 'opensesame')).objectId, app.anna);
  } finally {
    await to.stop();
  }
});

test('from a server into a database; keys come from a profile as well', async () => {
  const from = await start_on(await copy_of_full());
  const to = new_uri();
  const profiles = path.join(new_folder(), 'profiles.toml');
  writeFileSync(profiles, `[old]\nserver = "${from.url}"\nappId = "${kKeys.appId}"\nmasterKey = "${kKeys.masterKey}"\n[new]\ndatabase = "${to}"\n`);
  try {
    await migrated('profile:old', 'profile:new', [], { env: { PARSECTL_PROFILES: profiles } });
  } finally {
    await from.stop();
  }
  await on_database(to, async (call, server) => {
    await check_app(server, app);
    await call('PUT', `/users/${app.anna}`, { password: 'anew' });
  });
});

test('--verify-only finds one row that is changed, missing or extra, and names it', async () => {
  const to = await copy_of_full();
  const [changed, missing] = app.games;
  await on_database(to, async (call) => {
    await call('PUT', `/classes/Game/${changed}`, { n: -1 });
    await call('DELETE', `/classes/Game/${missing}`);
    await call('POST', '/classes/Team', { objectId: 'extra', name: 'Blue' });
    await call('PUT', `/roles/${app.admins}`, { users: { __op: 'AddRelation', objects: [{ __type: 'Pointer', className: '_User', objectId: app.ben }] } });
  });
  const { code, err, table } = await verify(full, to);
  assert.equal(code, 5);
  const found = (name) => table[name].differences.filter(({ id }) => !app.games.slice(2).includes(id));
  assert.deepEqual(found('Game'), [{ id: changed, difference: 'changed' }, { id: missing, difference: 'missing' }].sort((a, b) => (a.id < b.id ? -1 : 1)));
  assert.deepEqual(found('Team'), [{ id: 'extra', difference: 'extra' }]);
  assert.deepEqual(found('_Join:users:_Role'), [{ id: `${app.admins} -> ${app.ben}`, difference: 'extra' }]);
  assert.equal(table.Every.state, 'same');
  assert.match(err, new RegExp(`${missing} is missing`));
  assert.match(err, /parsectl: 4 of \d+ classes and relations differ between sqlite:.* and sqlite:/);
});

test('--dry-run tells plan and counts, and leaves the target as it is', async () => {
  const to = new_uri();
  const { code, err, table } = await migrate(full, to, ['--dry-run']);
  assert.equal(code, 0, err);
  assert.deepEqual([table.Game.from, table.Game.to], [kRows, 0]);
  assert.match(err, /\+ class Game\n/);
  assert.match(err, /\+ index Game\.slug \(slug\) unique/);
  assert.match(err, /nothing was changed/);
  assert.equal(existsSync(to.slice('sqlite:'.length)), false);
  const other = await copy_of_full();
  const again = await migrate(full, other, ['--dry-run']);
  assert.equal(again.code, 0, again.err);
  assert.equal(again.table.Game.to, kRows);
  assert.doesNotMatch(again.err, /\+ /);
});

test('a target with objects is refused, unless they are skipped or replaced', async () => {
  const to = await copy_of_full();
  await on_database(to, async (call) => {
    await call('PUT', `/classes/Game/${app.games[0]}`, { title: 'theirs' });
    await call('DELETE', `/classes/Game/${app.games[1]}`);
  });
  const refused = await migrate(full, to);
  assert.equal(refused.code, 5);
  assert.match(refused.err, /has objects already: .*\n +add --on-conflict skip/);
  assert.deepEqual(readdirSync(refused.cwd), []);
  const title = () => on_database(to, async (call) => (await call('GET', `/classes/Game/${app.games[0]}`)).title);
  const skipped = await migrate(full, to, ['--on-conflict', 'skip', '--classes', 'Game']);
  assert.equal(skipped.code, 0, skipped.err);
  assert.deepEqual([skipped.table.Game.stored, skipped.table.Game.skipped], [1, kRows - 1]);
  assert.equal(await title(), 'theirs');
  const replaced = await migrate(full, to, ['--on-conflict', 'replace', '--classes', 'Game']);
  assert.equal(replaced.code, 0, replaced.err);
  assert.equal(replaced.table.Game.replaced, kRows);
  assert.equal((await verify(full, to, ['--classes', 'Game'])).code, 0);
  assert.notEqual(await title(), 'theirs');
});

test('users of a server do not take the place of those with passwords unless --yes agrees', async () => {
  const from = await start_on(await copy_of_full());
  const to = await copy_of_full();
  const args = ['--on-conflict', 'replace', '--classes', '_User'];
  try {
    const refused = await migrate(from.url, to, args, { env: kServerKeys });
    assert.equal(refused.code, 4, refused.err);
    assert.match(refused.err, /that are replaced lose their passwords.*\n +add --yes to agree/);
    assert.equal((await verify(full, to)).code, 0);
    const agreed = await migrate(from.url, to, [...args, '--yes'], { env: kServerKeys });
    assert.equal(agreed.code, 0, agreed.err);
    assert.equal(agreed.table._User.replaced, 3);
  } finally {
    await from.stop();
  }
});

test('rows that the target refuses are written down, and the others go along', async () => {
  const to = new_uri();
  await migrated(full, to, ['--classes', 'Game']);
  const other = new_uri();
  await on_database(other, async (call) => {
    await call('POST', '/schemas/Game', { className: 'Game', fields: { slug: { type: 'String' } } });
    await call('PUT', '/schemas/Game', { indexes: { slug: { slug: 1, _options: { unique: true } } } });
    await call('POST', '/classes/Game', { objectId: 'mine', slug: 's7' });
  });
  const { code, err, cwd, table } = await migrate(full, other, ['--on-conflict', 'skip', '--classes', 'Game']);
  assert.equal(code, 7, err);
  assert.deepEqual([table.Game.stored, table.Game.rejected], [kRows - 1, 1]);
  const [file] = readdirSync(cwd);
  assert.match(file, /^migrate-[0-9a-f]{8}\.rejects$/);
  const [reject] = readFileSync(path.join(cwd, file), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(reject.class, 'Game');
  assert.ok(app.games.includes(reject.id));
  assert.match(reject.reason, /duplicate value/);
});

test('--classes takes these classes and their relations only', async () => {
  const to = new_uri();
  const { rows } = await migrated(full, to, ['--classes', 'Team,Game']);
  assert.deepEqual(rows.map((row) => row.class), ['Team', 'Game', '_Join:fans:Game']);
  const unknown = await migrate(full, new_uri(), ['--classes', 'Nothing']);
  assert.equal(unknown.code, 3);
  assert.match(unknown.err, /there is no class Nothing/);
});

test('a field that has another type in the target stops it before anything is done', async () => {
  const to = new_uri();
  await on_database(to, (call) => call('POST', '/schemas/Game', { className: 'Game', fields: { n: { type: 'String' } } }));
  const { code, err } = await migrate(full, to);
  assert.equal(code, 5);
  assert.match(err, /has it otherwise: field Game\.n String -> Number/);
  await on_database(to, (call) => assert.rejects(call('GET', '/schemas/Team')));
});

test('what is the same place, or none, is refused with the reason', async () => {
  const cases = [
    [full, full, 4, /cannot be migrated onto itself/],
    [full, full.replace('/full.db', '/./full.db'), 4, /cannot be migrated onto itself/],
    ['http://localhost:1/parse', 'http://127.0.0.1:1/parse/', 4, /cannot be migrated onto itself/],
    [full, 'mongodb://localhost/x', 2, /'mongodb:\/\/localhost\/x' is no place to migrate to/],
    [full, 'profile:nowhere', 2, /there is no profile 'nowhere'/],
    ['sqlite:/nonexistent/a.db', new_uri(), 6, /there is no database \/nonexistent\/a\.db/],
    ['http://127.0.0.1:1/parse', new_uri(), 6, /cannot reach/],
  ];
  for (const [from, to, code, message] of cases) {
    const result = await migrate(from, to, [], { env: kServerKeys });
    assert.equal(result.code, code, `${from} ${to}: ${result.err}`);
    assert.match(result.err, message);
  }
  const keyless = await migrate(full, 'http://127.0.0.1:1/parse');
  assert.equal(keyless.code, 2);
  assert.match(keyless.err, /set PARSECTL_TO_APP_ID and PARSECTL_TO_MASTER_KEY/);
  const bare = await run_parsectl(['migrate', '--to', full]);
  assert.equal(bare.code, 2);
  assert.match(bare.err, /nothing says where to migrate from\n +add --from .* or set PARSECTL_FROM/);
  const global = await run_parsectl(['--database', full, 'migrate', '--from', full, '--to', new_uri()]);
  assert.equal(global.code, 2);
});

/** Waits until the state in this folder tells that so many rows of a class are stored. */
async function wait_until_stored(cwd, name, least) {
  for (let tries = 0; tries < 3000; tries += 1) {
    try {
      const state = readdirSync(cwd).find((file) => file.endsWith('.state'));
      if (JSON.parse(readFileSync(path.join(cwd, state), 'utf8')).files[name].stored >= least) return;
    } catch {
      // not there yet, or half written
    }
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  throw new Error(`the migration did not get as far as ${least} rows of ${name}`);
}

const kMany = 60000;
let many;
/** A database with many objects, and a relation of many members. */
async function database_of_many() {
  if (many) return many;
  const within = new_folder();
  const uri = `sqlite:${path.join(within, 'parse.db')}`;
  const write = (name, lines) => writeFileSync(path.join(within, name), lines.map((line) => JSON.stringify(line) + '\n').join(''));
  await on_database(uri, (call) => call('POST', '/schemas/Row', { className: 'Row', fields: { others: { type: 'Relation', targetClass: 'Row' } } }));
  write('Row.ndjson', Array.from({ length: kMany }, (_, n) => ({ objectId: `r${n}`, n, name: `row ${n}`, more: 'x'.repeat(100) })));
  write('_Join:others:Row.ndjson', Array.from({ length: 20000 }, (_, n) => ({ owningId: `r${n % 50}`, relatedId: `r${n}` })));
  for (const name of ['Row', '_Join:others:Row']) {
    const { code, err } = await run_parsectl(['--database', uri, 'import', path.join(within, `${name}.ndjson`)]);
    assert.equal(code, 0, err);
  }
  many = uri;
  return uri;
}

for (const [signal, table, least] of [['SIGINT', 'Row', 8000], ['SIGKILL', 'Row', 8000], ['SIGKILL', '_Join:others:Row', 4000]]) {
  test(`after ${signal} in the middle of ${table} the same command goes on: nothing doubled, nothing lost`, async () => {
    const from = await database_of_many();
    const to = new_uri();
    const cwd = new_folder();
    const { child, ended } = start_parsectl(['migrate', '--from', from, '--to', to], { cwd });
    await wait_until_stored(cwd, table, least);
    child.kill(signal);
    const first = await ended;
    if (signal === 'SIGINT') {
      assert.equal(first.code, 130, first.err);
      assert.match(first.err, /interrupted\n +run the same command again to go on; .*\.state remembers where/);
    } else {
      assert.equal(first.code, 'SIGKILL');
    }
    const { table: found, err } = await migrated(from, to, [], { cwd });
    assert.match(err, /Going on where the migration before was cut short/);
    assert.deepEqual([found.Row.stored, found.Row.to, found.Row.state], [kMany, kMany, 'same']);
    assert.deepEqual([found['_Join:others:Row'].to, found['_Join:others:Row'].state], [20000, 'same']);
  });
}

test('a server that dies in the middle is named, and the same command finishes the job', async () => {
  const from = await database_of_many();
  const options = { databaseURI: new_uri(), allowCustomObjectId: true, port: await free_port() };
  const to = await start_server({ options });
  const cwd = new_folder();
  const { ended } = start_parsectl(['migrate', '--from', from, '--to', to.url, '--classes', 'Row'], { cwd, env: kServerKeys });
  await wait_until_stored(cwd, 'Row', 2000);
  process.kill(to.pid, 'SIGKILL');
  const first = await ended;
  assert.equal(first.code, 6, first.err);
  assert.match(first.err, /run the same command again/);
  await to.stop();
  const again = await start_server({ options });
  try {
    const { table } = await migrated(from, again.url, ['--classes', 'Row'], { cwd, env: kServerKeys });
    assert.deepEqual([table.Row.stored, table.Row.state], [kMany, 'same']);
  } finally {
    await again.stop();
  }
});

test('a PostgreSQL that goes away in the middle is named, and the same command finishes the job', { skip: postgres_missing() }, async () => {
  const from = await database_of_many();
  const database = await make_database();
  const cwd = new_folder();
  try {
    const { ended } = start_parsectl(['migrate', '--from', from, '--to', database.uri], { cwd });
    await wait_until_stored(cwd, 'Row', 8000);
    await sql(process.env.PARSE_TEST_POSTGRES_URI, `ALTER DATABASE ${database.name} ALLOW_CONNECTIONS false`);
    await sql(process.env.PARSE_TEST_POSTGRES_URI, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database.name}'`);
    const first = await ended;
    assert.equal(first.code, 6, first.err);
    assert.match(first.err, /^parsectl: The database cannot be reached\. .{1,400}\n +run the same command again[^\n]*\n$/m);
    await sql(process.env.PARSE_TEST_POSTGRES_URI, `ALTER DATABASE ${database.name} ALLOW_CONNECTIONS true`);
    const { table } = await migrated(from, database.uri, [], { cwd });
    assert.deepEqual([table.Row.stored, table.Row.to, table.Row.state], [kMany, kMany, 'same']);
    assert.equal(table['_Join:others:Row'].state, 'same');
  } finally {
    await database.drop();
  }
});

test('two migrations at once: the second one is told, and the first one ends well', async () => {
  const from = await database_of_many();
  const cwd = new_folder();
  const to = new_uri();
  const first = start_parsectl(['migrate', '--from', from, '--to', to], { cwd });
  await wait_until_stored(cwd, 'Row', 4000);
  const second = await migrate(from, to, [], { cwd });
  assert.equal(second.code, 6, second.err);
  assert.match(second.err, /already open/);
  const ended = await first.ended;
  assert.equal(ended.code, 0, ended.err);
});
