// Jobs of Cloud Code, against a server that speaks the documented contract.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start_loopback } from '../support/loopback.mjs';
import { json_on_server, on_server } from '../support/parsectl.mjs';

/** A server with the jobs cleanUp and report; a run goes through `states`, one with each look at it. */
async function with_jobs(use, states = [{ status: 'succeeded' }]) {
  let looks = 0;
  const server = await start_loopback(({ method, path }) => {
    if (path === '/parse/cloud_code/jobs/data') return { body: { in_use: ['report'], jobs: ['cleanUp', 'report'] } };
    if (method === 'POST' && path === '/parse/jobs/cleanUp') return { headers: { 'X-Parse-Job-Status-Id': 'run1' } };
    if (method === 'POST') return { status: 400, body: { code: 141, error: 'Invalid job.' } };
    if (path === '/parse/classes/_JobStatus/run1') return { body: { objectId: 'run1', jobName: 'cleanUp', ...states[Math.min(looks++, states.length - 1)] } };
    if (path === '/parse/classes/_JobStatus') return { body: { results: [{ objectId: 'run1', jobName: 'cleanUp', status: 'running', createdAt: '2026-01-01T00:00:00.000Z' }] } };
    return undefined;
  });
  try {
    await use({ run: on_server(server), json: json_on_server(server), calls: server.calls });
  } finally {
    await server.stop();
  }
}

test('jobs are listed, with which of them have a schedule', () => with_jobs(async ({ json }) => {
  assert.deepEqual(await json(['jobs', 'list']), [{ name: 'cleanUp', scheduled: false }, { name: 'report', scheduled: true }]);
}));

test('a job is started with its parameters', () => with_jobs(async ({ run, calls }) => {
  const { code, out, err } = await run(['jobs', 'run', 'cleanUp', '--params', '{"days": 30}']);
  assert.equal(code, 0, err);
  assert.match(out, /started the job cleanUp as run1/);
  assert.deepEqual(calls.map((call) => [call.path, call.body]), [['/parse/jobs/cleanUp', { days: 30 }]]);
}));

test('--wait follows a run to its end', () => with_jobs(async ({ run }) => {
  const { code, out } = await run(['jobs', 'run', 'cleanUp', '--wait']);
  assert.equal(code, 0);
  assert.equal(out, 'job cleanUp succeeded: 12 rows\n');
}, [{ status: 'running' }, { status: 'running', message: 'half' }, { status: 'succeeded', message: '12 rows' }]));

test('a job that fails ends with 1 and says why', () => with_jobs(async ({ run }) => {
  const { code, err } = await run(['jobs', 'run', 'cleanUp', '--wait']);
  assert.equal(code, 1);
  assert.match(err, /job cleanUp failed: no disk/);
}, [{ status: 'failed', message: 'no disk' }]));

test('waiting has a limit', () => with_jobs(async ({ run }) => {
  const { code, err } = await run(['jobs', 'run', 'cleanUp', '--wait', '--wait-limit', '1']);
  assert.equal(code, 1);
  assert.match(err, /run1 is still running after 1 s/);
}, [{ status: 'running' }]));

test('runs are listed, and one is shown', () => with_jobs(async ({ run, json, calls }) => {
  assert.match((await run(['jobs', 'status', '--limit', '3'])).out, /run1 +cleanUp +running +2026-01-01T00:00:00\.000Z\n/);
  assert.deepEqual(Object.fromEntries(calls[0].query), { order: '-createdAt', limit: '3' });
  assert.equal((await json(['jobs', 'status', 'run1'])).status, 'succeeded');
}));

test('a job or a run that is not there is not found', () => with_jobs(async ({ run }) => {
  const { code, err } = await run(['jobs', 'run', 'nothing']);
  assert.equal(code, 3);
  assert.match(err, /cannot start the job 'nothing': Invalid job\./);
  assert.equal((await run(['jobs', 'status', 'nothing'])).code, 3);
}));

test('--dry-run starts nothing, and parameters that are no object are a usage mistake', () => with_jobs(async ({ run, calls }) => {
  assert.match((await run(['jobs', 'run', 'cleanUp', '--params', '{"a": 1}', '--dry-run'])).out, /would start cleanUp with \{"a":1\}/);
  assert.equal((await run(['jobs', 'run', 'cleanUp', '--params', '5'])).code, 2);
  assert.deepEqual(calls, []);
}));
