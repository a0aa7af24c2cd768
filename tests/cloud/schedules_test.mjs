// Schedules of jobs on one server and on several: each run that is due happens, once.
import assert from 'node:assert/strict';
import { after, describe, it, test } from 'node:test';
import { job_app, until } from '../support/job_app.mjs';
import { make_database, postgres_missing, sql } from '../support/postgres.mjs';
import { end_all, sleep } from '../support/server_process.mjs';

// The message tells which server ran it.
const kCode = `
  Parse.Cloud.job('counts', ({ params }) => JSON.stringify([params.n, process.pid]));
  Parse.Cloud.job('waits', () => new Promise(() => {}));
`;
const kMinute = 60_000;
const in_ms = (ms) => new Date(Date.now() + ms).toISOString();

after(end_all);

async function with_app(use, options, code = kCode) {
  const app = job_app(code, options);
  try {
    await use(app);
  } finally {
    await app.end();
  }
}

const make = async ({ ask }, schedule) => {
  const { status, body } = await ask('POST', '/cloud_code/jobs', { job_schedule: schedule });
  assert.equal(status, 201, JSON.stringify(body));
  return body.objectId;
};
/** What was begun, as `{n, status, server}`, in the order of beginning. */
const runs = async ({ ask }) => {
  const { body } = await ask('GET', '/classes/_JobStatus?order=createdAt&limit=1000');
  return body.results.filter(({ source }) => source === 'schedule').map(({ params, status, message }) =>
    ({ n: params.n, status, server: status === 'succeeded' ? JSON.parse(message)[1] : undefined }));
};
const numbers = async (server) => (await runs(server)).map(({ n }) => n);
const runs_of = async (server, n) => (await runs(server)).filter((run) => run.n === n && run.status === 'succeeded').length;
const schedule_of = async ({ ask }, id) => (await ask('GET', `/classes/_JobSchedule/${id}`)).body;

test('a schedule begins its job at its time, once, also after a restart', () => with_app(async (app) => {
  const server = await app.start();
  const start = in_ms(1500);
  const id = await make(server, { jobName: 'counts', params: '{"n":1}', startAfter: start });
  assert.deepEqual(await numbers(server), []);
  await until(async () => (await runs_of(server, 1)) === 1);
  assert.ok(Date.now() >= Date.parse(start));
  assert.equal((await schedule_of(server, id)).lastRun, Date.parse(start));
  await server.stop();
  const again = await app.start();
  await make(again, { jobName: 'counts', params: '{"n":2}' });
  await until(async () => (await runs_of(again, 2)) === 1);
  assert.deepEqual(await numbers(again), [1, 2]);
  // A new start is a new run.
  await again.ask('PUT', `/cloud_code/jobs/${id}`, { job_schedule: { params: '{"n":3}' } });
  await until(async () => (await runs_of(again, 3)) === 1);
  assert.deepEqual(await numbers(again), [1, 2, 3]);
}));

test('runs that nobody was there for are made up for by one, those of last month by none', () => with_app(async (app) => {
  const idle = await app.start([]);
  const add = async (schedule) => (await idle.ask('POST', '/classes/_JobSchedule', { jobName: 'counts', ...schedule })).body.objectId;
  const often = await add({ params: '{"n":1}', startAfter: in_ms(-100.5 * kMinute), repeatMinutes: 1 });
  await add({ params: '{"n":2}', startAfter: in_ms(-30 * 24 * 60 * kMinute) });
  await add({ params: '{"n":3}', startAfter: in_ms(-60 * kMinute) });
  await idle.stop();
  const server = await app.start();
  await until(async () => (await numbers(server)).length === 2);
  assert.deepEqual((await numbers(server)).sort(), [1, 3]);
  const { lastRun, startAfter } = await schedule_of(server, often);
  assert.equal((lastRun - Date.parse(startAfter)) / kMinute, 100);
}));

test('what cannot be read is logged and left alone, and stops nothing else', () => with_app(async (app) => {
  const server = await app.start();
  await make(server, { jobName: 'counts', params: 'no json', startAfter: in_ms(0) });
  await make(server, { jobName: 'counts', params: '[1]', startAfter: in_ms(0) });
  await make(server, { jobName: 'counts', startAfter: 'soon' });
  await make(server, { jobName: 'counts', daysOfWeek: [1], startAfter: in_ms(0) });
  await make(server, { startAfter: in_ms(0) });
  await make(server, { jobName: 'counts', params: '{"n":1}', startAfter: in_ms(0) });
  await until(async () => (await numbers(server)).includes(1));
  assert.deepEqual(await numbers(server), [1]);
  await until(() => ['params', 'startAfter', 'daysOfWeek'].every((field) => server.output().includes(`: ${field} of the schedule`)));
}));

test('without jobs the database is asked nothing of them, with jobs it is', async () => {
  const asked = async (code) => {
    let seen;
    await with_app(async (app) => {
      const server = await app.start(['--cloud', app.main]);
      // Longer than between two looks.
      await sleep(6000);
      const { body } = await server.ask('GET', '/queryStats');
      seen = JSON.stringify(body).includes('_JobSchedule');
    }, {}, code);
    return seen;
  };
  assert.deepEqual(await Promise.all([asked(`Parse.Cloud.define('nothing', () => {});`), asked(kCode)]), [false, true]);
});

describe('two servers on one PostgreSQL', { skip: postgres_missing() }, () => {
  const on_database = async (use) => {
    const database = await make_database();
    try {
      await with_app((app) => use(app, database.uri), { uri: database.uri });
    } finally {
      await database.drop();
    }
  };

  it('begin each run that is due exactly once, while one is killed, one is stopped and both are started anew', () => on_database(async (app) => {
    let [first, second] = [await app.start(), await app.start()];
    const count = 60;
    const schedules = Array.from({ length: count }, (_, n) => ({ jobName: 'counts', params: JSON.stringify({ n }), startAfter: in_ms(1500 + 100 * n) }));
    await Promise.all(schedules.map((schedule) => make(first, schedule)));
    const expected = [...schedules.keys(), 'often', 'often'].map(String).sort();
    // Due a minute ago and again in a while.
    await make(second, { jobName: 'counts', params: '{"n":"often"}', startAfter: in_ms(-kMinute + 5000), repeatMinutes: 1 });
    await until(async () => (await numbers(second)).length >= 10);
    await first.kill();
    await until(async () => (await numbers(second)).length >= 25);
    first = await app.start();
    await until(async () => (await numbers(first)).length >= 40);
    await second.stop();
    second = await app.start();
    await until(async () => (await numbers(first)).length >= expected.length, 40_000);
    await sleep(6000);
    const all = await runs(first);
    assert.deepEqual(all.map(({ n }) => String(n)).sort(), expected);
    assert.ok(new Set(all.map(({ server }) => server).filter(Boolean)).size > 1, 'only one server ran anything');
  }));

  it('fail the runs of one that is silent, and leave those of living and of other servers', () => on_database(async (app, uri) => {
    const first = await app.start();
    const [silent, living, foreign] = [await first.run_job('waits'), await first.run_job('waits'), await first.run_job('waits')];
    // As after a crash a minute ago, and as the Node server leaves its rows.
    await first.kill();
    await sql(uri, `UPDATE "_JobStatus" SET "updatedAt" = now() - interval '61 seconds' WHERE "objectId" = '${silent}';
      UPDATE "_JobStatus" SET "updatedAt" = now() + interval '50 seconds' WHERE "objectId" = '${living}';
      UPDATE "_JobStatus" SET "updatedAt" = NULL WHERE "objectId" = '${foreign}'`);
    const second = await app.start();
    const { status, message } = await second.end_of(silent);
    assert.deepEqual([status, message], ['failed', 'The server that ran this job has ended.']);
    assert.equal((await second.row(living)).status, 'running');
    assert.equal((await second.row(foreign)).status, 'running');
  }));

  it('touch the rows of the jobs that they run', () => on_database(async (app) => {
    const server = await app.start();
    const id = await server.run_job('waits');
    const { updatedAt } = await server.row(id);
    await until(async () => (await server.row(id)).updatedAt > updatedAt, 25_000);
    assert.equal((await server.row(id)).status, 'running');
  }));
});
