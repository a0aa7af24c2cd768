// Code that misbehaves: its calls end with 141, everything else goes on, and Node is started anew.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { node_pids, start_cloud, until } from '../support/cloud_app.mjs';
import { end_all, sleep } from '../support/server_process.mjs';

const kCode = `
Parse.Cloud.define('hello', () => 'hello');
Parse.Cloud.define('endless', () => { while (true) {} });
Parse.Cloud.define('exit', () => process.exit(3));
Parse.Cloud.define('crash', () => process.abort());
Parse.Cloud.define('leak', () => { const all = []; for (;;) all.push(new Array(1000).fill({ all })); });
Parse.Cloud.define('unhandled', () => { Promise.reject(new Error('nobody waits for this')); return 'done'; });
Parse.Cloud.define('timer', () => { setTimeout(() => { throw new Error('thrown in a timer'); }, 10); return 'set'; });
Parse.Cloud.define('silent', () => new Promise(() => {}));
Parse.Cloud.define('callback', (request, response) => {});
Parse.Cloud.define('twice', (request, response) => {
  response.success('first');
  try { response.success('second'); } catch (error) { globalThis.second = error.message; }
});
Parse.Cloud.define('second', () => globalThis.second);
Parse.Cloud.define('throws', ({ params }) => { throw { undefined: undefined, null: null, number: 5, object: { a: 1 } }[params.what]; });
Parse.Cloud.define('cyclic', () => { const a = {}; a.a = a; return a; });
Parse.Cloud.define('stdout', () => { console.log('said on the console'); return 1; });
`;

let server;
before(async () => {
  server = await start_cloud(kCode, { flags: ['--cloudCallTimeout', '3', '--cloudStallTimeout', '2', '--cloudMemoryLimit', '40'] });
});
after(async () => {
  await server?.stop();
  end_all();
});

/** Calls a function that cannot answer, and meanwhile one after the other things that have nothing to do with it. */
async function fails_beside_traffic(name, longest) {
  const started = Date.now();
  let is_over = false;
  const failing = server.run(name).finally(() => { is_over = true; });
  let slowest = 0;
  while (!is_over) {
    const asked = Date.now();
    assert.equal((await server.call('POST', '/classes/Beside', { name })).status, 201);
    slowest = Math.max(slowest, Date.now() - asked);
    await sleep(20);
  }
  const answer = await failing;
  assert.equal(answer.code, 141, JSON.stringify(answer));
  assert.ok(Date.now() - started < longest, `${name} took ${Date.now() - started} ms`);
  assert.ok(slowest < 1000, `a request beside ${name} took ${slowest} ms`);
  return answer.error;
}

const works_again = () => until(async () => (await server.run('hello')).result === 'hello');

test('/health tells of the processes', async () => {
  assert.deepEqual(await server.health(), { status: 'ok', cloud: { running: 1, processes: 1, restarts: 0 } });
});

test('an endless loop ends with 141, and the process is replaced', async () => {
  const [old] = node_pids(server);
  assert.match(await fails_beside_traffic('endless', 4500), /in time|ended before/);
  await works_again();
  assert.deepEqual(node_pids(server).includes(old), false);
  assert.match(server.output(), /its event loop has not turned for 2 s/);
  assert.ok((await server.health()).cloud.restarts >= 1);
});

for (const [name, what] of [['exit', 'leaves by process.exit'], ['crash', 'crashes'], ['leak', 'takes all memory']]) {
  test(`a function that ${what} ends with 141, and the next call is answered`, async () => {
    const { restarts } = (await server.health()).cloud;
    assert.match(await fails_beside_traffic(name, 4000), /ended before it answered|in time/);
    await works_again();
    assert.ok((await server.health()).cloud.restarts > restarts);
  });
}

test('the server says how a process ended', () => {
  assert.match(server.output(), /Cloud Code ended: exit code 3; it is started again in \d+ ms/);
  assert.match(server.output(), /Cloud Code ended: signal 6/);
});

test('an unhandled rejection is logged and ends nothing', async () => {
  const [pid] = node_pids(server);
  assert.deepEqual(await server.run('unhandled'), { result: 'done' });
  await until(() => server.output().includes('nobody waits for this'));
  assert.deepEqual(await server.run('hello'), { result: 'hello' });
  assert.deepEqual(node_pids(server), [pid]);
});

test('an exception in a timer is told, and Node is started anew', async () => {
  assert.deepEqual(await server.run('timer'), { result: 'set' });
  await until(() => /uncaught exception[^\n]*thrown in a timer/.test(server.output()));
  await works_again();
});

for (const name of ['silent', 'callback']) {
  test(`a handler that never answers (${name}) fails at the deadline, and its process stays`, async () => {
    await works_again();
    const [pid] = node_pids(server);
    assert.equal(await fails_beside_traffic(name, 4000), 'Cloud Code did not answer in time.');
    assert.deepEqual(node_pids(server), [pid]);
  });
}

test('answering twice throws in the handler, and the first answer holds', async () => {
  assert.deepEqual(await server.run('twice'), { result: 'first' });
  assert.match((await server.run('second')).result, /Cannot call success\(\) after response has already been sent/);
});

test('whatever is thrown becomes an error', async () => {
  assert.deepEqual(await server.run('throws', { what: 'undefined' }), { code: 141, error: 'Script failed.' });
  assert.deepEqual(await server.run('throws', { what: 'null' }), { code: 141, error: 'Script failed.' });
  assert.deepEqual(await server.run('throws', { what: 'number' }), { code: 141, error: '5' });
  assert.deepEqual(await server.run('throws', { what: 'object' }), { code: 141, error: '[object Object]' });
});

test('a result that refers to itself fails with 141', async () => {
  const answer = await server.run('cyclic');
  assert.equal(answer.code, 141, JSON.stringify(answer));
});

test('what the code prints appears on the console of the server', async () => {
  await server.run('stdout');
  await until(() => server.output().includes('said on the console'));
});

test('three hundred calls that hang leave the server to others', async () => {
  const hanging = Array.from({ length: 300 }, () => server.run('silent'));
  await sleep(300);
  const started = Date.now();
  for (let i = 0; i < 20; i += 1) assert.equal((await server.call('GET', '/classes/Beside?limit=1')).status, 200);
  assert.ok(Date.now() - started < 1500, `${Date.now() - started} ms`);
  for (const answer of await Promise.all(hanging)) assert.equal(answer.code, 141);
});

test('the server stops although calls are under way', async () => {
  const other = await start_cloud(kCode, { flags: ['--cloudCallTimeout', '60'] });
  const hanging = other.run('silent').catch(() => undefined);
  await sleep(200);
  const pids = node_pids(other);
  assert.equal(pids.length, 1);
  const started = Date.now();
  const { code } = await other.stop();
  await hanging;
  assert.equal(code, 0);
  assert.ok(Date.now() - started < 12_000, `${Date.now() - started} ms`);
  assert.throws(() => process.kill(pids[0], 0), { code: 'ESRCH' });
});
