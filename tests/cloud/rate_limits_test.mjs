// Rate limits of validators, beyond what the golden vectors show.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { send } from '../support/http.mjs';
import { start_server } from '../support/start_server.mjs';

const kModules = path.join(path.dirname(fileURLToPath(import.meta.url)), '../node_modules');
const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-limits-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function with_code(code, use, options = {}) {
  const app = mkdtempSync(path.join(folder, 'app-'));
  symlinkSync(kModules, path.join(app, 'node_modules'));
  writeFileSync(path.join(app, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(path.join(app, 'main.js'), code);
  const server = await start_server({ options: { cloud: path.join(app, 'main.js'), allowClientClassCreation: true, ...options } });
  try {
    await use(async (method, target, body) => {
      const headers = { 'X-Parse-Application-Id': server.keys.appId, 'Content-Type': 'application/json' };
      const { status, text, headers: fields } = await send({ url: server.url + target, method, headers, body: body && JSON.stringify(body) });
      return { status, fields, body: JSON.parse(text) };
    });
  } finally {
    await server.stop();
  }
}

const limit = (rest) => `{ rateLimit: { requestCount: 1, requestTimeWindow: 3600000, includeInternalRequests: true, ${rest} } }`;

describe('rateLimit of a validator', () => {
  it('holds for code that is there from the start, and tells how long to wait', () => with_code(
    `Parse.Cloud.define('once', () => 1, ${limit("errorResponseMessage: 'Wait.'")});`, async (call) => {
      assert.equal((await call('POST', '/functions/once', {})).body.result, 1);
      const refused = await call('POST', '/functions/once', {});
      assert.deepEqual([refused.status, refused.body], [429, { code: 100, error: 'Wait.' }]);
      assert.ok(Number(refused.fields['retry-after']) > 3000);
    }));

  it('counts parts of a batch', () => with_code(`Parse.Cloud.beforeSave('Once', () => {}, ${limit('')});`, async (call) => {
    const part = { method: 'POST', path: '/parse/classes/Once', body: { n: 1 } };
    const { status, body } = await call('POST', '/batch', { requests: [part, part] });
    assert.ok(status === 429 || body[1]?.error?.code === 100 || body.code === 100, JSON.stringify(body));
  }));

  it('ends with its window', () => with_code(
    "Parse.Cloud.define('brief', () => 1, { rateLimit: { requestCount: 1, requestTimeWindow: 300, includeInternalRequests: true } });", async (call) => {
      await call('POST', '/functions/brief', {});
      assert.equal((await call('POST', '/functions/brief', {})).status, 429);
      await new Promise((resolve) => { setTimeout(resolve, 400); });
      assert.equal((await call('POST', '/functions/brief', {})).status, 200);
    }));

  it('goes on counting when the process of the code was started anew', () => with_code(
    `Parse.Cloud.define('once', () => 1, ${limit('')}); Parse.Cloud.define('dies', () => process.exit(1));`, async (call) => {
      assert.equal((await call('POST', '/functions/once', {})).status, 200);
      assert.equal((await call('POST', '/functions/dies', {})).body.code, 141);
      assert.equal((await call('POST', '/functions/once', {})).status, 429);
    }));

  it('may name its own path and methods', () => with_code(
    `Parse.Cloud.define('f', () => 1, ${limit("requestPath: '/classes/Elsewhere', requestMethods: ['GET']")});`, async (call) => {
      assert.equal((await call('GET', '/classes/Elsewhere')).status, 200);
      assert.equal((await call('GET', '/classes/Elsewhere')).status, 429);
      for (const n of [1, 2]) assert.equal((await call('POST', '/functions/f', { n })).status, 200);
    }));

  it('limits logins and password resets', () => with_code(
    `Parse.Cloud.beforeLogin(() => {}, ${limit('')}); Parse.Cloud.beforePasswordResetRequest(() => {}, ${limit('')});`, async (call) => {
      const credentials = { username: 'nobody', password: 'none' };
      assert.equal((await call('POST', '/login', credentials)).body.code, 101);
      assert.equal((await call('POST', '/login', credentials)).status, 429);
      assert.notEqual((await call('POST', '/requestPasswordReset', { email: 'nobody@example.com' })).status, 429);
      assert.equal((await call('POST', '/requestPasswordReset', { email: 'nobody@example.com' })).status, 429);
    }));

  const kBad = { 'an unknown key': ['often: 1', /Invalid rate limit option "often"/], 'a count that is no number': ["requestCount: 'many'", /rateLimit\.requestCount must be a number/],
    'an unknown zone': ["zone: 'planet'", /rateLimit\.zone must be/], 'a redisUrl': ["redisUrl: 'redis://x'", /rateLimit\.redisUrl must be absent/] };
  for (const [what, [text, message]] of Object.entries(kBad)) {
    it(`${what} keeps the code from loading`, () => assert.rejects(with_code(`Parse.Cloud.define('f', () => 1, ${limit(text)});`, () => {}), message));
  }
});
