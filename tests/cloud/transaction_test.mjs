// Hooks inside a transaction, which holds the one writer of the embedded database.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { start_cloud } from '../support/cloud_app.mjs';
import { end_all } from '../support/server_process.mjs';

const kCode = `
const key = { useMasterKey: true };
Parse.Cloud.beforeSave('Plain', ({ object }) => { object.set('touched', true); });
Parse.Cloud.beforeSave('Reader', async ({ object }) => { object.set('others', await new Parse.Query('Plain').count(key)); });
Parse.Cloud.beforeSave('Writer', () => new Parse.Object('Trace').save(null, key));
Parse.Cloud.define('trace', () => new Parse.Object('Trace').save(null, key));
Parse.Cloud.beforeSave('Caller', () => Parse.Cloud.run('trace'));
Parse.Cloud.beforeDelete('Kept', () => new Parse.Object('Trace').save(null, key));
Parse.Cloud.afterSave('Later', () => new Parse.Object('Trace').save(null, key));
`;

let server;
before(async () => {
  server = await start_cloud(kCode, { flags: ['--cloudCallTimeout', '20'] });
  // A transaction cannot make fields.
  await server.call('POST', '/classes/Plain', {});
  await server.call('POST', '/classes/Reader', {});
});
after(async () => {
  await server?.stop();
  end_all();
});

async function in_transaction(...requests) {
  const started = Date.now();
  const { status, json, text } = await server.call('POST', '/batch', { transaction: true, requests });
  assert.ok(Date.now() - started < 3000, `it took ${Date.now() - started} ms`);
  return { status, json, text };
}

const create = (name, body = {}) => ({ method: 'POST', path: `/parse/classes/${name}`, body });
const count = async (name) => (await server.call('GET', `/classes/${name}?count=1&limit=0`)).json.count;

test('a hook that changes its object works in a transaction', async () => {
  const { status, json, text } = await in_transaction(create('Plain'), create('Plain'));
  assert.equal(status, 200, text);
  for (const { success } of json) assert.equal(success.touched, true);
});

test('a hook that reads works in a transaction, and sees what was there before', async () => {
  const before_it = await count('Plain');
  const { status, json, text } = await in_transaction(create('Plain'), create('Reader'));
  assert.equal(status, 200, text);
  assert.equal(json[1].success.others, before_it);
});

for (const [what, name] of [['writes', 'Writer'], ['calls a function that writes', 'Caller']]) {
  test(`a hook that ${what} fails the transaction at once, with the reason in the log, and nothing is kept`, async () => {
    const [plains, traces] = [await count('Plain'), await count('Trace')];
    const { status } = await in_transaction(create('Plain'), create(name));
    assert.ok(status >= 400, String(status));
    assert.match(server.output(), /Cloud Code cannot write while it runs as part of a transaction: this database has one writer/);
    assert.deepEqual([await count('Plain'), await count('Trace')], [plains, traces]);
  });
}

test('the same hooks may write outside of transactions', async () => {
  const traces = await count('Trace');
  for (const name of ['Writer', 'Caller']) assert.equal((await server.call('POST', `/classes/${name}`, {})).status, 201);
  const requests = [create('Writer'), create('Caller')];
  for (const { success } of (await server.call('POST', '/batch', { requests })).json) assert.equal(typeof success.objectId, 'string');
  assert.equal(await count('Trace'), traces + 4);
});

test('afterSave that cannot write in a transaction is logged, and the transaction goes through', async () => {
  const { status, text } = await in_transaction(create('Later'));
  assert.equal(status, 200, text);
  assert.match(server.output(), /afterSave of Later failed: Cloud Code cannot write/);
});

test('a hook of a removal that writes fails the transaction at once', async () => {
  const { json } = await server.call('POST', '/classes/Kept', {});
  const { status } = await in_transaction({ method: 'DELETE', path: `/parse/classes/Kept/${json.objectId}` });
  assert.ok(status >= 400);
  assert.equal(await count('Kept'), 1);
});

test('writes go on after all that', async () => {
  assert.equal((await server.call('POST', '/classes/Plain', {})).status, 201);
});
