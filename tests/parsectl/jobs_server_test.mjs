// Jobs of Cloud Code with parsectl, against the real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { job_app } from '../support/job_app.mjs';
import { json_on_server, on_server } from '../support/parsectl.mjs';
import { end_all } from '../support/server_process.mjs';

const kCode = `
  Parse.Cloud.job('cleanUp', async ({ message, params }) => { message('half'); await new Promise(resolve => setTimeout(resolve, params.ms ?? 0)); return params.days + ' days'; });
  Parse.Cloud.job('report', () => { throw new Error('no disk'); });
  Parse.Cloud.job('waits', () => new Promise(() => {}));
`;
let app, run, json;

before(async () => {
  app = job_app(kCode);
  const server = await app.start();
  await server.ask('POST', '/cloud_code/jobs', { job_schedule: { jobName: 'report', startAfter: '2999-01-01T00:00:00.000Z' } });
  run = on_server(server);
  json = json_on_server(server);
});
after(async () => {
  await app?.end();
  end_all();
});

test('the jobs of the server are listed, with which of them have a schedule', async () => {
  assert.deepEqual(await json(['jobs', 'list']), [{ name: 'cleanUp', scheduled: false }, { name: 'report', scheduled: true }, { name: 'waits', scheduled: false }]);
});

test('a job runs with its parameters, and --wait follows it to its end', async () => {
  const { code, out, err } = await run(['jobs', 'run', 'cleanUp', '--params', '{"days": 30, "ms": 1500}', '--wait']);
  assert.equal(code, 0, err);
  assert.equal(out, 'job cleanUp succeeded: 30 days\n');
});

test('a job that fails ends with 1 and says why', async () => {
  const { code, err } = await run(['jobs', 'run', 'report', '--wait']);
  assert.equal(code, 1);
  assert.match(err, /job report failed: no disk/);
});

test('a run that goes on is shown as running', async () => {
  const { out } = await run(['jobs', 'run', 'waits']);
  const id = /as (\w{10})/.exec(out)[1];
  const row = await json(['jobs', 'status', id]);
  assert.deepEqual([row.jobName, row.status], ['waits', 'running']);
  assert.match((await run(['jobs', 'status', '--limit', '1'])).out, new RegExp(`${id} +waits +running`));
});

test('a job that the server does not have is not found', async () => {
  const { code, err } = await run(['jobs', 'run', 'nothing']);
  assert.equal(code, 3);
  assert.match(err, /Invalid job\./);
});
