// Webhooks, against a server that speaks the documented contract.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start_loopback } from '../support/loopback.mjs';
import { send } from '../support/http.mjs';
import { json_on_server, on_server } from '../support/parsectl.mjs';
import { start_server } from '../support/start_server.mjs';

const is_deletion = (body) => body?.__op === 'Delete';

/** Keeps functions and triggers as the contract says. */
async function with_hooks(use) {
  const hooks = { functions: [{ functionName: 'hello', url: 'https://example.com/hello' }], triggers: [{ className: 'Game', triggerName: 'beforeSave', url: 'https://example.com/game' }] };
  const server = await start_loopback(({ method, path, body }) => {
    const [, , section, kind, first, second] = path.split('/').map(decodeURIComponent);
    if (section !== 'hooks') return undefined;
    const is_named = (hook) => (kind === 'functions' ? hook.functionName === first : hook.className === first && hook.triggerName === second);
    if (method === 'GET') return { body: hooks[kind] };
    if (method === 'POST') hooks[kind].push(body);
    if (method === 'PUT' && is_deletion(body)) hooks[kind] = hooks[kind].filter((hook) => !is_named(hook));
    else if (method === 'PUT') hooks[kind].find(is_named).url = body.url;
    return { body: is_deletion(body) ? {} : body };
  });
  try {
    await use({ run: on_server(server), json: json_on_server(server), hooks, calls: server.calls });
  } finally {
    await server.stop();
  }
}

test('functions and triggers are listed together', () => with_hooks(async ({ run, json }) => {
  const { out } = await run(['hooks', 'list']);
  assert.match(out, /^KIND +CLASS +NAME +URL\n/);
  assert.match(out, /function +hello +https:\/\/example\.com\/hello\n/);
  assert.match(out, /trigger +Game +beforeSave +https:\/\/example\.com\/game\n/);
  assert.equal((await json(['hooks', 'list'])).length, 2);
}));

test('a function and a trigger are added', () => with_hooks(async ({ run, hooks }) => {
  assert.equal((await run(['hooks', 'add', 'https://example.com/bye', '--function', 'bye'])).code, 0);
  assert.deepEqual(hooks.functions[1], { functionName: 'bye', url: 'https://example.com/bye' });
  const added = await run(['hooks', 'add', 'https://example.com/after', '--class', 'Game', '--trigger', 'afterSave']);
  assert.match(added.out, /Game\.afterSave calls https:\/\/example\.com\/after/);
  assert.deepEqual(hooks.triggers[1], { className: 'Game', triggerName: 'afterSave', url: 'https://example.com/after' });
}));

test('the same again is a success, another URL a conflict until --replace', () => with_hooks(async ({ run, hooks }) => {
  assert.equal((await run(['hooks', 'add', 'https://example.com/hello', '--function', 'hello'])).code, 0);
  assert.equal(hooks.functions.length, 1);
  const other = ['hooks', 'add', 'https://example.org/hello', '--function', 'hello'];
  const refused = await run(other);
  assert.equal(refused.code, 5);
  assert.match(refused.err, /hello calls https:\/\/example\.com\/hello already\n {2}add --replace/);
  assert.equal((await run([...other, '--replace', '--dry-run'])).code, 0);
  assert.equal(hooks.functions[0].url, 'https://example.com/hello');
  assert.equal((await run([...other, '--replace'])).code, 0);
  assert.deepEqual(hooks.functions, [{ functionName: 'hello', url: 'https://example.org/hello' }]);
}));

test('removing needs consent', () => with_hooks(async ({ run, hooks, calls }) => {
  assert.equal((await run(['hooks', 'remove', '--function', 'hello'])).code, 4);
  assert.equal((await run(['hooks', 'remove', '--function', 'hello', '--dry-run'])).code, 0);
  assert.ok(calls.every((call) => call.method === 'GET'));
  assert.equal((await run(['hooks', 'remove', '--function', 'hello', '--yes'])).code, 0);
  assert.equal((await run(['hooks', 'remove', '--class', 'Game', '--trigger', 'beforeSave', '--yes'])).code, 0);
  assert.deepEqual(hooks, { functions: [], triggers: [] });
  assert.equal((await run(['hooks', 'remove', '--function', 'hello', '--yes'])).code, 3);
}));

test('what is no hook is a usage mistake', () => with_hooks(async ({ run, calls }) => {
  for (const args of [['https://a.example'], ['https://a.example', '--class', 'Game'], ['https://a.example', '--function', 'f', '--class', 'Game'], ['a.example', '--function', 'f']]) {
    assert.equal((await run(['hooks', 'add', ...args])).code, 2, args.join(' '));
  }
  assert.deepEqual(calls, []);
}));

test('a real server keeps what is added, calls it, and forgets what is removed', async () => {
  const hook = await start_loopback(({ body }) => ({ body: { success: `called ${body.functionName}` } }));
  const server = await start_server({ options: { webhookKey: 'key' } });
  const [run, json] = [on_server(server), json_on_server(server)];
  const headers = { 'X-Parse-Application-Id': server.keys.appId, 'Content-Type': 'application/json' };
  const call = async () => JSON.parse((await send({ url: `${server.url}/functions/hello`, method: 'POST', headers, body: '{}' })).text);
  try {
    assert.deepEqual(await json(['hooks', 'list']), []);
    assert.equal((await run(['hooks', 'add', 'http://127.0.0.1:9/', '--function', 'hello'])).code, 0);
    assert.equal((await call()).code, 141);
    assert.equal((await run(['hooks', 'add', hook.url, '--function', 'hello'])).code, 5);
    assert.equal((await run(['hooks', 'add', hook.url, '--function', 'hello', '--replace'])).code, 0);
    assert.deepEqual(await call(), { result: 'called hello' });
    assert.equal((await run(['hooks', 'add', hook.url, '--class', 'Game', '--trigger', 'afterSave'])).code, 0);
    assert.equal((await json(['hooks', 'list'])).length, 2);
    assert.equal((await run(['hooks', 'remove', '--function', 'hello', '--yes'])).code, 0);
    assert.equal((await run(['hooks', 'remove', '--class', 'Game', '--trigger', 'afterSave', '--yes'])).code, 0);
    assert.deepEqual(await json(['hooks', 'list']), []);
    assert.equal((await call()).error, 'Invalid function: "hello"');
  } finally {
    await server.stop();
    await hook.stop();
  }
});
