// Users and their sessions.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { close_connections, send } from '../support/http.mjs';
import { start_loopback } from '../support/loopback.mjs';
import { find_parsectl, json_on_server, on_server } from '../support/parsectl.mjs';
import { master, where } from '../support/rest.mjs';
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
after(async () => {
  close_connections();
  await server?.stop();
});

/** Logs in as a client would; `{status, body}`. */
async function login(username, password) {
  const headers = { 'X-Parse-Application-Id': server.keys.appId, 'X-Parse-Installation-Id': `${Math.random()}`, 'Content-Type': 'application/json' };
  const { status, text } = await send({ url: `${server.url}/login`, method: 'POST', headers, body: JSON.stringify({ username, password }) });
  return { status, body: JSON.parse(text) };
}

const create = (name, password, ...flags) => run(['user', 'create', name, '--password-stdin', ...flags], { input: `${password}\n` });

test('a user made with a password on the input can log in', async () => {
  const made = await create('anna', 'first secret', '--email', 'anna@example.com', '--fields', '{"plan": "free"}');
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /created the user anna \(\w{10}\)/);
  assert.doesNotMatch(made.out, /secret/);
  const { status, body } = await login('anna', 'first secret');
  assert.equal(status, 200);
  assert.equal(body.plan, 'free');
});

test('a user is found by id, username and email, and shown without secrets', async () => {
  const user = await json(['user', 'get', 'anna']);
  assert.equal(user.email, 'anna@example.com');
  assert.equal(user.sessionToken, undefined);
  assert.equal((await json(['user', 'get', user.objectId])).username, 'anna');
  assert.equal((await json(['user', 'get', 'anna@example.com'])).objectId, user.objectId);
  const nobody = await run(['user', 'get', 'nobody']);
  assert.equal(nobody.code, 3);
  assert.match(nobody.err, /no user with the id, username or email 'nobody'/);
});

test('a name that is taken is a conflict', async () => {
  const taken = await create('anna', 'other');
  assert.equal(taken.code, 5);
  assert.match(taken.err, /\(code 202\)/);
  assert.equal((await create('annabel', 'other', '--email', 'anna@example.com')).code, 5);
});

test('without a password, and without a terminal to ask on, nothing is created', async () => {
  const { code, err } = await run(['user', 'create', 'bob']);
  assert.equal(code, 2);
  assert.match(err, /--password-stdin/);
  assert.equal((await create('bob', '')).code, 2);
  assert.equal((await run(['user', 'get', 'bob'])).code, 3);
});

test('on a terminal the password is asked twice and not shown', { skip: process.platform !== 'linux' }, async () => {
  // script(1) gives the program a terminal.
  const command = `${find_parsectl()} user create typed`;
  const env = { ...process.env, PARSECTL_SERVER: server.url, PARSECTL_APP_ID: server.keys.appId, PARSECTL_MASTER_KEY: server.keys.masterKey };
  const child = spawn('script', ['-qec', command, '/dev/null'], { env, stdio: 'pipe' });
  let shown = '';
  let answered = 0;
  child.stdout.on('data', (chunk) => {
    shown += chunk;
    const asked = (shown.match(/Password: |Once more: /g) ?? []).length;
    for (; answered < asked; ++answered) child.stdin.write('typed secret\r');
  });
  const killer = setTimeout(() => child.kill('SIGKILL'), 20000);
  const code = await new Promise((resolve) => { child.on('close', resolve); });
  clearTimeout(killer);
  assert.equal(code, 0, shown);
  assert.doesNotMatch(shown, /typed secret/);
  assert.equal((await login('typed', 'typed secret')).status, 200);
});

test('a new password on the input replaces the old one and ends the sessions', async () => {
  await create('carl', 'old one');
  const { body } = await login('carl', 'old one');
  const { code, err } = await run(['user', 'reset-password', 'carl', '--password-stdin'], { input: 'new one\n' });
  assert.equal(code, 0, err);
  assert.equal((await login('carl', 'old one')).status, 404);
  assert.equal((await login('carl', 'new one')).status, 200);
  const old_sessions = await rest('GET', `/sessions${where({ sessionToken: body.sessionToken })}`);
  assert.deepEqual(old_sessions.results, []);
});

test('sessions are listed without their tokens, and ended one by one or all', async () => {
  await create('dora', 'secret');
  for (let i = 0; i < 3; ++i) await login('dora', 'secret');
  const sessions = await json(['user', 'sessions', 'dora']);
  assert.equal(sessions.length, 3);
  assert.ok(sessions.every((session) => session.sessionToken === undefined && session.createdWith.action === 'login'));
  assert.equal((await run(['user', 'sessions', 'dora'])).out.includes('r:'), false);
  const one = await json(['user', 'revoke', 'dora', '--session', sessions[1].objectId]);
  assert.equal(one.sessions, 1);
  assert.deepEqual((await json(['user', 'sessions', 'dora'])).map((row) => row.objectId), [sessions[0].objectId, sessions[2].objectId]);
  assert.equal((await run(['user', 'revoke', 'dora', '--session', 'nothing'])).code, 3);
  const trial = await run(['user', 'revoke', 'dora', '--dry-run']);
  assert.match(trial.out, /would have ended 2 sessions of dora/);
  const all = await run(['user', 'revoke', 'dora']);
  assert.match(all.out, /ended 2 sessions of dora/);
  assert.deepEqual(await json(['user', 'sessions', 'dora']), []);
});

test('deleting needs consent, and leaves no sessions', async () => {
  await create('emil', 'secret');
  await login('emil', 'secret');
  const { objectId } = await json(['user', 'get', 'emil']);
  const refused = await run(['user', 'delete', 'emil']);
  assert.equal(refused.code, 4);
  assert.equal((await run(['user', 'delete', 'emil', '--dry-run'])).code, 0);
  assert.equal((await login('emil', 'secret')).status, 200);
  assert.equal((await run(['user', 'delete', 'emil', '--yes'])).code, 0);
  assert.equal((await run(['user', 'get', objectId])).code, 3);
  const user = { __type: 'Pointer', className: '_User', objectId };
  assert.deepEqual((await rest('GET', `/sessions${where({ user })}`)).results, []);
});

test('a password reset by mail asks the server to send one', async () => {
  const sink = await start_loopback(() => ({ body: { result: null } }));
  const emailAdapter = { http: { url: sink.url, methods: ['sendMail'], secret: 'a secret that only the tests share' } };
  let mailing;
  try {
    mailing = await start_server({ options: { appName: 'Test', publicServerURL: 'http://localhost/parse', emailAdapter } });
    const on_mailing = on_server(mailing);
    await on_mailing(['user', 'create', 'frida', '--email', 'frida@example.com', '--password', 'x']);
    const asked = await on_mailing(['user', 'reset-password', 'frida']);
    assert.equal(asked.code, 0, asked.err);
    assert.match(asked.out, /asked the server to mail frida@example\.com/);
    for (let i = 0; i < 100 && sink.calls.length === 0; ++i) await new Promise((resolve) => { setTimeout(resolve, 20); });
    assert.match(JSON.stringify(sink.calls), /frida@example\.com/);
    assert.match(JSON.stringify(sink.calls), /request_password_reset/);
    await on_mailing(['user', 'create', 'greta', '--password', 'x']);
    const without = await on_mailing(['user', 'reset-password', 'greta']);
    assert.equal(without.code, 4);
    assert.match(without.err, /has no email/);
  } finally {
    await mailing?.stop();
    await sink.stop();
  }
});

test('a mail that the server cannot send is reported', async () => {
  const { code, err } = await run(['user', 'reset-password', 'anna']);
  assert.equal(code, 1);
  assert.match(err, /email/i);
});
