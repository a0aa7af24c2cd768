// Where the tests find a server: the one PARSE_TEST_URL names, or a native binary started for the occasion. With
// PARSE_TEST_STORAGE=postgres that has a database of its own in the cluster that PARSE_TEST_POSTGRES_URI names.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from './http.mjs';

const kRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const kStartSeconds = 20;
const kStopSeconds = 15;

/** The keys every test server is given, each replaceable by its environment variable. */
export const kKeys = {
  appId: process.env.PARSE_TEST_APP_ID ?? 'APPLICATION_ID',
  masterKey: process.env.PARSE_TEST_MASTER_KEY ?? 'MASTER_KEY',
  readOnlyMasterKey: process.env.PARSE_TEST_READ_ONLY_MASTER_KEY ?? 'READ_ONLY_MASTER_KEY',
  maintenanceKey: process.env.PARSE_TEST_MAINTENANCE_KEY ?? 'MAINTENANCE_KEY',
};

/** The server binary: PARSE_SERVER_BINARY, else the release build of this checkout; undefined when neither exists. */
export function find_binary() {
  const candidates = [process.env.PARSE_SERVER_BINARY, path.join(kRoot, 'build/release/parse-server')];
  return candidates.find((candidate) => candidate && existsSync(candidate));
}

/** The name of the variable that holds the URL of a running server for `profile`. */
export function url_variable(profile) {
  return profile === 'default' ? 'PARSE_TEST_URL' : `PARSE_TEST_URL_${profile.toUpperCase()}`;
}

/** True when `start_server` can give a server for `profile`. */
export function can_start(profile = 'default') {
  if (process.env[url_variable(profile)]) return true;
  return !process.env.PARSE_TEST_URL && find_binary() !== undefined;
}

/** A port that was free a moment ago. */
export function free_port() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function wait_until_healthy(url, state) {
  const deadline = Date.now() + kStartSeconds * 1000;
  while (Date.now() < deadline) {
    if (state.exited) throw new Error(`the server stopped with ${state.exited}:\n${state.output}`);
    const answer = await send({ url: `${url}/health` }).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no healthy answer from ${url} in ${kStartSeconds} s:\n${state.output}`);
}

/** A database for one server: `{uri, drop}`. */
async function make_storage(folder) {
  if (process.env.PARSE_TEST_STORAGE !== 'postgres') return { uri: `sqlite:${path.join(folder, 'parse.db')}`, drop: () => {} };
  const { make_database } = await import('./postgres.mjs');
  return make_database();
}

function stopper(child, folder, { state, storage }) {
  return async () => {
    if (!state.exited) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      const killer = setTimeout(() => child.kill('SIGKILL'), kStopSeconds * 1000);
      child.kill('SIGTERM');
      await gone;
      clearTimeout(killer);
    }
    await storage.drop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function start_binary(options) {
  const port = options.port ?? (await free_port());
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-server-test-'));
  const url = `http://127.0.0.1:${port}/parse`;
  const storage = await make_storage(folder);
  const config = {
    ...kKeys,
    serverURL: url,
    port,
    host: '127.0.0.1',
    databaseURI: storage.uri,
    logsFolder: null,
    silent: true,
    ...options,
  };
  const file = path.join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config, null, 2));
  const child = spawn(find_binary(), [file], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const state = { exited: undefined, output: '' };
  const keep = (chunk) => { state.output = (state.output + chunk).slice(-8000); };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => { state.exited = error.message; });
  child.on('exit', (code, signal) => { state.exited = signal ?? `code ${code}`; });
  const stop = stopper(child, folder, { state, storage });
  try {
    await wait_until_healthy(url, state);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, keys: kKeys, pid: child.pid, folder, stop };
}

/**
 * Gives a server as `{url, keys, stop}`: the one the environment names for `profile`, else a new binary with a
 * database of its own and `options` on top of the keys. `stop` ends only what was started here.
 */
export async function start_server({ profile = 'default', options = {} } = {}) {
  const url = process.env[url_variable(profile)];
  if (url) return { url: url.replace(/\/$/, ''), keys: kKeys, stop: async () => {} };
  if (!can_start(profile)) {
    throw new Error(`set ${url_variable(profile)}, or PARSE_SERVER_BINARY, or build build/release/parse-server`);
  }
  return start_binary(options);
}
