// The mistakes that doctor finds, in a configuration and in a running server.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { send } from '../support/http.mjs';
import { start_loopback } from '../support/loopback.mjs';
import { on_server, run_parsectl } from '../support/parsectl.mjs';
import { free_port, start_server } from '../support/start_server.mjs';

const kStrongKey = 'a Strong master key, 42';

let folder;
before(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-test-')); });
after(() => rmSync(folder, { recursive: true, force: true }));

/** What doctor finds, without what the environment of the test could add: `{code, err, findings}`. */
async function examine(args, env = {}) {
  const { code, out, err } = await run_parsectl(['doctor', ...args, '--output', 'json', '--timeout', '5'], { env });
  return { code, err, findings: out ? JSON.parse(out) : undefined };
}

function file_of(options) {
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({ appId: 'app', masterKey: kStrongKey, dataFolder: path.join(folder, 'data'), ...options }));
  return ['--config', file];
}

/** Options of a server in which nothing is to be found. */
const sound = {
  masterKeyIps: ['127.0.0.1'],
  readOnlyMasterKeyIps: ['127.0.0.1'],
  allowClientClassCreation: false,
  enforcePrivateUsers: true,
  enableInsecureAuthAdapters: false,
  security: { enableCheck: true },
};

/** One that answers as a healthy server; `changes` are answers by path. */
const start_healthy = (changes = {}) => start_loopback((call) => {
  const name = call.path.replace('/parse/', '');
  if (name in changes) return changes[name](call);
  if (name === 'health') return { body: { status: 'ok' } };
  if (name === 'serverInfo') return { body: { parseServerVersion: '9.10.0' } };
  if (name === 'security') return { status: 409, body: { error: 'The option security.enableCheck must be true for a security check.' } };
  return undefined;
});

async function findings_of(changes) {
  const server = await start_healthy(changes);
  try {
    const { code, out, err } = await on_server(server)(['doctor', '--output', 'json']);
    return { code, err, findings: JSON.parse(out) };
  } finally {
    await server.stop();
  }
}

test('a sound configuration whose server runs has no findings', async () => {
  const port = await free_port();
  const options = { ...sound, port, masterKey: kStrongKey, readOnlyMasterKey: 'Another strong key, 43', serverURL: `http://127.0.0.1:${port}/parse`, logsFolder: null };
  const server = await start_server({ options });
  try {
    const { code, findings, err } = await examine(file_of({ ...options, appId: server.keys.appId, databaseURI: `sqlite:${path.join(folder, 'parse.db')}` }));
    assert.deepEqual(findings, []);
    assert.equal(code, 0, err);
    assert.match(err, /\d\d checks made, nothing found/);
  } finally {
    await server.stop();
  }
});

test('a serverURL that does not answer is found, with the settings that are weak', async () => {
  const { code, findings, err } = await examine(file_of({ serverURL: 'http://127.0.0.1:9/parse', masterKeyIps: ['0.0.0.0/0'], allowClientClassCreation: true, databaseOptions: { createIndexUserUsername: false } }));
  assert.equal(code, 7);
  assert.match(err, /\d+ checks made, \d+ findings/);
  const by_fix = (text) => findings.filter((finding) => finding.fix.includes(text));
  assert.match(findings.find((finding) => finding.check === 'serverURL').problem, /cannot reach http:\/\/127\.0\.0\.1:9\/parse/);
  assert.equal(by_fix('masterKeyIps').length, 1);
  assert.equal(by_fix('allowClientClassCreation').length, 1);
  assert.match(by_fix('createIndexUserUsername')[0].problem, /two users may get the same username/);
  assert.ok(findings.every((finding) => finding.check && finding.problem && finding.fix));
});

test('a mistyped option is found before anything else is looked at', async () => {
  const { code, findings, err } = await examine(file_of({ redisUrll: 'redis://x', masterKeyIp: [] }));
  assert.equal(code, 7);
  assert.ok(findings.some((finding) => /'masterKeyIp' is not an option, did you mean 'masterKeyIps'\?/.test(finding.problem)));
  assert.ok(findings.every((finding) => /does not start/.test(finding.fix)));
  assert.match(err, /not checked: the other options/);
});

test('missing keys, and a master key that nobody may use, are found', async () => {
  const missing = await examine(file_of({ appId: undefined, masterKey: undefined, serverURL: 'http://127.0.0.1:9/parse' }));
  assert.ok(missing.findings.some((finding) => finding.check === 'keys'));
  const locked = await examine(file_of({ masterKeyIps: [], serverURL: 'http://127.0.0.1:9/parse' }));
  assert.ok(locked.findings.some((finding) => finding.check === 'masterKeyIps'));
});

test('a file that is not there is a finding', async () => {
  const { code, findings } = await examine(['--config', path.join(folder, 'nothing.toml')]);
  assert.equal(code, 7);
  assert.match(findings[0].problem, /nothing\.toml/);
});

test('keys that the server does not take are found', async () => {
  const server = await start_server();
  try {
    const { code, out } = await on_server(server)(['doctor', '--masterKey', 'wrong']);
    assert.equal(code, 7);
    assert.match(out, /^CHECK +PROBLEM +FIX\nmasterKey .*does not accept.*masterKeyIps/);
    assert.equal((await on_server(server)(['doctor'])).code, 0);
  } finally {
    await server.stop();
  }
});

test('a clock that is wrong is found, one that is right is not', async () => {
  const at = (seconds) => ({ health: () => ({ headers: { Date: new Date(Date.now() + seconds * 1000).toUTCString() }, body: { status: 'ok' } }) });
  const ahead = await findings_of(at(120));
  assert.equal(ahead.code, 7);
  assert.match(ahead.findings[0].problem, /the clock of the server is 1\d\d s ahead of the one here/);
  assert.match((await findings_of(at(-120))).findings[0].problem, /behind/);
  assert.deepEqual((await findings_of(at(1))).findings, []);
});

test('a wrong mount path, and a server that is not well, are found', async () => {
  const elsewhere = await findings_of({ health: () => ({ status: 404, body: { error: 'Cannot GET /parse/health' } }) });
  assert.match(elsewhere.findings[0].fix, /mountPath/);
  const ill = await findings_of({ health: () => ({ status: 503, body: { status: 'error' } }) });
  assert.match(ill.findings[0].problem, /'error', not 'ok'/);
});

test('what a server reports about itself is passed on, and what it does not is named', async () => {
  const checks = [{ title: 'Good', state: 'success' }, { title: 'Bad', state: 'fail', warning: 'It is bad.', solution: 'Make it good.' }];
  const { findings } = await findings_of({ security: () => ({ body: { report: { version: '1.0.0', state: 'fail', groups: [{ name: 'g', state: 'fail', checks }] } } }) });
  assert.deepEqual(findings, [{ check: 'Bad', problem: 'It is bad.', fix: 'Make it good.' }]);
  const silent = await findings_of();
  assert.equal(silent.code, 0);
  assert.match(silent.err, /not checked: the settings that the server runs with/);
});

test('upload rules that let everybody in are found, even where the server does not start with them', async () => {
  const fileUpload = { enableForPublic: true, enableForAnonymousUser: true, fileExtensions: ['^.*$'] };
  const { findings } = await examine(file_of({ fileUpload, serverURL: 'http://127.0.0.1:9/parse' }));
  const uploads = findings.filter((finding) => finding.check === 'fileUpload').map((finding) => finding.fix);
  assert.equal(uploads.length, 3);
  for (const [i, name] of ['enableForPublic', 'enableForAnonymousUser', 'fileExtensions'].entries()) assert.match(uploads[i], new RegExp(name));
  const sane = await examine(file_of({ fileUpload: { enableForPublic: false, fileExtensions: ['png', 'jpe?g'] }, serverURL: 'http://127.0.0.1:9/parse' }));
  assert.ok(!sane.findings.some((finding) => finding.check === 'fileUpload'));
  const by_environment = await examine(file_of({ serverURL: 'http://127.0.0.1:9/parse' }), { PARSE_SERVER_FILE_UPLOAD_ENABLE_FOR_PUBLIC: '1' });
  assert.equal(by_environment.findings.filter((finding) => finding.check === 'fileUpload').length, 1);
});

test('webhooks without a key are found by the configuration, and named as not checked without it', async () => {
  const hooks = { 'hooks/functions': () => ({ body: [{ functionName: 'f', url: 'http://h' }] }), 'hooks/triggers': () => ({ body: [] }) };
  const server = await start_healthy(hooks);
  try {
    const about = (findings) => findings.map((finding) => finding.problem).filter((problem) => / without a key/.test(problem));
    const options = { appId: 'app', masterKey: 'master', serverURL: server.url };
    assert.match(about((await examine(file_of(options))).findings)[0], /1 webhooks are called without a key/);
    const named = ['--server', server.url, '--appId', 'app', '--masterKey', 'master'];
    assert.deepEqual(about((await examine([...file_of({ ...options, webhookKey: 'k' }), ...named])).findings), []);
    const silent = await examine(named);
    assert.deepEqual(silent.findings, []);
    assert.match(silent.err, /not checked: whether 1 webhooks get a key/);
  } finally {
    await server.stop();
  }
});

test('indexes that the queries of a server lack are found, and a server that records none is named', async () => {
  for (const queryStats of [true, false]) {
    const server = await start_server({ options: { queryStats, allowClientClassCreation: true } });
    try {
      const headers = { 'X-Parse-Application-Id': server.keys.appId, 'X-Parse-Master-Key': server.keys.masterKey, 'Content-Type': 'application/json' };
      for (let i = 0; i < 3; i += 1) await send({ url: `${server.url}/classes/Game`, method: 'POST', headers, body: `{"player":"p${i}"}` });
      for (let i = 0; i < 12; i += 1) await send({ url: `${server.url}/classes/Game?where=${encodeURIComponent('{"player":"p1"}')}`, method: 'GET', headers });
      const { code, out, err } = await on_server(server)(['doctor', '--output', 'json']);
      assert.equal(code, queryStats ? 7 : 0, err);
      if (!queryStats) assert.match(err, /not checked: missing indexes: .*queryStats/);
      else assert.match(JSON.parse(out)[0].problem, /12 queries of Game had no index on player and took \d+ ms, each reading 3 rows/);
    } finally {
      await server.stop();
    }
  }
});

test('without a server and a file there is nothing to look at', async () => {
  assert.equal((await run_parsectl(['doctor'])).code, 2);
  const database = await run_parsectl(['doctor', '--database', `sqlite:${path.join(folder, 'a.db')}`]);
  assert.equal(database.code, 2);
  assert.match(database.err, /not at a database/);
});
