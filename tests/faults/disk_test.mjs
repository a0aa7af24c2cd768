// A full disk and a database that must not be written: a clear error, a server that goes on, and writes that work again
// once there is room.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { after, describe, it } from 'node:test';
import { find_binary, free_port } from '../support/start_server.mjs';
import { call, end_all, make_folder, run_binary, server_flags, start_process, stop_process } from '../support/server_process.mjs';

const kIsRoot = process.getuid() === 0;
const kNobody = 65534;
const kMegabyte = 1024 * 1024;

/** Mounts a small file system of its own at `folder`; gives the reason when that is not possible. */
function mount_small(folder, size) {
  if (!kIsRoot) return 'mounting a small disk needs root';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `mounting a small disk is not allowed here: ${String(error.stderr).trim()}`;
  }
}

function assert_clear_error(answer) {
  assert.ok(answer.status >= 400, `${answer.status} ${answer.text.slice(0, 100)}`);
  assert.equal(typeof (answer.json?.error ?? answer.json?.message), 'string', answer.text);
  assert.equal(typeof answer.json.code, 'number', answer.text);
}

async function write_until_refused(server) {
  for (let n = 0; n < 400; ++n) {
    const answer = await call(server, 'POST', '/classes/Big', { n, filler: 'x'.repeat(100000) });
    if (answer.status !== 201) return { answer, written: n };
  }
  throw new Error('the disk never became full');
}

/** Waits until `holds` is true; `again` resolves each time when something may have changed. */
async function wait_until(holds, again) {
  const deadline = Date.now() + 30000;
  while (!holds()) {
    assert.ok(Date.now() < deadline, `waited in vain for ${holds}`);
    await again();
  }
}

/** Writers that go on until `stop`, and what they were answered. */
class Writers {
  acknowledged = new Map();  // objectId -> n
  refused = [];  // {n, answer}
  #count = 0;
  #stopping = false;
  #loops;
  #waiting = [];

  constructor(server, how_many) {
    this.#loops = Array.from({ length: how_many }, () => this.#run(server));
  }

  async #run(server) {
    while (!this.#stopping) {
      const n = ++this.#count;
      const answer = await call(server, 'POST', '/classes/Row', { n });
      if (answer.status === 201) this.acknowledged.set(answer.json.objectId, n);
      else this.refused.push({ n, answer });
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  /** Resolves with the next answer. */
  next() {
    return new Promise((resolve) => { this.#waiting.push(resolve); });
  }

  stop() {
    this.#stopping = true;
    return Promise.all(this.#loops);
  }
}

/** The numbers of all rows, by objectId. */
async function read_rows(server) {
  const answer = await call(server, 'GET', '/classes/Row?limit=100000&keys=n');
  assert.equal(answer.status, 200, answer.text);
  return new Map(answer.json.results.map((row) => [row.objectId, row.n]));
}

describe('storage that cannot be written', () => {
  const homes = [];
  const mounts = [];
  after(() => {
    end_all();
    for (const folder of mounts) execFileSync('umount', ['-l', folder]);
    for (const home of homes) home.remove();
  });
  const new_home = () => {
    homes.push(make_folder());
    return homes.at(-1).folder;
  };

  it('a full disk is an error to the writer, and passes', async (t) => {
    const folder = new_home();
    const reason = mount_small(folder, '24m');
    if (reason) return t.skip(reason);
    mounts.push(folder);
    writeFileSync(path.join(folder, 'filler'), Buffer.alloc(8 * kMegabyte));
    const server = await start_process({ folder });
    const kept = await call(server, 'POST', '/classes/Small', { name: 'kept' });
    const { answer, written } = await write_until_refused(server);
    assert_clear_error(answer);
    assert.equal(answer.json.error, 'The database cannot be written.');

    assert.equal((await call(server, 'GET', '/health')).status, 200);
    const read = await call(server, 'GET', `/classes/Small/${kept.json.objectId}`);
    assert.equal(read.json.name, 'kept');
    assert.equal((await call(server, 'GET', '/classes/Big?count=1&limit=0')).json.count, written);
    assert.match(server.output(), /full/i, 'the log says why');

    rmSync(path.join(folder, 'filler'));
    const again = await call(server, 'POST', '/classes/Small', { name: 'after' });
    assert.equal(again.status, 201, again.text);
    assert.deepEqual(await stop_process(server), { code: 0, signal: null });
    const restarted = await start_process({ folder });
    assert.equal((await call(restarted, 'GET', '/classes/Small?count=1&limit=0')).json.count, 2);
    await stop_process(restarted);
  });

  it('a disk that turns read-only refuses writes, serves reads, and takes writes again without a restart', async (t) => {
    const library = path.join(path.dirname(path.resolve(find_binary())), 'libread_only_disk.so');
    if (!existsSync(library)) return t.skip(`${library} was not built with the server`);
    const folder = new_home();
    const mark = path.join(folder, 'read-only');
    const server = await start_process({ folder, env: { LD_PRELOAD: library, READ_ONLY_DISK: mark } });
    const kept = await call(server, 'POST', '/classes/Small', { name: 'kept' });
    const writers = new Writers(server, 8);
    await wait_until(() => writers.acknowledged.size >= 100, () => writers.next());

    writeFileSync(mark, '');
    await wait_until(() => writers.refused.length >= 100, () => writers.next());
    const kOne = `/classes/Small/${kept.json.objectId}`;
    const requests = [{ method: 'POST', path: '/parse/classes/Small', body: { name: 'a' } }, { method: 'DELETE', path: `/parse${kOne}` }];
    for (const [method, target, body] of [['PUT', kOne, { name: 'changed' }], ['DELETE', kOne], ['POST', '/classes/New', { a: 1 }],
      ['POST', '/schemas/Other', { className: 'Other' }], ['POST', '/batch', { requests, transaction: true }]]) {
      const answer = await call(server, method, target, body);
      assert.equal(answer.status, 500, `${method} ${target}: ${answer.text}`);
      assert.deepEqual(answer.json, { code: 1, error: 'The database cannot be written.' }, `${method} ${target}`);
    }
    assert.deepEqual((await call(server, 'GET', '/health')).json, { status: 'ok' });
    const reads = await Promise.all(Array.from({ length: 16 }, () => call(server, 'GET', kOne)));
    for (const read of reads) assert.equal(read.json.name, 'kept', read.text);
    assert.equal((await call(server, 'GET', '/classes/Small?count=1&limit=0')).json.count, 1);
    for (const { answer } of writers.refused) assert.equal(answer.json?.error, 'The database cannot be written.', answer.text);
    assert.match(server.output(), /Read-only file system/, 'the log says why');

    rmSync(mark);
    const before = writers.acknowledged.size;
    await wait_until(() => writers.acknowledged.size >= before + 100, () => writers.next());
    await writers.stop();
    assert.equal((await call(server, 'POST', '/classes/New', { a: 1 })).status, 201);
    const rows = await read_rows(server);
    assert.deepEqual(await stop_process(server), { code: 0, signal: null });
    const restarted = await start_process({ folder });
    assert.deepEqual(await read_rows(restarted), rows);
    await stop_process(restarted);
    for (const [id, n] of writers.acknowledged) assert.equal(rows.get(id), n, `${id} was acknowledged`);
    const there = new Set(rows.values());
    for (const { n } of writers.refused) assert.ok(!there.has(n), `${n} was refused`);
  });

  it('a database that may only be read serves reads and refuses writes, or stops the start with one sentence', async (t) => {
    if (!kIsRoot) return t.skip('changing the owner of files needs root');
    const folder = new_home();
    const database = path.join(folder, 'parse.db');
    const first = await start_process({ folder });
    const kept = await call(first, 'POST', '/classes/Small', { name: 'kept' });
    await stop_process(first);
    chmodSync(database, 0o444);
    chmodSync(folder, 0o555);
    const data = new_home();
    chownSync(data, kNobody, kNobody);

    const port = await free_port();
    const flags = server_flags({ folder: data, port, database });
    const second = run_binary({ flags, cwd: data, uid: kNobody });
    const url = `http://127.0.0.1:${port}/parse`;
    let answer;
    const ended = second.exited.then((how) => ({ how }));
    for (let tries = 0; tries < 500 && !answer?.status; ++tries) {
      if (tries > 0) await setTimeout(20);
      answer = await Promise.race([ended, call({ url }, 'GET', `/classes/Small/${kept.json.objectId}`).catch(() => undefined)]);
      if (answer?.how) break;
    }
    if (answer.how) {
      assert.ok(answer.how.code > 0, second.output());
      assert.match(second.output(), /parse\.db/);
      assert.match(second.output(), /read|writ|permission/i);
    } else {
      assert.equal(answer.json.name, 'kept');
      assert_clear_error(await call({ url }, 'POST', '/classes/Small', { name: 'refused' }));
      assert.equal((await call({ url }, 'GET', '/health')).status, 200);
      await stop_process(second);
    }
  });

  it('a data folder that cannot be made or written stops the start with one sentence', async (t) => {
    if (!kIsRoot) return t.skip('running the server as another user needs root');
    const folder = new_home();
    chmodSync(folder, 0o755);
    mkdirSync(path.join(folder, 'inner'));
    const port = await free_port();
    const refused = run_binary({ flags: server_flags({ folder: path.join(folder, 'inner'), port }), cwd: '/', uid: kNobody });
    assert.ok((await refused.exited).code > 0, refused.output());
    assert.match(refused.output(), /inner/);

    writeFileSync(path.join(folder, 'file'), '');
    const blocked = run_binary({ flags: server_flags({ folder: path.join(folder, 'file'), port }), cwd: '/' });
    assert.ok((await blocked.exited).code > 0, blocked.output());
    assert.match(blocked.output(), /file/);
  });

  it('a file that is no database stops the start and stays as it is', async () => {
    const folder = new_home();
    const database = path.join(folder, 'notes.txt');
    const text = 'not a database, but somebody needs it\n'.repeat(100);
    writeFileSync(database, text);
    const refused = run_binary({ flags: server_flags({ folder, port: await free_port(), database }), cwd: folder });
    assert.ok((await refused.exited).code > 0, refused.output());
    const [sentence, ...more] = refused.output().split('\n').filter((line) => line !== '');
    assert.match(sentence, /notes\.txt/);
    assert.doesNotMatch(sentence, /PRAGMA/);
    assert.deepEqual(more, []);
    assert.equal(readFileSync(database, 'utf8'), text);
  });
});
