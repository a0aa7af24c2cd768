// The reference server (parse-server for Node, from npm), run the way an operator runs it, on loopback.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from '../../support/http.mjs';

const kTests = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const kProgram = path.join(kTests, 'node_modules/parse-server/bin/parse-server');
const kNodeVersion = 20;
const kStartSeconds = 60;

/** Why the reference cannot run here; undefined when it can. */
export function why_no_reference() {
  const version = Number(process.versions.node.split('.')[0]);
  if (version < kNodeVersion) return `the reference needs Node ${kNodeVersion}, this is ${process.versions.node}`;
  return existsSync(kProgram) ? undefined : 'npm did not install parse-server in tests/';
}

async function wait_until_healthy(url, state) {
  const deadline = Date.now() + kStartSeconds * 1000;
  while (Date.now() < deadline) {
    if (state.exited) throw new Error(`the reference stopped with ${state.exited}:\n${state.output}`);
    const answer = await send({ url: `${url}/health`, alone: true }).catch(() => undefined);
    if (answer?.status === 200 && JSON.parse(answer.text).status === 'ok') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the reference is not healthy after ${kStartSeconds} s:\n${state.output}`);
}

/** Starts the reference with `options` (keys, port, databaseURI …); gives `{url, pid, output(), stop()}`. */
export async function start_reference(options) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'reference-'));
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify({ host: '127.0.0.1', mountPath: '/parse', silent: true, logsFolder: null, ...options }));
  const child = spawn(process.execPath, [kProgram, file], {
    cwd: folder, env: { PATH: process.env.PATH, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const state = { exited: undefined, output: '' };
  const keep = (chunk) => { state.output = (state.output + chunk).slice(-16000); };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const gone = new Promise((resolve) => child.once('exit', (code, signal) => {
    state.exited = signal ?? `code ${code}`;
    resolve();
  }));
  const stop = async () => {
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), 15000);
    await gone;
    clearTimeout(killer);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${options.port}/parse`;
  try {
    await wait_until_healthy(url, state);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid, output: () => state.output, stop };
}
