// What calls of Cloud Code leave in the log, at which levels, and what triggers see with protectedFieldsTriggerExempt.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { send } from '../support/http.mjs';
import { start_server } from '../support/start_server.mjs';

const kModules = path.join(path.dirname(fileURLToPath(import.meta.url)), '../node_modules');
const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-hook-logs-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const kCode = `
Parse.Cloud.define('adds', request => request.params.a + request.params.b);
Parse.Cloud.define('fails', () => { throw new Parse.Error(1234, 'on purpose'); });
Parse.Cloud.define('echoes', request => request.params);
let original;
Parse.Cloud.define('original', () => original);
Parse.Cloud.beforeSave('Logged', request => {
  original = request.original && request.original.toJSON();
  if (request.object.get('refuse')) throw 'refused';
});
Parse.Cloud.afterSave('Logged', () => {});
`;

/** Runs `use(call)` with a server of its own; gives the lines of its log as objects. */
async function logged(options, use) {
  const app = mkdtempSync(path.join(folder, 'app-'));
  symlinkSync(kModules, path.join(app, 'node_modules'));
  writeFileSync(path.join(app, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(path.join(app, 'main.js'), kCode);
  const logs = path.join(app, 'logs');
  mkdirSync(logs);
  const server = await start_server({ options: { cloud: path.join(app, 'main.js'), logsFolder: logs, allowClientClassCreation: true, ...options } });
  const call = async (method, target, body, as_master = false) => {
    const headers = { 'X-Parse-Application-Id': server.keys.appId, 'Content-Type': 'application/json', ...(as_master ? { 'X-Parse-Master-Key': server.keys.masterKey } : {}) };
    return JSON.parse((await send({ url: server.url + target, method, headers, body: body && JSON.stringify(body) })).text);
  };
  try {
    await use(call);
  } finally {
    await server.stop();
  }
  const file = readdirSync(logs).find((name) => name.includes('info'));
  return readFileSync(path.join(logs, file), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}
const having = (lines, text) => lines.filter(({ message }) => message.includes(text));

describe('the log of Cloud Code', () => {
  it('a function is logged with input and result, or with its error', async () => {
    const lines = await logged({}, async (call) => {
      await call('POST', '/functions/adds', { a: 1, b: 2 });
      await call('POST', '/functions/fails', { a: 1 });
    });
    const [ran] = having(lines, 'Ran cloud function adds');
    assert.deepEqual([ran.level, ran.message], ['info', 'Ran cloud function adds for user undefined with:\n  Input: {"a":1,"b":2}\n  Result: 3']);
    const [failed] = having(lines, 'Failed running cloud function fails');
    assert.deepEqual([failed.level, failed.message],
      ['error', 'Failed running cloud function fails for user undefined with:\n  Input: {"a":1}\n  Error: {"message":"on purpose","code":1234}']);
  });

  it('triggers are logged with the object they are about', async () => {
    const lines = await logged({}, async (call) => {
      await call('POST', '/classes/Logged', { title: 'a' });
      await call('POST', '/classes/Logged', { title: 'b', refuse: true });
    });
    assert.match(having(lines, 'beforeSave triggered for Logged')[0].message, /for user undefined:\n {2}Input: \{"className":"Logged","title":"a"\}\n {2}Result: \{/);
    assert.equal(having(lines, 'afterSave triggered for Logged').length, 2);
    const [failed] = having(lines, 'beforeSave failed for Logged');
    assert.equal(failed.level, 'error');
    assert.match(failed.message, /Error: \{"message":"refused","code":141\}$/);
  });

  it('each event has the level that its option says, and silent is none', async () => {
    const lines = await logged({ logLevels: { cloudFunctionSuccess: 'silent', cloudFunctionError: 'warn', triggerAfter: 'silent', triggerBeforeSuccess: 'warn', triggerBeforeError: 'info' } }, async (call) => {
      await call('POST', '/functions/adds', { a: 1, b: 2 });
      await call('POST', '/functions/fails', {});
      await call('POST', '/classes/Logged', { title: 'a' });
      await call('POST', '/classes/Logged', { refuse: true });
    });
    assert.equal(having(lines, 'Ran cloud function').length, 0);
    assert.equal(having(lines, 'Failed running cloud function')[0].level, 'warn');
    assert.equal(having(lines, 'afterSave triggered').length, 0);
    assert.equal(having(lines, 'beforeSave triggered')[0].level, 'warn');
    assert.equal(having(lines, 'beforeSave failed')[0].level, 'info');
  });

  it('a level below the one of the log is not written', async () => {
    const lines = await logged({ logLevel: 'warn' }, async (call) => {
      await call('POST', '/functions/adds', { a: 1, b: 2 });
      await call('POST', '/functions/fails', {});
    });
    assert.equal(having(lines, 'Ran cloud function').length, 0);
    assert.equal(having(lines, 'Failed running cloud function').length, 1);
  });

  it('long input and result are cut, never inside a character', async () => {
    const lines = await logged({}, (call) => call('POST', '/functions/echoes', { text: 'é'.repeat(5000) }));
    const [{ message }] = having(lines, 'Ran cloud function echoes');
    assert.ok(message.length < 2200, String(message.length));
    assert.equal(message.match(/\.\.\. \(truncated\)/g).length, 2);
    assert.ok(!message.includes('\ufffd'));
  });
});

describe('protectedFieldsTriggerExempt', () => {
  for (const exempt of [false, true]) {
    it(`${exempt ? 'on: triggers of a change see' : 'off: triggers of a change do not see'} what the caller may not`, async () => {
      const options = { protectedFields: { Logged: { '*': ['hidden'] } }, protectedFieldsTriggerExempt: exempt, protectedFieldsSaveResponseExempt: false };
      await logged(options, async (call) => {
        const { objectId } = await call('POST', '/classes/Logged', { title: 'a', hidden: 'secret' }, true);
        const changed = await call('PUT', `/classes/Logged/${objectId}`, { title: 'b' });
        assert.equal(changed.hidden, undefined);
        const { result } = await call('POST', '/functions/original', {});
        assert.equal(result.title, 'a');
        assert.equal(result.hidden, exempt ? 'secret' : undefined);
      });
    });
  }
});
