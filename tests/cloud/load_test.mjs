// Many calls at once, calls in calls, large ones, and processes that are killed all the time.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { node_pids, start_cloud, until } from '../support/cloud_app.mjs';
import { end_all, sleep } from '../support/server_process.mjs';

const kCode = `
Parse.Cloud.define('echo', ({ params }) => params);
Parse.Cloud.define('length', ({ params }) => params.text.length);
Parse.Cloud.define('long', ({ params }) => 'ü'.repeat(params.length));
Parse.Cloud.define('nest', ({ params }) => (params.levels > 0 ? Parse.Cloud.run('nest', { levels: params.levels - 1 }) : 'bottom'));
Parse.Cloud.define('place', async ({ params }) => {
  const order = await new Parse.Object('Order').save({ number: params.number }, { useMasterKey: true });
  return order.get('line').id;
});
Parse.Cloud.beforeSave('Order', async ({ object }) => {
  if (object.isNew()) object.set('line', await new Parse.Object('Line').save({ number: object.get('number') }, { useMasterKey: true }));
});
Parse.Cloud.beforeSave('Line', async ({ object }) => {
  const count = await new Parse.Query('Line').count({ useMasterKey: true });
  object.set('seen', count);
});
Parse.Cloud.define('wide', async ({ params }) => {
  const objects = Array.from({ length: params.count }, (_, number) => new Parse.Object('Order', { number }));
  await Parse.Object.saveAll(objects, { useMasterKey: true });
  return objects.filter(object => object.get('line')).length;
});
Parse.Cloud.define('huge_object', async ({ params }) => {
  const object = await new Parse.Object('Huge').save({ text: 'x'.repeat(params.length) }, { useMasterKey: true });
  return (await new Parse.Query('Huge').get(object.id, { useMasterKey: true })).get('text').length;
});
Parse.Cloud.define('too_long', () => 'x'.repeat(70 * 1024 * 1024));
Parse.Cloud.afterSave('Endless', () => new Parse.Object('Endless').save(null, { useMasterKey: true }));
`;

let server;
before(async () => {
  server = await start_cloud(kCode, { flags: ['--cloudCallTimeout', '20', '--maxUploadSize', '40mb'] });
});
after(async () => {
  await server?.stop();
  end_all();
});

test('two hundred functions at once, each saving an object whose trigger saves another, all end well', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, (_, number) => server.run('place', { number })));
  for (const answer of answers) assert.equal(typeof answer.result, 'string', JSON.stringify(answer));
  assert.equal(new Set(answers.map((answer) => answer.result)).size, 200);
  assert.equal((await server.call('GET', '/classes/Line?count=1&limit=0')).json.count, 200);
});

test('a function saves two hundred objects in one go, each with triggers of two levels', async () => {
  assert.deepEqual(await server.run('wide', { count: 200 }), { result: 200 });
});

test('hooks run for each part of a batch', async () => {
  const requests = [1, 2, 3].map((number) => ({ method: 'POST', path: '/parse/classes/Order', body: { number } }));
  const { json } = await server.call('POST', '/batch', { requests });
  for (const { success } of json) assert.equal(success.line.className, 'Line');
});

test('calls may go as deep as the limit, and no deeper', async () => {
  assert.deepEqual(await server.run('nest', { levels: 15 }), { result: 'bottom' });
  assert.deepEqual(await server.run('nest', { levels: 16 }), { code: 141, error: 'Cloud Code calls itself 16 times.' });
});

test('sixty deep calls at once end well', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, () => server.run('nest', { levels: 15 })));
  for (const answer of answers) assert.deepEqual(answer, { result: 'bottom' });
});

test('a trigger that sets itself off ends at the depth limit', async () => {
  const { status } = await server.call('POST', '/classes/Endless', {});
  assert.equal(status, 201);
  assert.equal((await server.call('GET', '/classes/Endless?count=1&limit=0')).json.count, 17);
});

test('parameters of ten megabytes arrive whole', async () => {
  assert.deepEqual(await server.run('length', { text: 'ü'.repeat(10_000_000) }), { result: 10_000_000 });
});

test('a result of ten million characters arrives whole', async () => {
  assert.equal((await server.run('long', { length: 10_000_000 })).result, 'ü'.repeat(10_000_000));
});

test('an object of ten megabytes goes from Cloud Code to the database and back', async () => {
  assert.deepEqual(await server.run('huge_object', { length: 10_000_000 }), { result: 10_000_000 });
});

test('a result that is too long for a frame fails, and the process lives on', async () => {
  const [pid] = node_pids(server);
  const answer = await server.run('too_long');
  assert.equal(answer.code, 141);
  assert.match(answer.error, /longer than/);
  assert.deepEqual(node_pids(server), [pid]);
});

test('large and small calls at once do not mix up', async () => {
  const texts = Array.from({ length: 60 }, (_, i) => String.fromCharCode(65 + (i % 26)).repeat(i % 7 === 0 ? 1_500_000 : i * 10));
  const answers = await Promise.all(texts.map((text) => server.run('echo', { text })));
  answers.forEach((answer, i) => assert.equal(answer.result.text, texts[i]));
});

test('while processes are killed again and again every call ends with its answer or 141, and others go on', async () => {
  const quiet = ['--logLevels', '{"cloudFunctionSuccess":"silent","cloudFunctionError":"silent"}'];
  const other = await start_cloud(kCode, { flags: ['--cloudCallTimeout', '10', '--cloudWorkers', '2', ...quiet] });
  let is_over = false;
  let is_killing = true;
  let kills = 0;
  const killing = (async () => {
    while (kills < 12) {
      for (const pid of node_pids(other)) {
        try { process.kill(pid, 'SIGKILL'); kills += 1; } catch (error) { assert.equal(error.code, 'ESRCH'); }
      }
      await sleep(400);
    }
    is_killing = false;
  })();
  let slowest = 0;
  const beside = (async () => {
    while (!is_over) {
      const asked = Date.now();
      assert.equal((await other.call('POST', '/classes/Beside', {})).status, 201);
      slowest = Math.max(slowest, Date.now() - asked);
    }
  })();
  const counts = { answered: 0, failed: 0 };
  const callers = Array.from({ length: 20 }, async (_, caller) => {
    for (let i = 0; i < 100 || is_killing; i += 1) {
      const asked = Date.now();
      const answer = await other.run('echo', { caller, i });
      assert.ok(Date.now() - asked < 11_000);
      if (answer.result) {
        assert.deepEqual(answer.result, { caller, i });
        counts.answered += 1;
      } else {
        assert.equal(answer.code, 141, JSON.stringify(answer));
        counts.failed += 1;
      }
      if (i % 10 === 0) await sleep(50);
    }
  });
  try {
    await Promise.all(callers);
  } finally {
    is_over = true;
    await Promise.all([killing, beside]);
  }
  assert.ok(counts.answered + counts.failed >= 2000 && counts.answered > 0, JSON.stringify(counts));
  assert.ok(slowest < 1500, `a request beside took ${slowest} ms`);
  assert.match(other.output(), /it is started again in 100 ms[^]*it is started again in 200 ms/);
  await until(async () => (await other.run('echo', { back: 1 })).result?.back === 1, 30);
  await other.stop();
});
