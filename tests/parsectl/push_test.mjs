// Push notifications, against a server that speaks the documented contract.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start_loopback } from '../support/loopback.mjs';
import { json_on_server, on_server, start_parsectl } from '../support/parsectl.mjs';

let folder;
before(() => { folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-test-')); });
after(() => rmSync(folder, { recursive: true, force: true }));

const kId = 'd1Xk2mPq0a';

/** A server whose push goes through `states`, one with each look at it, and stays at the last. */
function start_pusher(states = [{ status: 'succeeded' }], headers = { 'X-Parse-Push-Status-Id': kId }) {
  let looks = 0;
  return start_loopback(({ method, path: where }) => {
    if (method === 'POST' && where === '/parse/push') return { headers, body: { result: true } };
    if (where === `/parse/classes/_PushStatus/${kId}`) return { body: { objectId: kId, ...states[Math.min(looks++, states.length - 1)] } };
    if (where === '/parse/classes/_PushStatus') return { body: { results: [{ objectId: kId, status: 'succeeded', pushTime: '2026-01-01T00:00:00.000Z', numSent: 3, numFailed: 0 }] } };
    return undefined;
  });
}

async function with_pusher(use, ...args) {
  const server = await start_pusher(...args);
  try {
    await use(server, on_server(server));
  } finally {
    await server.stop();
  }
}

const sent = (server) => server.calls.find((call) => call.path === '/parse/push')?.body;

test('flags become the request', () => with_pusher(async (server, run) => {
  const { code, out, err } = await run(['push', 'send', '--channels', 'news,sport', '--alert', 'Goal!', '--title', 'Sport', '--badge', 'Increment', '--sound', 'horn', '--data', '{"match": 7}', '--at', '2026-12-31T18:00:00', '--expires-in', '2h']);
  assert.equal(code, 0, err);
  assert.match(out, /the server has taken push d1Xk2mPq0a/);
  assert.deepEqual(sent(server), {
    channels: ['news', 'sport'],
    data: { match: 7, alert: 'Goal!', title: 'Sport', sound: 'horn', badge: 'Increment' },
    push_time: '2026-12-31T18:00:00',
    expiration_interval: 7200,
  });
  assert.equal(server.calls[0].headers['x-parse-master-key'], 'master');
}));

test('a file is the request, and flags go on top', () => with_pusher(async (server, run) => {
  const file = path.join(folder, 'message.json');
  writeFileSync(file, JSON.stringify({ where: { deviceType: 'ios' }, data: { alert: 'from the file', category: 'x' } }));
  const { code, err } = await run(['push', 'send', '--file', file, '--alert', 'from the flag', '--badge', '3', '--expires-at', '2026-12-31T18:00:00+01:00']);
  assert.equal(code, 0, err);
  assert.deepEqual(sent(server), { where: { deviceType: 'ios' }, data: { alert: 'from the flag', category: 'x', badge: 3 }, expiration_time: '2026-12-31T17:00:00.000Z' });
  await run(['push', 'send', '--file', '-'], { input: '{"channels": ["a"], "data": {"alert": "piped"}}' });
  assert.deepEqual(server.calls.at(-1).body, { channels: ['a'], data: { alert: 'piped' } });
}));

test('a push to everybody needs consent', () => with_pusher(async (server, run) => {
  const refused = await run(['push', 'send', '--where', '{}', '--alert', 'Hello']);
  assert.equal(refused.code, 4);
  assert.equal(sent(server), undefined);
  assert.equal((await run(['push', 'send', '--where', '{}', '--alert', 'Hello', '--yes'])).code, 0);
  assert.deepEqual(sent(server).where, {});
}));

test('--dry-run shows the request and sends nothing', () => with_pusher(async (server, run) => {
  const { code, out } = await run(['push', 'send', '--where', '{}', '--alert', 'Hello', '--dry-run', '--output', 'json']);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out), { where: {}, data: { alert: 'Hello' } });
  assert.deepEqual(server.calls, []);
}));

test('what cannot be a push is a usage mistake', () => with_pusher(async (server, run) => {
  const bad = [
    ['--alert', 'nobody'],
    ['--channels', 'a', '--where', '{}', '--alert', 'two targets'],
    ['--channels', 'a'],
    ['--channels', 'a', '--data', '[1]'],
    ['--channels', 'a', '--alert', 'x', '--badge', 'some'],
    ['--channels', 'a', '--alert', 'x', '--at', 'soon'],
    ['--channels', 'a', '--alert', 'x', '--expires-in', '1h', '--expires-at', '2h'],
    ['--file', path.join(folder, 'nothing.json')],
  ];
  for (const args of bad) assert.equal((await run(['push', 'send', ...args])).code, 2, args.join(' '));
  assert.deepEqual(server.calls, []);
}));

const send = ['push', 'send', '--channels', 'a', '--alert', 'x', '--wait'];

test('--wait follows the push to its end', () => with_pusher(async (server, run) => {
  const { code, out, err } = await run(send);
  assert.equal(code, 0, err);
  assert.match(out, /push d1Xk2mPq0a succeeded: 5 sent, 0 failed/);
}, [{ status: 'pending' }, { status: 'running' }, { status: 'succeeded', numSent: 5, numFailed: 0 }]));

test('devices that were not reached make it partly done', () => with_pusher(async (server, run) => {
  const { code, out, err } = await run(send);
  assert.equal(code, 7);
  assert.match(out, /5 sent, 2 failed/);
  assert.match(err, /2 of 7 devices were not reached/);
}, [{ status: 'succeeded', numSent: 5, numFailed: 2 }]));

test('a push that fails says why', () => with_pusher(async (server, run) => {
  const { code, err } = await run(send);
  assert.equal(code, 1);
  assert.match(err, /push d1Xk2mPq0a failed: \{"message":"no certificate"\}/);
}, [{ status: 'pending' }, { status: 'failed', errorMessage: { message: 'no certificate' } }]));

test('a scheduled push is not waited for', () => with_pusher(async (server, run) => {
  const { code, out } = await run([...send, '--at', '2h']);
  assert.equal(code, 0);
  assert.match(out, /is scheduled for 2026-01-01T02:00:00\.000Z/);
}, [{ status: 'scheduled', pushTime: '2026-01-01T02:00:00.000Z' }]));

test('waiting has a limit, and Ctrl-C ends it', () => with_pusher(async (server, run) => {
  const { code, err } = await run([...send, '--wait-limit', '1']);
  assert.equal(code, 1);
  assert.match(err, /is still running after 1 s/);
  const env = { PARSECTL_SERVER: server.url, PARSECTL_APP_ID: 'app', PARSECTL_MASTER_KEY: 'master' };
  const calls = server.calls.length;
  const { child, ended } = start_parsectl(send, { env });
  for (let i = 0; i < 200 && server.calls.length < calls + 3; ++i) await new Promise((resolve) => { setTimeout(resolve, 20); });
  child.kill('SIGINT');
  assert.equal((await ended).code, 130);
}, [{ status: 'running' }]));

test('a server that names no status is not waited for in vain', () => with_pusher(async (server, run) => {
  assert.equal((await run(send.slice(0, -1))).code, 0);
  const { code, err } = await run(send);
  assert.equal(code, 1);
  assert.match(err, /does not say how to follow it/);
}, [], {}));

test('pushes are listed, and one is shown', () => with_pusher(async (server, run) => {
  const { out } = await run(['push', 'list', '--limit', '5']);
  assert.match(out, /d1Xk2mPq0a +2026-01-01T00:00:00\.000Z +succeeded +3 +0/);
  assert.deepEqual(Object.fromEntries(server.calls[0].query), { order: '-createdAt', limit: '5' });
  assert.equal((await json_on_server(server)(['push', 'status', kId])).status, 'succeeded');
  assert.equal((await run(['push', 'status', 'nothing'])).code, 3);
}));

test('the reason of a refusal is printed', async () => {
  const server = await start_loopback(() => ({ status: 400, body: { code: 115, error: 'Missing push configuration' } }));
  try {
    const { code, err } = await on_server(server)(send);
    assert.equal(code, 1);
    assert.match(err, /Missing push configuration \(code 115\)/);
  } finally {
    await server.stop();
  }
});

test('a server that knows no push is told from one that is not there', async () => {
  const server = await start_loopback(() => ({ status: 404, body: { error: 'Cannot POST /parse/push' } }));
  try {
    const { code, err } = await on_server(server)(send);
    assert.equal(code, 6);
    assert.match(err, /has nothing at \/push \(status 404\); is the mount path right, and can that server do it\?/);
  } finally {
    await server.stop();
  }
});
