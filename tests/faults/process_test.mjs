// The server as a process: signals, ports, flags, and a second server beside the first.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { find_binary, free_port, kKeys } from '../support/start_server.mjs';
import { call, end_all, make_folder, run_binary, send_raw, server_flags, sleep, start_process, stop_process } from '../support/server_process.mjs';

/** The lines of an output that are messages of errors. */
function lines(text) {
  return text.split('\n').filter((line) => line.trim() !== '');
}

describe('the process', () => {
  const homes = [];
  after(() => {
    end_all();
    for (const home of homes) home.remove();
  });
  const new_home = () => {
    homes.push(make_folder());
    return homes.at(-1);
  };

  for (const signal of ['SIGTERM', 'SIGINT']) {
    it(`${signal} lets requests in flight finish and closes cleanly`, async () => {
      const server = await start_process(new_home());
      await call(server, 'POST', '/classes/Slow', { n: 0 });
      const requests = Array.from({ length: 100 }, (_, n) =>
        ({ method: 'POST', path: '/parse/classes/Slow', body: { n, filler: 'x'.repeat(20000) } }));
      const batches = Array.from({ length: 4 }, () => call(server, 'POST', '/batch', { requests }));
      await sleep(10);
      server.signal(signal);
      const answers = await Promise.allSettled(batches);
      const answered = answers.filter((answer) => answer.status === 'fulfilled').map((answer) => answer.value);
      for (const answer of answered) assert.equal(answer.json?.filter((part) => part.success).length, 100, answer.text.slice(0, 200));
      assert.ok(answered.length >= 1, 'the batches were in flight');
      assert.deepEqual(await server.exited, { code: 0, signal: null }, server.output());
    });
  }

  it('a half-sent request is answered after SIGTERM, and new connections are refused', async () => {
    const server = await start_process(new_home());
    const { port } = new URL(server.url);
    const body = '{"half":"and half"}';
    const socket = net.connect(Number(port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => { text += chunk; });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.write(`POST /parse/classes/Half HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: ${kKeys.appId}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`);
    await sleep(100);
    server.signal('SIGTERM');
    await sleep(100);
    await assert.rejects(call(server, 'GET', '/health'));
    socket.write(body.slice(5));
    await closed;
    assert.match(text, /^HTTP\/1\.1 201 /);
    assert.deepEqual(await server.exited, { code: 0, signal: null });
  });

  it('a client that never finishes does not hold up the end for more than ten seconds', async () => {
    const server = await start_process(new_home());
    const stuck = send_raw(server, `POST /parse/classes/Half HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: ${kKeys.appId}\r\nContent-Length: 100\r\n\r\n{`, 20);
    await sleep(100);
    const started = Date.now();
    server.signal('SIGTERM');
    assert.deepEqual(await server.exited, { code: 0, signal: null });
    assert.ok(Date.now() - started < 12000, `${Date.now() - started} ms`);
    await stuck;
  });

  it('a second server refuses the same database with one sentence and leaves the first in peace', async () => {
    const home = new_home();
    const first = await start_process(home);
    const started = Date.now();
    const second = run_binary({ flags: server_flags({ folder: home.folder, port: await free_port() }), cwd: home.folder });
    assert.ok((await second.exited).code > 0, second.output());
    assert.ok(Date.now() - started < 5000, 'it does not wait for long');
    const complaints = lines(second.output()).filter((line) => /parse\.db/.test(line) && /use|lock|another|other/i.test(line));
    assert.equal(complaints.length, 1, second.output());
    assert.equal((await call(first, 'POST', '/classes/Still', { here: true })).status, 201);
    await stop_process(first);
    const third = await start_process(home);
    assert.equal((await call(third, 'GET', '/classes/Still')).json.results.length, 1);
    await stop_process(third);
  });

  it('two servers with databases of their own run side by side', async () => {
    const [one, two] = await Promise.all([start_process(new_home()), start_process(new_home())]);
    await call(one, 'POST', '/classes/Side', { of: 'one' });
    assert.deepEqual((await call(two, 'GET', '/classes/Side')).json.results, []);
    await Promise.all([stop_process(one), stop_process(two)]);
  });

  it('a port in use stops the start with the port in the message', async () => {
    const first = await start_process(new_home());
    const second_home = new_home();
    const second = run_binary({ flags: server_flags({ folder: second_home.folder, port: first.port }), cwd: second_home.folder });
    assert.ok((await second.exited).code > 0, second.output());
    assert.match(second.output(), new RegExp(`${first.port}`));
    assert.match(second.output(), /in use/i);
    await stop_process(first);
  });

  for (const [name, flags, message] of [
    ['an unknown flag', ['--appID', 'x'], /'?appID'?.*appId/],
    ['a port that is no number', ['--port', 'many'], /'port'/],
    ['a port out of range', ['--port', '70000'], /'port'/],
    ['a missing file', ['no-such-file.json'], /no-such-file\.json/],
    ['an option whose feature is missing', ['--fileKey', 'k'], /'fileKey'/],
    ['a URL that is none', ['--serverURL', 'localhost'], /'serverURL'/],
    ['a storage that is not there', ['--databaseURI', 'oracle://x'], /'databaseURI'/],
    ['equal keys', ['--readOnlyMasterKey', kKeys.masterKey], /readOnlyMasterKey/],
    ['a certificate without a key', ['--tlsCert', 'cert.pem'], /tlsKey|tlsCert/],
  ]) {
    it(`${name} stops the start with exit code 1 and a message that names it`, async () => {
      const { folder } = new_home();
      const given = name.startsWith('a missing file') ? flags : [...server_flags({ folder, port: await free_port() }), ...flags];
      const server = run_binary({ flags: given, cwd: folder });
      const timer = setTimeout(() => server.signal('SIGKILL'), 5000);
      assert.equal((await server.exited).code, 1, server.output());
      clearTimeout(timer);
      assert.match(server.output(), message);
    });
  }

  it('all mistakes are reported at once', async () => {
    const { folder } = new_home();
    const server = run_binary({ flags: ['--port', 'x', '--bogus', '1', '--maxUploadSize', 'huge'], cwd: folder });
    assert.equal((await server.exited).code, 1);
    for (const option of ['port', 'bogus', 'maxUploadSize']) {
      assert.ok(lines(server.output()).some((line) => line.includes(`'${option}'`)), server.output());
    }
  });

  it('without keys it makes some, keeps them and prints a request that works', async () => {
    const { folder } = new_home();
    const port = await free_port();
    const flags = ['--port', String(port), '--host', '127.0.0.1'];
    const server = run_binary({ flags, cwd: folder });
    const url = `http://127.0.0.1:${port}/parse`;
    let healthy = false;
    for (let tries = 0; tries < 500 && !healthy; ++tries) {
      healthy = (await call({ url }, 'GET', '/health').catch(() => undefined))?.status === 200;
      if (!healthy) await sleep(10);
    }
    const line = lines(server.output()).join('\n').match(/curl [\s\S]*?\/classes\/\w+['"]?/)?.[0];
    assert.ok(line, server.output());
    const pasted = spawnSync('bash', ['-c', line], { encoding: 'utf8', timeout: 10000 });
    assert.match(pasted.stdout, /"objectId"|"results"/, `${line}\n${pasted.stdout}${pasted.stderr}`);
    await stop_process(server);
    const app_id = /X-Parse-Application-Id: ?([^'"\s]+)/.exec(line)[1];
    const again = run_binary({ flags: [...flags, '--print-config'], cwd: folder });
    await again.exited;
    assert.ok(again.output().includes(app_id) || /appId/.test(again.output()), again.output());
  });

  it('it needs no network but its own', (t) => {
    const { folder } = new_home();
    const script = `ip link set lo up && exec "$0" --test-reporter=tap --test "$1"`;
    const probe = spawnSync('unshare', ['-n', 'bash', '-c', 'ip link set lo up'], { encoding: 'utf8' });
    if (probe.status !== 0) return t.skip('a network of its own cannot be made here (unshare, ip)');
    const inner = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'offline_case.mjs');
    const run = spawnSync('unshare', ['-n', 'bash', '-c', script, process.execPath, inner],
      { encoding: 'utf8', timeout: 30000, cwd: folder, env: { PATH: process.env.PATH, PARSE_SERVER_BINARY: path.resolve(find_binary()) } });
    assert.equal(run.status, 0, run.stdout + run.stderr);
  });
});
