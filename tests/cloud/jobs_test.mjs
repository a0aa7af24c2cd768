// Runs of jobs: what their rows say whatever happens to the job, to Node.js and to the server.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { job_app, until } from '../support/job_app.mjs';
import { end_all } from '../support/server_process.mjs';
import { kKeys } from '../support/start_server.mjs';

const kCode = `
  let release;
  let released = new Promise(resolve => { release = resolve; });
  Parse.Cloud.job('waits', async ({ message, params }) => { message('half of ' + params.n); await released; return 'whole'; });
  Parse.Cloud.job('says_much', async ({ message }) => { for (let i = 0; i < 5000; ++i) message('step ' + i); });
  Parse.Cloud.job('lasts', async ({ params }) => { await new Promise(resolve => setTimeout(resolve, params.ms)); return 'lasted'; });
  Parse.Cloud.job('who', ({ headers, ip, params, jobName }) => JSON.stringify([headers['x-extra'], ip, params, jobName]));
  Parse.Cloud.job('exits', () => process.exit(3));
  Parse.Cloud.job('quick', () => 'done');
  Parse.Cloud.define('release', () => release());
  Parse.Cloud.define('id', async () => Parse.Cloud.startJob('quick', {}));
`;

after(end_all);

/** A test on a server with the code above. */
function on_app(title, use, flags = []) {
  test(title, async () => {
    const app = job_app(kCode);
    try {
      await use(await app.start(['--cloud', app.main, ...flags]), app);
    } finally {
      await app.end();
    }
  });
}

const said = (server, id, message) => until(async () => (await server.row(id)).message === message);

on_app('the row tells what the job says while it runs, and how it ended', async (server) => {
  const id = await server.run_job('waits', { n: 5 });
  await said(server, id, 'half of 5');
  const running = await server.row(id);
  assert.deepEqual([running.status, running.finishedAt, running.source, running.params], ['running', undefined, 'api', { n: 5 }]);
  await server.ask('POST', '/functions/release', {});
  const ended = await server.end_of(id);
  assert.deepEqual([ended.status, ended.message, ended.jobName], ['succeeded', 'whole', 'waits']);
  assert.ok(ended.finishedAt.iso >= ended.createdAt);
});

on_app('the last of many messages stays', async (server) => {
  assert.equal((await server.end_of(await server.run_job('says_much'))).message, 'step 4999');
});

on_app('jobs that wait leave the workers to requests, and more than a hundred are refused', async (server) => {
  const ids = [];
  for (let n = 0; n < 100; ++n) ids.push(await server.run_job('waits', { n }));
  const refused = await server.ask('POST', '/jobs/quick', {});
  assert.deepEqual([refused.status, refused.body], [503, { code: 155, error: 'Too many jobs are running, try again later.' }]);
  const begun = Date.now();
  const answers = await Promise.all(ids.map((_, n) => server.ask('POST', '/classes/Thing', { n })));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
  assert.ok(Date.now() - begun < 10_000);
  await server.ask('POST', '/functions/release', {});
  for (const id of ids) assert.equal((await server.end_of(id)).status, 'succeeded');
  assert.equal((await server.end_of(await server.run_job('quick'))).message, 'done');
});

on_app('a job has no deadline', async (server) => {
  assert.equal((await server.end_of(await server.run_job('lasts', { ms: 2500 }))).message, 'lasted');
}, ['--cloudCallTimeout', '1']);

on_app('a job learns who asked for it, with parameters of the query string', async (server) => {
  const answer = await server.ask('POST', '/jobs/who?a=1', { b: 2 }, { 'X-Extra': 'seen' });
  const { message } = await server.end_of(answer.headers['x-parse-job-status-id']);
  assert.deepEqual(JSON.parse(message), ['seen', '127.0.0.1', { b: 2, a: '1' }, 'who']);
});

on_app('a job that ends Node.js has failed, and the next one runs', async (server) => {
  const [waits, exits] = [await server.run_job('waits', { n: 1 }), await server.run_job('exits')];
  for (const id of [exits, waits]) {
    const row = await server.end_of(id);
    assert.deepEqual([row.status, row.message], ['failed', 'Cloud Code ended before it answered.']);
  }
  assert.equal((await server.end_of(await server.run_job('quick'))).status, 'succeeded');
});

on_app('the jobs of a server that is stopped have failed, and their rows say so', async (server, app) => {
  const id = await server.run_job('waits', { n: 1 });
  await said(server, id, 'half of 1');
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
  const row = await (await app.start()).row(id);
  assert.deepEqual([row.status, row.message], ['failed', 'The server was stopped.']);
});

on_app('the jobs of a server that was killed have failed once it is back', async (server, app) => {
  const id = await server.run_job('waits', { n: 1 });
  await said(server, id, 'half of 1');
  await server.kill();
  const row = await (await app.start()).end_of(id);
  assert.deepEqual([row.status, row.message], ['failed', 'The server that ran this job has ended.']);
});

on_app('a repeated request begins a job once', async (server) => {
  const again = { 'X-Parse-Request-Id': 'one' };
  const first = await server.ask('POST', '/jobs/quick', {}, again);
  assert.equal(first.status, 200);
  const second = await server.ask('POST', '/jobs/quick', {}, again);
  assert.deepEqual([second.status, second.body], [400, { code: 159, error: 'Duplicate request' }]);
  await server.end_of(first.headers['x-parse-job-status-id']);
  assert.equal((await server.ask('GET', '/classes/_JobStatus')).body.results.length, 1);
}, ['--idempotencyOptions', '{"paths":["jobs/.*"],"ttl":300}']);

on_app('the SDK starts jobs from outside and from Cloud Code, and reads their status', async (server) => {
  const Parse = createRequire(import.meta.url)('parse/node');
  Parse.initialize(kKeys.appId, undefined, kKeys.masterKey);
  Parse.serverURL = server.url;
  const id = await Parse.Cloud.startJob('who', { a: 1 });
  await server.end_of(id);
  const status = await Parse.Cloud.getJobStatus(id);
  assert.deepEqual([status.get('status'), status.get('jobName'), status.get('params')], ['succeeded', 'who', { a: 1 }]);
  const inner = await Parse.Cloud.run('id');
  await server.end_of(inner);
  assert.equal((await Parse.Cloud.getJobStatus(inner)).get('message'), 'done');
  assert.deepEqual(await Parse.Cloud.getJobsData(), { in_use: [], jobs: ['exits', 'lasts', 'quick', 'says_much', 'waits', 'who'] });
});

test('a batch begins jobs, too', async () => {
  const app = job_app(kCode);
  try {
    const server = await app.start();
    const { body } = await server.ask('POST', '/batch', { requests: [{ method: 'POST', path: '/parse/jobs/quick', body: {} },
      { method: 'POST', path: '/parse/jobs/missing', body: {} }] });
    assert.deepEqual(body, [{ success: {} }, { error: { code: 141, error: 'Invalid job.' } }]);
    await until(async () => (await server.ask('GET', '/classes/_JobStatus')).body.results[0]?.status === 'succeeded');
  } finally {
    await app.end();
  }
});
