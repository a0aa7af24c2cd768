// 2,000 clients that send a byte now and then must not slow down one that is in a hurry, nor cost a thread each.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';
import { kKeys } from '../support/start_server.mjs';
import { call, end_all, make_folder, sleep, start_process, stop_process } from '../support/server_process.mjs';

const kSockets = 2000;
const kMeasureMilliseconds = 3000;
const kKilobytesPerSocket = 16;

function status_number(pid, field) {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

/** The 99th percentile, in ms, of requests sent one after the other for a while. */
async function measure_p99(server) {
  const times = [];
  const until = Date.now() + kMeasureMilliseconds;
  while (Date.now() < until) {
    const started = performance.now();
    const answer = await call(server, 'GET', '/classes/Quick?limit=5');
    assert.equal(answer.status, 200, answer.text);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)];
}

async function open_slow_sockets(server, count, first_bytes) {
  const { port } = new URL(server.url);
  const sockets = [];
  for (let opened = 0; opened < count; opened += 100) {
    await Promise.all(Array.from({ length: 100 }, () => new Promise((resolve, reject) => {
      const socket = net.connect(Number(port), '127.0.0.1', () => { socket.write(first_bytes); resolve(); });
      socket.on('error', reject);
      sockets.push(socket);
    })));
  }
  for (const socket of sockets) {
    socket.removeAllListeners('error');
    socket.on('error', () => {});
  }
  return sockets;
}

describe('slow clients', () => {
  const home = make_folder();
  let server;
  before(async () => {
    server = await start_process(home);
    for (let n = 0; n < 20; ++n) await call(server, 'POST', '/classes/Quick', { n });
  });
  after(async () => {
    await stop_process(server);
    end_all();
    home.remove();
  });

  for (const [name, first_bytes, drip] of [
    ['headers', `GET /parse/classes/Quick HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: ${kKeys.appId}\r\n`, 'X-A: b\r\n'],
    ['bodies', `POST /parse/classes/Quick HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: ${kKeys.appId}\r\nContent-Length: 100000\r\n\r\n{"a":"`, 'x'],
  ]) {
    it(`2,000 slow ${name} leave a normal client its p99`, async (t) => {
      const alone = await measure_p99(server);
      const memory_before = status_number(server.pid, 'VmRSS');
      const sockets = await open_slow_sockets(server, kSockets, first_bytes);
      const dripping = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write(drip)), 1000);
      try {
        await sleep(200);
        const crowded = await measure_p99(server);
        const grown = status_number(server.pid, 'VmRSS') - memory_before;
        const threads = status_number(server.pid, 'Threads');
        t.diagnostic(`p99 ${alone.toFixed(2)} ms alone, ${crowded.toFixed(2)} ms in the crowd; ${grown} kB more, ${threads} threads`);
        assert.ok(crowded <= Math.max(alone * 10, 100), `p99 went from ${alone.toFixed(2)} to ${crowded.toFixed(2)} ms`);
        assert.ok(grown <= kSockets * kKilobytesPerSocket, `${grown} kB for ${kSockets} sockets`);
        assert.ok(threads < 200, `${threads} threads`);
      } finally {
        clearInterval(dripping);
        for (const socket of sockets) socket.destroy();
      }
      assert.equal((await call(server, 'GET', '/health')).status, 200);
    });
  }
});
