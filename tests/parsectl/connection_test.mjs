// How parsectl finds its server, and what it says when it does not.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { on_server, run_parsectl } from '../support/parsectl.mjs';
import { kKeys, start_server } from '../support/start_server.mjs';

let server;
let folder;
before(async () => {
  server = await start_server();
  folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-test-'));
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const flags = () => ['--server', server.url, '--appId', kKeys.appId, '--masterKey', kKeys.masterKey];

function profiles(text) {
  const file = path.join(folder, 'profiles.toml');
  writeFileSync(file, text);
  return { PARSECTL_PROFILES: file };
}

test('flags name the server, before or after the command', async () => {
  for (const args of [[...flags(), 'health'], ['health', ...flags()]]) {
    const { code, out } = await run_parsectl([...args, '--output', 'json']);
    assert.equal(code, 0);
    assert.equal(JSON.parse(out).status, 'ok');
  }
});

test('the environment names the server', async () => {
  assert.equal((await on_server(server)(['health'])).code, 0);
});

test('a profile names the server, and the one called default needs no flag', async () => {
  const text = (name) => `[${name}]\nserver = "${server.url}"\nappId = "${kKeys.appId}"\nmasterKey = "${kKeys.masterKey}"\n`;
  assert.equal((await run_parsectl(['--profile', 'here', 'health'], { env: profiles(text('here')) })).code, 0);
  assert.equal((await run_parsectl(['health'], { env: profiles(text('default')) })).code, 0);
});

test('a profile that a flag names goes before the environment', async () => {
  const env = { ...profiles('[away]\nserver = "http://127.0.0.1:9/parse"\n'), PARSECTL_SERVER: server.url, PARSECTL_APP_ID: kKeys.appId, PARSECTL_MASTER_KEY: kKeys.masterKey };
  const { code, err } = await run_parsectl(['--profile', 'away', 'health'], { env });
  assert.equal(code, 6);
  assert.match(err, /127\.0\.0\.1:9\/parse/);
});

test('a profile that is not there, and a file that cannot be read, are usage mistakes', async () => {
  const missing = await run_parsectl(['--profile', 'nowhere', 'health'], { env: profiles('[here]\nserver = "x"\n') });
  assert.equal(missing.code, 2);
  assert.match(missing.err, /there is no profile 'nowhere'/);
  const broken = await run_parsectl(['--profile', 'here', 'health'], { env: profiles('[here]\nsrever = "x"\n') });
  assert.equal(broken.code, 2);
  assert.match(broken.err, /line 2: 'srever' is not a key of a profile/);
});

test('without a server the message says how to name one', async () => {
  const { code, err } = await run_parsectl(['health']);
  assert.equal(code, 2);
  assert.match(err, /--server URL --appId ID --masterKey KEY/);
});

test('a command that does not exist is a usage mistake', async () => {
  const { code, err } = await run_parsectl(['helth']);
  assert.equal(code, 2);
  assert.match(err, /parsectl --help/);
});

test('an output format that does not exist is a usage mistake', async () => {
  const { code, err } = await run_parsectl(['version', '--output', 'xml']);
  assert.equal(code, 2);
  assert.match(err, /table, json, ndjson or csv/);
});

test('nobody at the URL, and somebody who is no Parse Server, are unreachable', async () => {
  const nobody = await run_parsectl(['--server', 'http://127.0.0.1:9/parse', '--appId', 'a', '--masterKey', 'b', 'health']);
  assert.equal(nobody.code, 6);
  assert.match(nobody.err, /cannot reach http:\/\/127\.0\.0\.1:9\/parse/);
  const wrong_mount = await run_parsectl(['--server', server.url.replace('/parse', '/elsewhere'), '--appId', kKeys.appId, '--masterKey', kKeys.masterKey, 'health']);
  assert.equal(wrong_mount.code, 6);
  assert.match(wrong_mount.err, /mount path/);
});

test('a wrong key is refused, with what to check', async () => {
  const { code, err } = await run_parsectl(['--server', server.url, '--appId', kKeys.appId, '--masterKey', 'wrong', 'health']);
  assert.equal(code, 4);
  assert.match(err, /masterKeyIps/);
});

test('--database works without a server, and says when a server holds it', async () => {
  const file = path.join(folder, 'own.db');
  const own = await run_parsectl(['--database', `sqlite:${file}`, 'health', '--output', 'json']);
  assert.equal(own.code, 0, own.err);
  const held = await run_parsectl(['--database', `sqlite:${path.join(server.folder, 'parse.db')}`, 'health']);
  assert.equal(held.code, 6);
  assert.match(held.err, /already open in another server/i);
});

test('the version needs no server', async () => {
  const { code, out } = await run_parsectl(['version']);
  assert.equal(code, 0);
  assert.match(out, /^parsectl +\d+\.\d+\.\d+/);
});
