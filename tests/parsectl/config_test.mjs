// The parameters of Parse.Config.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { json_on_server, on_server } from '../support/parsectl.mjs';
import { master } from '../support/rest.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let run;
let json;
let rest;
before(async () => {
  server = await start_server();
  run = on_server(server);
  json = json_on_server(server);
  rest = master(server);
});
after(() => server?.stop());

beforeEach(async () => {
  const { params } = await rest('GET', '/config');
  for (const name of Object.keys(params)) await rest('PUT', '/config', { params: { [name]: { __op: 'Delete' } } });
});

test('values are JSON where they can be, texts otherwise', async () => {
  for (const [name, value] of [['number', '5'], ['negative', '-5'], ['list', '["a", 1]'], ['map', '{"a": {"b": true}}'], ['text', 'Hello there'], ['flag', 'false']]) {
    const { code, err } = await run(['config', 'set', name, value]);
    assert.equal(code, 0, err);
  }
  const { params } = await rest('GET', '/config');
  assert.deepEqual(params, { number: 5, negative: -5, list: ['a', 1], map: { a: { b: true } }, text: 'Hello there', flag: false });
});

test('--type says what a value is', async () => {
  await json(['config', 'set', 'version', '2.0', '--type', 'text']);
  assert.equal((await rest('GET', '/config')).params.version, '2.0');
  const broken = await run(['config', 'set', 'version', '{2', '--type', 'json']);
  assert.equal(broken.code, 2);
  assert.match(broken.err, /the value is no JSON/);
});

test('one value is printed alone, for scripts; all as a table', async () => {
  await json(['config', 'set', 'welcome', 'Hello there']);
  await json(['config', 'set', 'secret', '{"a": 1}', '--masterKeyOnly']);
  assert.equal((await run(['config', 'get', 'welcome'])).out, 'Hello there\n');
  assert.equal((await run(['config', 'get', 'welcome', '--output', 'json'])).out, '"Hello there"\n');
  assert.deepEqual(await json(['config', 'get', 'secret']), { a: 1 });
  const { out } = await run(['config', 'get']);
  assert.match(out, /^NAME +MASTERKEYONLY +VALUE\n/);
  assert.match(out, /secret +true +\{"a":1\}/);
  assert.match(out, /welcome +false +Hello there/);
});

test('what only the master key sees stays so when it is set again', async () => {
  const hidden = async () => (await rest('GET', '/config')).masterKeyOnly.key;
  await json(['config', 'set', 'key', '1', '--masterKeyOnly']);
  assert.equal(await hidden(), true);
  const again = await json(['config', 'set', 'key', '2']);
  assert.deepEqual(again, { name: 'key', value: 2, masterKeyOnly: true, was: 1 });
  assert.equal(await hidden(), true);
  await json(['config', 'set', 'key', '3', '--public']);
  assert.equal(await hidden(), false);
});

test('a removed parameter is gone, and removing needs consent', async () => {
  await json(['config', 'set', 'old', '"value"']);
  const refused = await run(['config', 'unset', 'old']);
  assert.equal(refused.code, 4);
  assert.match(refused.err, /--yes/);
  const removed = await run(['config', 'unset', 'old', '--yes']);
  assert.match(removed.out, /removed old; it was "value"/);
  assert.deepEqual((await rest('GET', '/config')).params, {});
  assert.equal((await run(['config', 'unset', 'old', '--yes'])).code, 3);
  assert.equal((await run(['config', 'get', 'old'])).code, 3);
});

test('--dry-run changes nothing', async () => {
  assert.match((await run(['config', 'set', 'a', '1', '--dry-run'])).out, /would set a to 1/);
  assert.deepEqual((await rest('GET', '/config')).params, {});
});

test('a name that no parameter may have is a usage mistake', async () => {
  for (const name of ['a.b', '$a', '1a', '']) assert.equal((await run(['config', 'set', name, '1'])).code, 2, name);
});
