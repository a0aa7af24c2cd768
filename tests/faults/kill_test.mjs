// kill -9 at random moments under concurrent writes: what was acknowledged is there, and transactions are whole or absent.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { close_connections } from '../support/http.mjs';
import { call, end_all, make_folder, sleep, start_process, stop_process } from '../support/server_process.mjs';

const kRounds = 8;
const kWriters = 8;
const kBatchSize = 5;
const kLongestLifeMilliseconds = 600;
const kHangUps = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'];

/** What clients were told, to be compared with what the database holds. */
class Ledger {
  singles = new Set();
  groups = new Set();
  counters = new Map();
}

async function write_single(server, ledger, name) {
  const answer = await call(server, 'POST', '/classes/Single', { name, filler: 'x'.repeat(200) });
  assert.equal(answer.status, 201, answer.text);
  ledger.singles.add(name);
}

async function write_group(server, ledger, name) {
  const requests = Array.from({ length: kBatchSize }, (_, part) =>
    ({ method: 'POST', path: '/parse/classes/Grouped', body: { group: name, part } }));
  const answer = await call(server, 'POST', '/batch', { transaction: true, requests });
  assert.equal(answer.status, 200, answer.text);
  assert.ok(answer.json.every((part) => part.success), answer.text);
  ledger.groups.add(name);
}

async function increment(server, ledger, id) {
  const answer = await call(server, 'PUT', `/classes/Counter/${id}`, { value: { __op: 'Increment', amount: 1 } });
  assert.equal(answer.status, 200, answer.text);
  ledger.counters.set(id, ledger.counters.get(id) + 1);
}

/** Writes until the connection breaks; any answer that is not a success is a failure of the test. */
async function write_until_killed(server, ledger, round, writer, counter) {
  for (let step = 0; ; ++step) {
    const name = `${round}-${writer}-${step}`;
    try {
      if (step % 3 === 0) await write_single(server, ledger, name);
      if (step % 3 === 1) await write_group(server, ledger, name);
      if (step % 3 === 2) await increment(server, ledger, counter);
    } catch (error) {
      if (!kHangUps.includes(error.code)) throw error;
      return;
    }
  }
}

async function read_all(server, class_name) {
  const rows = [];
  for (let last = ''; ;) {
    const where = encodeURIComponent(JSON.stringify({ objectId: { $gt: last } }));
    const { json } = await call(server, 'GET', `/classes/${class_name}?limit=1000&order=objectId&where=${where}`);
    rows.push(...json.results);
    if (json.results.length < 1000) return rows;
    last = json.results.at(-1).objectId;
  }
}

async function check(server, ledger) {
  const singles = new Set((await read_all(server, 'Single')).map((row) => row.name));
  const lost = [...ledger.singles].filter((name) => !singles.has(name));
  assert.deepEqual(lost, [], 'acknowledged objects that are gone');

  const parts = new Map();
  for (const row of await read_all(server, 'Grouped')) parts.set(row.group, (parts.get(row.group) ?? 0) + 1);
  const torn = [...parts].filter(([, count]) => count !== kBatchSize);
  assert.deepEqual(torn, [], 'transactions that are there in part');
  assert.deepEqual([...ledger.groups].filter((name) => !parts.has(name)), [], 'acknowledged transactions that are gone');

  for (const row of await read_all(server, 'Counter')) {
    const told = ledger.counters.get(row.objectId);
    assert.ok(row.value === told || row.value === told + 1, `a counter holds ${row.value}, ${told} were acknowledged`);
    ledger.counters.set(row.objectId, row.value);
  }
}

describe('kill -9 under concurrent writes', () => {
  const home = make_folder();
  after(() => {
    end_all();
    home.remove();
  });

  it('loses nothing that was acknowledged and leaves no torn transaction', async (t) => {
    const ledger = new Ledger();
    let server = await start_process(home);
    for (let writer = 0; writer < kWriters; ++writer) {
      const made = await call(server, 'POST', '/classes/Counter', { value: 0 });
      ledger.counters.set(made.json.objectId, 0);
    }
    await write_group(server, ledger, 'first');
    const counters = [...ledger.counters.keys()];
    for (let round = 0; round < kRounds; ++round) {
      const writers = counters.map((counter, writer) => write_until_killed(server, ledger, round, writer, counter));
      await sleep(20 + Math.random() * kLongestLifeMilliseconds);
      server.signal('SIGKILL');
      assert.equal((await server.exited).signal, 'SIGKILL');
      await Promise.all(writers);
      close_connections();
      server = await start_process(home);
      await check(server, ledger);
    }
    t.diagnostic(`${ledger.singles.size} objects, ${ledger.groups.size} transactions acknowledged in ${kRounds} lives`);
    assert.ok(ledger.singles.size > kRounds && ledger.groups.size > kRounds, 'the writers wrote');
    await stop_process(server);
  });
});
