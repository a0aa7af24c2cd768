// Webhooks against real HTTP and HTTPS servers on the loopback address: good ones, and such as mean harm.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { send } from '../support/http.mjs';
import { start_loopback } from '../support/loopback.mjs';
import { make_database, postgres_missing } from '../support/postgres.mjs';
import { start_server } from '../support/start_server.mjs';

const kKey = 'the key of the hooks';
const kSoon = 5000;
const kModules = path.join(path.dirname(fileURLToPath(import.meta.url)), '../node_modules');

function caller(server, keys) {
  return async (method, target, body) => {
    const headers = { 'X-Parse-Application-Id': server.keys.appId, 'Content-Type': 'application/json', ...keys };
    const { status, text } = await send({ url: server.url + target, method, headers, body: body && JSON.stringify(body) });
    return { status, body: JSON.parse(text) };
  };
}
const as_master = (server) => caller(server, { 'X-Parse-Master-Key': server.keys.masterKey });
const as_public = (server) => caller(server, {});

async function register(server, hook) {
  const kind = hook.functionName ? 'functions' : 'triggers';
  const { status, body } = await as_master(server)('POST', `/hooks/${kind}`, hook);
  assert.equal(status, 200, JSON.stringify(body));
}

/** A server that answers with whatever `respond` writes. */
async function start_raw(respond, options) {
  const server = options ? https.createServer(options, respond) : http.createServer(respond);
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { url: `${options ? 'https' : 'http'}://127.0.0.1:${server.address().port}/`, stop };
}

async function until(what, condition) {
  const end = Date.now() + kSoon;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `${what} within ${kSoon} ms`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-webhooks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A certificate for 127.0.0.1 that is its own authority. */
function make_certificate() {
  const files = { key: path.join(folder, 'key.pem'), cert: path.join(folder, 'cert.pem') };
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=hooks', '-addext', 'subjectAltName=IP:127.0.0.1',
    '-keyout', files.key, '-out', files.cert], { stdio: 'ignore' });
  return { files, options: { key: readFileSync(files.key), cert: readFileSync(files.cert) } };
}

describe('webhooks', () => {
  let server;
  let hooks;
  let answer = () => ({ body: { success: true } });
  before(async () => {
    server = await start_server({ options: { webhookKey: kKey, webhookTimeout: 1, allowClientClassCreation: true,
      requestKeywordDenylist: [{ key: 'forbidden' }] } });
    hooks = await start_loopback((call, calls) => answer(call, calls));
  });
  after(async () => { await hooks.stop(); await server.stop(); });

  it('a function gets the parameters, the caller and the key', async () => {
    await register(server, { functionName: 'greets', url: `${hooks.url}/greets` });
    answer = ({ body }) => ({ body: { success: `hello ${body.params.name}` } });
    const { body } = await as_public(server)('POST', '/functions/greets', { name: 'ann' });
    assert.equal(body.result, 'hello ann');
    const call = hooks.calls.at(-1);
    assert.equal(call.headers['x-parse-webhook-key'], kKey);
    assert.equal(call.body.functionName, 'greets');
    assert.equal(call.body.master, false);
    assert.equal(call.body.headers['x-parse-application-id'], server.keys.appId);
  });

  it('the object that a beforeSave answers is saved', async () => {
    await register(server, { className: 'Hooked', triggerName: 'beforeSave', url: `${hooks.url}/save` });
    answer = ({ body }) => ({ body: { success: { ...body.object, title: body.object.title.toUpperCase() } } });
    const made = await as_public(server)('POST', '/classes/Hooked', { title: 'quiet' });
    assert.deepEqual([made.status, made.body.title], [201, 'QUIET']);
    const stored = await as_public(server)('GET', `/classes/Hooked/${made.body.objectId}`);
    assert.equal(stored.body.title, 'QUIET');
  });

  const kHostileObjects = {
    'a denied keyword': ['{"success":{"forbidden":1}}', 105],
    'a denied keyword inside': ['{"success":{"a":{"forbidden":1}}}', 105],
    'a prototype': ['{"success":{"__proto__":{"isAdmin":true}}}', 105],
    'a column of the server': ['{"success":{"_rperm":["*"]}}', 105],
    'the wrong type for a field': ['{"success":{"title":{"__type":"Date","iso":"2020-01-02T00:00:00.000Z"}}}', 111],
    'a number': ['{"success":7}', 141],
    'a list': ['{"success":[{"title":"x"}]}', 141],
  };
  for (const [what, [text, code]] of Object.entries(kHostileObjects)) {
    it(`a beforeSave that answers with ${what} changes nothing`, async () => {
      answer = ({ body }) => ({ body: { success: body.object } });
      const { body: { objectId } } = await as_public(server)('POST', '/classes/Hooked', { title: 'kept' });
      answer = () => ({ body: Buffer.from(text) });
      const refused = await as_public(server)('PUT', `/classes/Hooked/${objectId}`, { title: 'new' });
      assert.equal(refused.body.code, code, JSON.stringify(refused.body));
      const { body } = await as_public(server)('GET', `/classes/Hooked/${objectId}`);
      assert.equal(body.title, 'kept');
      assert.equal({}.isAdmin, undefined);
    });
  }

  const kHostileServers = {
    'sends more than anyone wants': (request, response) => {
      const part = Buffer.alloc(1024 * 1024, 'x');
      const more = () => { while (!response.destroyed && response.write(part)); };
      response.on('drain', more);
      response.on('error', () => {});
      more();
    },
    'claims an endless body': (request, response) => { response.writeHead(200, { 'Content-Length': '99999999999' }); response.write('{'); },
    'sends a byte now and then': (request, response) => {
      const drip = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(drip));
    },
    'never answers': () => {},
    'hangs up': (request) => request.socket.destroy(),
    'hangs up in the middle': (request, response) => { response.writeHead(200, { 'Content-Length': '100' }); response.write('{"success"'); setTimeout(() => response.destroy(), 50); },
    'speaks no HTTP': (request) => request.socket.end('hello\r\n\r\n'),
    'sends too many header fields': (request, response) => {
      for (let i = 0; i < 1000; ++i) response.setHeader(`X-${i}`, 'x');
      response.end('{"success":1}');
    },
    'nests without end': (request, response) => response.end(`{"success":${'['.repeat(200000)}${']'.repeat(200000)}}`),
    'sends no JSON': (request, response) => response.end('<html>'),
    'sends bytes that are no text': (request, response) => response.end(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
    'fails': (request, response) => { response.writeHead(500); response.end('{"success":1}'); },
  };
  for (const [what, respond] of Object.entries(kHostileServers)) {
    it(`a webhook that ${what} fails its call with 141, and only that`, async () => {
      const hostile = await start_raw(respond);
      const name = `hostile_${what.replace(/\W/g, '_')}`;
      try {
        await register(server, { functionName: name, url: hostile.url });
        const began = Date.now();
        const [call, other] = await Promise.all([as_public(server)('POST', `/functions/${name}`, {}), as_public(server)('GET', '/health')]);
        assert.equal(call.body.code, 141, JSON.stringify(call.body));
        assert.ok(Date.now() - began < kSoon, 'in time');
        assert.equal(other.status, 200);
        assert.equal((await as_public(server)('GET', '/classes/Hooked?limit=1')).status, 200);
      } finally {
        await hostile.stop();
      }
    });
  }

  it('a redirect is not followed', async () => {
    let was_followed = false;
    const target = await start_raw((request, response) => { was_followed = true; response.end('{"success":"secret"}'); });
    const redirect = await start_raw((request, response) => { response.writeHead(302, { Location: target.url }); response.end(); });
    await register(server, { functionName: 'redirects', url: redirect.url });
    const { body } = await as_public(server)('POST', '/functions/redirects', {});
    assert.deepEqual(body, {});
    assert.equal(was_followed, false);
    await Promise.all([target.stop(), redirect.stop()]);
  });

  it('forty calls wait for a slow webhook at once, and other requests go on', async () => {
    const slow = await start_raw((request, response) => setTimeout(() => response.end('{"success":1}'), 600));
    await register(server, { functionName: 'slow', url: slow.url });
    const began = Date.now();
    const calls = Array.from({ length: 40 }, () => as_public(server)('POST', '/functions/slow', {}));
    const find = await as_public(server)('GET', '/classes/Hooked?limit=1');
    assert.equal(find.status, 200);
    const answers = await Promise.all(calls);
    assert.ok(answers.every(({ body }) => body.result === 1 || body.code === 1), JSON.stringify(answers.find(({ body }) => body.result !== 1)));
    assert.ok(Date.now() - began < 20000);
    await slow.stop();
  });

  it('what was removed is called no more', async () => {
    await register(server, { functionName: 'leaves', url: `${hooks.url}/leaves` });
    answer = () => ({ body: { success: 1 } });
    assert.equal((await as_public(server)('POST', '/functions/leaves', {})).body.result, 1);
    await as_master(server)('PUT', '/hooks/functions/leaves', { __op: 'Delete' });
    assert.equal((await as_public(server)('POST', '/functions/leaves', {})).body.error, 'Invalid function: "leaves"');
  });
});

describe('webhooks over TLS', () => {
  const { files, options } = make_certificate();
  const respond = (request, response) => response.end('{"success":"over TLS"}');

  async function call_with(authorities) {
    const before_it = process.env.SSL_CERT_FILE;
    if (authorities) process.env.SSL_CERT_FILE = authorities;
    const hook = await start_raw(respond, options);
    const server = await start_server({ options: { webhookKey: kKey } });
    if (before_it === undefined) delete process.env.SSL_CERT_FILE;
    else process.env.SSL_CERT_FILE = before_it;
    try {
      await register(server, { functionName: 'secure', url: hook.url });
      return (await as_public(server)('POST', '/functions/secure', {})).body;
    } finally {
      await server.stop();
      await hook.stop();
    }
  }

  it('a webhook whose certificate is trusted answers', async () => {
    assert.deepEqual(await call_with(files.cert), { result: 'over TLS' });
  });
  it('one whose certificate nobody trusts is not called', async () => {
    assert.deepEqual(await call_with(), { code: 141, error: 'The webhook could not be reached.' });
  });
});

describe('webhooks and code', () => {
  const code = path.join(folder, 'code');
  mkdirSync(code);
  symlinkSync(kModules, path.join(code, 'node_modules'));
  writeFileSync(path.join(code, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(path.join(code, 'main.js'), "Parse.Cloud.define('both', () => 'the code');\n");

  it('the webhook is called that was registered after the code, and the code after a restart', async () => {
    const hook = await start_raw((request, response) => response.end('{"success":"the webhook"}'));
    const options = { webhookKey: kKey, cloud: path.join(code, 'main.js'), databaseURI: `sqlite:${path.join(folder, 'both.db')}` };
    const both = async (server) => (await as_public(server)('POST', '/functions/both', {})).body.result;
    const first = await start_server({ options });
    assert.equal(await both(first), 'the code');
    await register(first, { functionName: 'both', url: hook.url });
    await register(first, { functionName: 'alone', url: hook.url });
    assert.equal(await both(first), 'the webhook');
    await first.stop();
    const second = await start_server({ options });
    assert.equal(await both(second), 'the code');
    assert.equal((await as_public(second)('POST', '/functions/alone', {})).body.result, 'the webhook');
    await as_master(second)('PUT', '/hooks/functions/both', { url: `${hook.url}other` });
    assert.equal(await both(second), 'the webhook');
    await as_master(second)('PUT', '/hooks/functions/both', { __op: 'Delete' });
    assert.equal(await both(second), 'the code');
    await second.stop();
    await hook.stop();
  });

  it('a call without a webhookKey leaves a warning in the log', async () => {
    const logs = path.join(folder, 'logs');
    const hook = await start_raw((request, response) => response.end(JSON.stringify({ success: request.headers['x-parse-webhook-key'] ?? 'none' })));
    const server = await start_server({ options: { logsFolder: logs } });
    await register(server, { functionName: 'keyless', url: hook.url });
    assert.equal((await as_public(server)('POST', '/functions/keyless', {})).body.result, 'none');
    await server.stop();
    await hook.stop();
    const text = readdirSync(logs).map((name) => readFileSync(path.join(logs, name), 'utf8')).join('');
    assert.match(text, /without webhookKey being set/);
  });
});

describe('webhooks of several servers on one database', { skip: postgres_missing() }, () => {
  it('what one server registers, changes and removes the other follows within seconds', async () => {
    const database = await make_database();
    const hook = await start_raw((request, response) => response.end(JSON.stringify({ success: request.url })));
    const servers = await Promise.all([0, 1].map(() => start_server({ options: { webhookKey: kKey, databaseURI: database.uri } })));
    const [one, other] = servers;
    const result = async () => (await as_public(other)('POST', '/functions/shared', {})).body.result;
    await register(one, { functionName: 'shared', url: `${hook.url}first` });
    await until('registered', async () => (await result()) === '/first');
    await as_master(one)('PUT', '/hooks/functions/shared', { url: `${hook.url}second` });
    await until('changed', async () => (await result()) === '/second');
    await as_master(one)('PUT', '/hooks/functions/shared', { __op: 'Delete' });
    await until('removed', async () => (await result()) === undefined);
    await Promise.all(servers.map((server) => server.stop()));
    await hook.stop();
    await database.drop();
  });
});
