// Indexes are suggested from what the server was asked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { json_on_server, on_server } from '../support/parsectl.mjs';
import { send } from '../support/http.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let ctl;
before(async () => {
  server = await start_server({ options: { allowClientClassCreation: true } });
  ctl = json_on_server(server);
});
after(() => server?.stop());

const headers = () => ({ 'X-Parse-Application-Id': server.keys.appId, 'X-Parse-Master-Key': server.keys.masterKey, 'Content-Type': 'application/json' });
const call = (method, path, body) => send({ url: `${server.url}${path}`, method, headers: headers(), body: body && JSON.stringify(body) });

async function ask(class_name, where, order = '') {
  const query = `where=${encodeURIComponent(JSON.stringify(where))}${order && `&order=${order}`}`;
  const answer = await call('GET', `/classes/${class_name}?${query}`);
  assert.equal(answer.status, 200);
}

async function fresh_class(class_name) {
  await call('POST', `/classes/${class_name}`, { player: 'a', level: 1, score: 2, place: { __type: 'GeoPoint', latitude: 1, longitude: 2 } });
  await call('DELETE', '/queryStats');
}

test('fields compared for equality come first, then the order', async () => {
  await fresh_class('Game');
  for (let i = 0; i < 3; i += 1) await ask('Game', { score: { $gte: i }, player: 'a' }, '-createdAt');
  const [suggestion] = await ctl(['index', 'suggest']);
  assert.deepEqual(suggestion.key, { player: 1, createdAt: -1 });
  assert.equal(suggestion.class, 'Game');
  assert.equal(suggestion.queries, 3);
  assert.ok(!JSON.stringify(suggestion).includes('"a"'), 'values are not recorded');
});

test('one index serves every shape that begins as it does', async () => {
  await fresh_class('Shared');
  for (let i = 0; i < 4; i += 1) await ask('Shared', { player: 'a' }, '-score');
  for (let i = 0; i < 2; i += 1) await ask('Shared', { player: { $in: ['a', 'b'] }, level: { $exists: true } }, '-score');
  const suggestions = await ctl(['index', 'suggest']);
  assert.deepEqual(suggestions.map((each) => [each.key, each.shapes.length, each.queries]), [[{ player: 1, score: -1 }, 2, 6]]);
});

test('queries by id, seldom ones, and fields that no plain index serves suggest nothing', async () => {
  await fresh_class('Quiet');
  for (let i = 0; i < 3; i += 1) {
    await ask('Quiet', { objectId: 'x' });
    await ask('Quiet', { place: { $nearSphere: { __type: 'GeoPoint', latitude: 1, longitude: 2 } } });
  }
  await ask('Quiet', { player: 'a' });
  assert.deepEqual(await ctl(['index', 'suggest']), []);
});

test('rows that a query read are told, and one that reads what it gives needs no index', async () => {
  await fresh_class('Read');
  const requests = Array.from({ length: 39 }, (_, i) => ({ method: 'POST', path: '/parse/classes/Read', body: { player: `p${i}`, level: i % 10 ? 1 : 2, score: i } }));
  await call('POST', '/batch', { requests });
  for (let i = 0; i < 3; i += 1) {
    await ask('Read', { player: `p${i}` });
    await ask('Read', { level: 1 });
  }
  const suggestions = await ctl(['index', 'suggest']);
  assert.deepEqual(suggestions.map((each) => [each.key, each.examinedPerQuery]), [[{ player: 1 }, 40]]);
  assert.match((await on_server(server)(['index', 'suggest'])).out, /EXAMINEDPERQUERY *\n.*Read .* 40/);
});

test('--create makes the indexes, and then there is nothing left to suggest', async () => {
  await fresh_class('Made');
  for (let i = 0; i < 2; i += 1) await ask('Made', { level: 1 });
  const dry = await on_server(server)(['index', 'suggest', '--create', '--dry-run']);
  assert.match(dry.err, /would make an index on Made \(level\)/);
  await ctl(['index', 'suggest', '--create']);
  const { text } = await call('GET', '/schemas/Made');
  assert.deepEqual(JSON.parse(text).indexes.level_1, { level: 1 });
  for (let i = 0; i < 2; i += 1) await ask('Made', { level: 1 });
  assert.deepEqual(await ctl(['index', 'suggest']), []);
});

test('a server that records nothing says so', async () => {
  const silent = await start_server({ options: { queryStats: false } });
  try {
    const { code, err } = await on_server(silent)(['index', 'suggest']);
    assert.equal(code, 4);
    assert.match(err, /queryStats is off/);
  } finally {
    await silent.stop();
  }
});
