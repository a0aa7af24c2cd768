// What the server logged, at once and while it goes on.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { start_loopback } from '../support/loopback.mjs';
import { json_on_server, on_server, run_parsectl, start_parsectl } from '../support/parsectl.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let folder;
before(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-test-'));
  server = await start_server({ options: { logsFolder: path.join(folder, 'logs') } });
});
after(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const entry = (second, message, level = 'info') => ({ timestamp: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`, level, message });

/** A log that answers as the contract says. */
function start_log(entries) {
  return start_loopback(({ query }) => {
    const from = query.get('from') ?? '';
    const until = query.get('until') ?? '9';
    const found = entries.filter(({ timestamp }) => timestamp >= from && timestamp <= until);
    if (query.get('order') !== 'asc') found.reverse();
    return { body: found.slice(0, Number(query.get('size') ?? 10)) };
  });
}

async function until(check) {
  for (let i = 0; i < 300; ++i) {
    if (check()) return;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  assert.fail('it did not happen in time');
}

test('the last entries of a real server are shown, the oldest first', async () => {
  const rows = await json_on_server(server)(['logs', '--size', '5']);
  assert.ok(rows.length > 0 && rows.length <= 5);
  assert.deepEqual(Object.keys(rows[0]).sort(), ['level', 'message', 'timestamp']);
  const times = rows.map((row) => row.timestamp);
  assert.deepEqual(times, [...times].sort());
  const { out } = await on_server(server)(['logs']);
  assert.match(out, /^TIMESTAMP +LEVEL +MESSAGE\n\d{4}-/);
  assert.deepEqual(await json_on_server(server)(['logs', '--until', '1h']), []);
});

test('flags become parameters of the request', async () => {
  const log = await start_log([entry(1, 'one'), entry(2, 'two'), entry(3, 'three')]);
  try {
    const rows = await json_on_server(log)(['logs', '--level', 'error', '--size', '2', '--from', '2025-12-31', '--until', '2026-01-01T00:00:02Z']);
    assert.deepEqual(rows.map((row) => row.message), ['one', 'two']);
    assert.deepEqual(Object.fromEntries(log.calls[0].query), { level: 'error', size: '2', order: 'desc', from: '2025-12-31T00:00:00.000Z', until: '2026-01-01T00:00:02.000Z' });
    const asked = Date.now();
    await json_on_server(log)(['logs', '--from', '2h']);
    assert.ok(Math.abs(asked - 7200000 - Date.parse(log.calls[1].query.get('from'))) < 10000);
  } finally {
    await log.stop();
  }
});

test('--follow prints each entry once, also those of one millisecond, and Ctrl-C ends it with 130', async () => {
  const entries = [entry(1, 'old'), entry(2, 'two a')];
  const log = await start_log(entries);
  try {
    const env = { PARSECTL_SERVER: log.url, PARSECTL_APP_ID: 'app', PARSECTL_MASTER_KEY: 'master' };
    const { child, ended } = start_parsectl(['logs', '--follow', '--size', '1', '--output', 'ndjson'], { env });
    let seen = '';
    child.stdout.on('data', (chunk) => { seen += chunk; });
    await until(() => log.calls.length >= 2);
    entries.push(entry(2, 'two b'), entry(2, 'two b'));
    await until(() => seen.includes('two b'));
    entries.push(entry(3, 'three'));
    await until(() => seen.includes('three'));
    const calls = log.calls.length;
    await until(() => log.calls.length >= calls + 2);
    child.kill('SIGINT');
    const { code, out } = await ended;
    assert.equal(code, 130);
    assert.deepEqual(out.trim().split('\n').map((line) => JSON.parse(line).message), ['two a', 'two b', 'two b', 'three']);
  } finally {
    await log.stop();
  }
});

test('following a log that is still empty begins with its first entry', async () => {
  const entries = [];
  const log = await start_log(entries);
  try {
    const env = { PARSECTL_SERVER: log.url, PARSECTL_APP_ID: 'app', PARSECTL_MASTER_KEY: 'master' };
    const { child, ended } = start_parsectl(['logs', '--follow'], { env });
    await until(() => log.calls.length >= 2);
    entries.push(entry(1, 'first\nwith a second line'));
    let seen = '';
    child.stdout.on('data', (chunk) => { seen += chunk; });
    await until(() => seen.includes('\n'));
    child.kill('SIGINT');
    await ended;
    assert.equal(seen, '2026-01-01T00:00:01.000Z\tinfo\tfirst with a second line\n');
  } finally {
    await log.stop();
  }
});

test('more entries of one millisecond than one call gives are all printed', async () => {
  const entries = [entry(1, 'begin')];
  const log = await start_log(entries);
  try {
    const env = { PARSECTL_SERVER: log.url, PARSECTL_APP_ID: 'app', PARSECTL_MASTER_KEY: 'master' };
    const { child, ended } = start_parsectl(['logs', '-f', '-o', 'ndjson'], { env });
    await until(() => log.calls.length >= 2);
    for (let i = 0; i < 2500; ++i) entries.push(entry(2, `line ${i}`));
    entries.push(entry(3, 'end'));
    let seen = '';
    child.stdout.on('data', (chunk) => { seen += chunk; });
    await until(() => seen.includes('"end"'));
    child.kill('SIGTERM');
    assert.equal((await ended).code, 130);
    assert.equal(new Set(seen.trim().split('\n')).size, seen.trim().split('\n').length);
    assert.equal(seen.trim().split('\n').length, 2501);
  } finally {
    await log.stop();
  }
});

test('a database has no log, and times that cannot be understood are usage mistakes', async () => {
  assert.equal((await run_parsectl(['--database', `sqlite:${path.join(folder, 'a.db')}`, 'logs'])).code, 2);
  const { code, err } = await on_server(server)(['logs', '--from', 'yesterday']);
  assert.equal(code, 2);
  assert.match(err, /--from: 'yesterday' is no moment/);
  assert.equal((await on_server(server)(['logs', '--level', 'loud'])).code, 2);
  assert.equal((await on_server(server)(['logs', '--follow', '--until', '1h'])).code, 2);
});
