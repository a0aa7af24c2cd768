#!/usr/bin/env node
// Opens many idle keep-alive connections to a server and shows what they cost: the server's memory before and after
// (when it runs on this machine), and the latency of a client that works meanwhile.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import net from 'node:net';
import { parseArgs } from 'node:util';

const kUsage = 'usage: idle_connections.mjs --url URL [--app ID] [--connections 5000] [--seconds 5] [--pid PID]';
const kPart = 200;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' }, app: { type: 'string', default: 'APPLICATION_ID' }, pid: { type: 'string' },
    connections: { type: 'string', default: '5000' }, seconds: { type: 'string', default: '5' },
  },
});
if (!options.url) {
  console.error(kUsage);
  process.exit(2);
}
const base = new URL(options.url);
const port = Number(base.port || (base.protocol === 'https:' ? 443 : 80));

/** The process that listens on `port`, found in /proc; undefined when that is not to be seen. */
function find_listener() {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = ['tcp', 'tcp6'].flatMap((name) => readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && fields[1].endsWith(`:${wanted}`)).map((fields) => `socket:[${fields[9]}]`));
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).find((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.includes(readlinkSync(`/proc/${pid}/fd/${fd}`)));
    } catch {
      return false;
    }
  });
}

function resident_megabytes(pid) {
  return pid ? Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024 : NaN;
}

/** Opens one connection and sends one request over it, so that it is a kept-alive one. */
function open_idle() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, base.hostname);
    socket.once('error', reject);
    socket.once('data', () => {
      socket.off('error', reject);
      socket.on('error', () => {});
      resolve(socket);
    });
    socket.write(`GET ${base.pathname.replace(/\/$/, '')}/health HTTP/1.1\r\nHost: ${base.host}\r\n\r\n`);
  });
}

async function measure() {
  const url = `${options.url.replace(/\/$/, '')}/health`;
  const times = [];
  const until = Date.now() + Number(options.seconds) * 1000;
  while (Date.now() < until) {
    const started = performance.now();
    await (await fetch(url)).text();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(2).padStart(10);
  return `${(times.length / Number(options.seconds)).toFixed(0).padStart(10)}${at(0.5)}${at(0.99)}`;
}

const pid = options.pid ?? find_listener();
const row = (name, figures, memory) => console.log(`${name.padEnd(22)}${figures}${memory.toFixed(1).padStart(12)}`);
console.log(`${''.padEnd(22)}${'req/s'.padStart(10)}${'p50 ms'.padStart(10)}${'p99 ms'.padStart(10)}${'RSS MB'.padStart(12)}`);
const alone = await measure();
const before = resident_megabytes(pid);
row('alone', alone, before);
const sockets = [];
for (let opened = 0; opened < Number(options.connections); opened += kPart) {
  sockets.push(...await Promise.all(Array.from({ length: Math.min(kPart, Number(options.connections) - opened) }, open_idle)));
}
const crowded = await measure();
const after = resident_megabytes(pid);
row(`${sockets.length} idle`, crowded, after);
if (pid) console.log(`${((after - before) * 1024 / sockets.length).toFixed(1)} kB for each connection, ${(after - before).toFixed(1)} MB for all`);
const open = sockets.filter((socket) => !socket.destroyed && socket.readyState === 'open').length;
console.log(`${open} of them are still open`);
for (const socket of sockets) socket.destroy();
process.exit(0);
