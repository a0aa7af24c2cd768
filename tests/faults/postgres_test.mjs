// PostgreSQL that fails while the server runs: clear errors, bounded in time, and service that goes on without a restart.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { call, end_all, make_folder, start_process, stop_process, wait_for_health } from '../support/server_process.mjs';
import { cluster_missing, end_clusters, make_database, open_session, start_cluster } from '../support/postgres.mjs';

const kPatience = 60_000;
const kLongestError = 10_000;
const homes = [];

function new_home() {
  homes.push(make_folder());
  return homes.at(-1).folder;
}

/** Waits until `holds()` is true. */
async function wait_until(holds, what) {
  const deadline = Date.now() + kPatience;
  while (!(await holds())) assert.ok(Date.now() < deadline, `waited in vain for ${what}`);
}

/** An error that says something, and nothing of SQL. */
function assert_clear_error(answer, code) {
  assert.ok(answer.status >= 400, `${answer.status} ${answer.text.slice(0, 200)}`);
  assert.equal(typeof answer.json?.error, 'string', answer.text);
  assert.equal(answer.json.code, code, answer.text);
  assert.ok(!/select|insert|update|relation|column|"/i.test(answer.json.error), answer.text);
}

/** Writers that go on until `stop`, and what they were answered. */
class Writers {
  acknowledged = new Set();
  refused = [];
  slowest = 0;
  #count = 0;
  #stopping = false;
  #loops;

  constructor(server, how_many) {
    this.#loops = Array.from({ length: how_many }, () => this.#run(server));
  }

  async #run(server) {
    while (!this.#stopping) {
      const n = ++this.#count;
      const begin = Date.now();
      const answer = await call(server, 'POST', '/classes/Ledger', { n });
      this.slowest = Math.max(this.slowest, Date.now() - begin);
      if (answer.status === 201) this.acknowledged.add(n);
      else this.refused.push(answer);
    }
  }

  stop() {
    this.#stopping = true;
    return Promise.all(this.#loops);
  }
}

describe('PostgreSQL while the server runs', { skip: cluster_missing() ?? false }, () => {
  let cluster;
  before(async () => { cluster = await start_cluster({ max_connections: 100, deadlock_timeout: '100ms', fsync: 'off' }); });
  after(() => {
    end_all();
    end_clusters();
    for (const home of homes) home.remove();
  });

  /** A server on a database of its own, with an object of the class Row, and a session beside it. */
  async function start(query = '') {
    const database = await make_database({ uri: cluster.uri, template: 'template1' });
    const server = await start_process({ folder: new_home(), database: database.uri + query });
    const made = await call(server, 'POST', '/classes/Row', { n: 0 });
    assert.equal(made.status, 201, made.text);
    const end = async () => {
      assert.equal((await stop_process(server)).code, 0);
      await database.drop();
    };
    return { server, database, id: made.json.objectId, end };
  }

  const others = (database) => `FROM pg_stat_activity WHERE datname = '${database.name}' AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  // With the time limit, PostgreSQL answers when they are gone.
  const terminate = (database, more = '') => cluster.sql(`SELECT pg_terminate_backend(pid, 20000) ${others(database)} ${more}`);
  const count_blocked = async (database) =>
    Number((await cluster.sql(`SELECT count(*) ${others(database)} AND wait_event_type = 'Lock'`))[0][0]);

  it('idle connections that are terminated show in no answer', async () => {
    const { server, database, id, end } = await start();
    for (let round = 0; round < 3; ++round) {
      await terminate(database);
      for (let n = 0; n < 5; ++n) {
        const read = await call(server, 'GET', `/classes/Row/${id}`);
        assert.equal(read.status, 200, read.text);
        const written = await call(server, 'POST', '/classes/Row', { n });
        assert.equal(written.status, 201, written.text);
      }
    }
    await end();
  });

  it('a connection that is terminated in the middle of a request: reads are made again, writes end in an error', async () => {
    const { server, database, id, end } = await start();
    const session = open_session(database.uri);
    await session.run('BEGIN; LOCK TABLE "Row" IN ACCESS EXCLUSIVE MODE');
    const reading = call(server, 'GET', `/classes/Row/${id}`);
    const writing = call(server, 'POST', '/classes/Row', { n: 2 });
    await wait_until(async () => await count_blocked(database) === 2, 'two blocked requests');
    await terminate(database, "AND wait_event_type = 'Lock'");
    assert_clear_error(await writing, 1);
    await session.run('COMMIT');
    const read = await reading;
    assert.equal(read.json.objectId, id, read.text);
    await session.close();
    const again = await call(server, 'POST', '/classes/Row', { n: 3 });
    assert.equal(again.status, 201, again.text);
    await end();
  });

  it('a statement that takes too long ends with 124', async () => {
    const { server, database, id, end } = await start('?query_timeout=300');
    const session = open_session(database.uri);
    await session.run('BEGIN; LOCK TABLE "Row" IN ACCESS EXCLUSIVE MODE');
    const requests = [['GET', `/classes/Row/${id}`], ['GET', '/classes/Row?count=1&limit=0'], ['POST', '/classes/Row', { n: 1 }],
      ['PUT', `/classes/Row/${id}`, { n: 1 }], ['DELETE', `/classes/Row/${id}`]];
    for (const [method, target, body] of requests) {
      const begin = Date.now();
      assert_clear_error(await call(server, method, target, body), 124);
      assert.ok(Date.now() - begin < kLongestError, `${method} took ${Date.now() - begin} ms`);
    }
    await session.run('COMMIT');
    await session.close();
    const read = await call(server, 'GET', `/classes/Row/${id}`);
    assert.equal(read.json.n, 0, read.text);
    await end();
  });

  it('a database that must not be written refuses writes, serves reads, and takes writes again', async () => {
    const { server, database, id, end } = await start();
    await cluster.sql(`ALTER DATABASE ${database.name} SET default_transaction_read_only = on`);
    await terminate(database);
    for (const [method, target] of [['POST', '/classes/Row'], ['PUT', `/classes/Row/${id}`], ['POST', '/classes/NewClass']]) {
      const answer = await call(server, method, target, { n: 7 });
      assert_clear_error(answer, 1);
      assert.equal(answer.json.error, 'The database cannot be written.');
    }
    const read = await call(server, 'GET', `/classes/Row/${id}`);
    assert.equal(read.json.n, 0, read.text);
    await cluster.sql(`ALTER DATABASE ${database.name} RESET default_transaction_read_only`);
    await terminate(database);
    const written = await call(server, 'PUT', `/classes/Row/${id}`, { n: 8 });
    assert.equal(written.status, 200, written.text);
    await end();
  });

  it('a full disk is an error to the writer, and passes', async (t) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-small-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder], { stdio: 'pipe' });
    } catch (error) {
      rmSync(folder, { recursive: true });
      return t.skip(`mounting a small disk is not possible here: ${String(error.stderr).trim()}`);
    }
    try {
      execFileSync('chown', ['--reference', cluster.folder, folder]);
      await cluster.sql(`CREATE TABLESPACE small LOCATION '${folder}'`);
      await cluster.sql('CREATE DATABASE small TEMPLATE template1 TABLESPACE small');
      const uri = cluster.uri.replace(/postgres$/, 'small');
      const server = await start_process({ folder: new_home(), database: uri });
      const kept = await call(server, 'POST', '/classes/Row', { n: 1 });
      // Opened before: on a full disk PostgreSQL may refuse new sessions.
      const session = open_session(uri);
      await session.run('CREATE TABLE filler AS SELECT repeat(md5(n::text), 60) AS text FROM generate_series(1, 4000) AS n');
      let answer;
      const noise = () => Array.from({ length: 400 }, () => Math.random().toString(36)).join('');
      for (let n = 0; n < 20000 && (!answer || answer.status === 201); ++n)
        answer = await call(server, 'POST', '/classes/Big', { n, a: noise(), b: noise(), c: noise(), d: noise() });
      assert_clear_error(answer, 1);
      assert.equal(answer.json.error, 'The database cannot be written.');
      const read = await call(server, 'GET', `/classes/Row/${kept.json.objectId}`);
      assert.equal(read.json.n, 1, read.text);
      await session.run('DROP TABLE filler');
      await session.close();
      const again = await call(server, 'POST', '/classes/Big', { a: noise() });
      assert.equal(again.status, 201, again.text);
      assert.equal((await stop_process(server)).code, 0);
      await cluster.sql('DROP DATABASE small');
      await cluster.sql('DROP TABLESPACE small');
    } finally {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    }
  });

  it('a crash under load loses nothing that was acknowledged, and needs no restart', async () => {
    const { server, end } = await start();
    const writers = new Writers(server, 8);
    await wait_until(() => writers.acknowledged.size >= 200 || call(server, 'GET', '/health').then(() => false), '200 writes');
    await cluster.stop('immediate');
    const health = await wait_for_health(server, 503);
    assert.equal(health.text, '{"status":"error"}');
    await wait_until(() => writers.refused.length >= 20 || call(server, 'GET', '/health').then(() => false), '20 refusals');
    await cluster.start();
    await wait_for_health(server, 200);
    const before_stop = writers.acknowledged.size;
    await wait_until(() => writers.acknowledged.size >= before_stop + 50 || call(server, 'GET', '/health').then(() => false), '50 more writes');
    await writers.stop();
    for (const answer of writers.refused) assert_clear_error(answer, 1);
    assert.ok(writers.slowest < kLongestError, `the slowest answer took ${writers.slowest} ms`);
    const stored = new Set();
    for (let last = 0; ;) {
      const where = encodeURIComponent(JSON.stringify({ n: { $gt: last } }));
      const { json } = await call(server, 'GET', `/classes/Ledger?order=n&limit=1000&keys=n&where=${where}`);
      for (const row of json.results) stored.add(row.n);
      if (json.results.length < 1000) break;
      last = json.results.at(-1).n;
    }
    assert.deepEqual([...writers.acknowledged].filter((n) => !stored.has(n)), []);
    await end();
  });

  it('two servers that make the same class or field at the same moment both succeed', async () => {
    const { server, database, end } = await start();
    const second = await start_process({ folder: new_home(), database: database.uri });
    for (let round = 0; round < 15; ++round) {
      const made = await Promise.all([server, second, server, second].map((each) =>
        call(each, 'POST', `/classes/Race${round}`, { same: 'text', list: [round] })));
      for (const answer of made) assert.equal(answer.status, 201, answer.text);
      const added = await Promise.all([server, second].map((each, n) =>
        call(each, 'POST', `/classes/Race${round}`, { other: n === 0 ? 'text' : 5 })));
      assert.deepEqual(added.map(({ status }) => status).sort(), [201, 400], JSON.stringify(added.map(({ text }) => text)));
      assert.equal(added.find(({ status }) => status === 400).json.code, 111);
      const { json } = await call(second, 'GET', `/classes/Race${round}?count=1&limit=0`);
      assert.equal(json.count, 5);
    }
    assert.equal((await stop_process(second)).code, 0);
    await end();
  });

  it('transactions that meet each other are tried again until all have been carried out', async () => {
    const { server, id, end } = await start();
    const other = (await call(server, 'POST', '/classes/Row', { n: 0 })).json.objectId;
    const add = (row) => ({ method: 'PUT', path: `/parse/classes/Row/${row}`, body: { n: { __op: 'Increment', amount: 1 } } });
    const kTransactions = 8;
    const answers = await Promise.all(Array.from({ length: kTransactions }, (_, n) =>
      call(server, 'POST', '/batch', { transaction: true, requests: n % 2 ? [add(id), add(other)] : [add(other), add(id)] })));
    for (const answer of answers) assert.equal(answer.status, 200, answer.text);
    for (const row of [id, other]) {
      const { json } = await call(server, 'GET', `/classes/Row/${row}`);
      assert.equal(json.n, kTransactions);
    }
    await end();
  });
});
