// Runs the server binary the way an operator does, for tests that kill, starve or misconfigure it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { close_connections, send } from './http.mjs';
import { find_binary, free_port, kKeys } from './start_server.mjs';

const kStartSeconds = 20;
const running = new Set();

/** A new empty folder and the function that removes it. */
export function make_folder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-server-fault-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Starts the binary with `flags` and gives `{pid, output(), exited, signal(name)}`; `exited` resolves to
 * `{code, signal}`. The environment is empty but for PATH and what `env` adds.
 */
export function run_binary({ flags = [], cwd, env = {}, uid }) {
  const child = spawn(path.resolve(find_binary()), flags, {
    cwd, uid, gid: uid, env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk) => { output = (output + chunk).slice(-64000); };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  running.add(child);
  const exited = new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: -1, signal: error.message }));
    child.on('close', (code, signal) => resolve({ code, signal }));
  }).finally(() => running.delete(child));
  return { pid: child.pid, output: () => output, exited, signal: (name) => child.kill(name) };
}

/** Kills what a failed test left behind, so that the test process can end. */
export function end_all() {
  for (const child of running) child.kill('SIGKILL');
  close_connections();
}

/** The flags of a server that keeps everything in `folder`; `database` is a file, or the URI of a database elsewhere. */
export function server_flags({ folder, port, database = path.join(folder, 'parse.db') }) {
  return [
    '--appId', kKeys.appId, '--masterKey', kKeys.masterKey, '--serverURL', `http://127.0.0.1:${port}/parse`,
    '--host', '127.0.0.1', '--port', String(port), '--dataFolder', folder,
    '--databaseURI', database.includes('://') ? database : `sqlite:${database}`, '--logsFolder', 'null',
  ];
}

/** Starts a server in `folder` and waits until `/health` answers `status`; gives the process and its `url`. */
export async function start_process({ folder, database, flags = [], port, uid, env, status = 200 }) {
  const used = port ?? await free_port();
  const started = run_binary({ flags: [...server_flags({ folder, port: used, database }), ...flags], cwd: folder, uid, env });
  const server = { ...started, url: `http://127.0.0.1:${used}/parse`, port: used };
  try {
    await wait_for_health(server, status);
  } catch (error) {
    server.signal('SIGKILL');
    throw error;
  }
  return server;
}

/** Waits until `/health` of `server` answers `status`; gives the answer. */
export async function wait_for_health(server, status) {
  let gone;
  server.exited.then((how) => { gone = how; });
  const deadline = Date.now() + kStartSeconds * 1000;
  while (!gone && Date.now() < deadline) {
    const answer = await send({ url: `${server.url}/health` }).catch(() => undefined);
    if (answer?.status === status) return answer;
    await sleep(10);
  }
  throw new Error(`/health never answered ${status} (${JSON.stringify(gone)}):\n${server.output()}`);
}

/** Ends a server politely, or by force after 15 seconds; gives how it ended. */
export async function stop_process(server) {
  const killer = setTimeout(() => server.signal('SIGKILL'), 15000);
  server.signal('SIGTERM');
  const how = await server.exited;
  clearTimeout(killer);
  return how;
}

/**
 * Sends a JSON request to `server` and gives `{status, headers, text, json}`, with application id and master key unless
 * `app` or `master` is false.
 */
export async function call(server, method, target, body, { app = true, master = true, headers = {} } = {}) {
  const answer = await send({
    url: server.url + target,
    method,
    headers: {
      ...(app ? { 'X-Parse-Application-Id': kKeys.appId } : {}),
      ...(master ? { 'X-Parse-Master-Key': kKeys.masterKey } : {}),
      'Content-Type': 'application/json',
      ...headers,
    },
    body: body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
  return { ...answer, json: parse_or_undefined(answer.text) };
}

function parse_or_undefined(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends raw bytes on a new connection; resolves to the text received when the peer closes or `seconds` have passed. */
export function send_raw(server, bytes, seconds = 10) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const socket = net.connect(Number(port), hostname);
    let text = '';
    const finish = () => { clearTimeout(timer); socket.destroy(); resolve(text); };
    const timer = setTimeout(finish, seconds * 1000);
    socket.on('data', (chunk) => { text += chunk.toString('latin1'); });
    socket.on('close', finish);
    socket.on('error', (error) => {
      if (text || ['ECONNRESET', 'EPIPE'].includes(error.code)) return finish();
      clearTimeout(timer);
      return reject(error);
    });
    socket.on('connect', () => socket.write(bytes));
  });
}
