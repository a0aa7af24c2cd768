// An app with Cloud Code in a folder of its own, and the server that runs it. PARSE_TEST_CLOUD_NODE names another Node.js
// program for it, PARSE_TEST_CLOUD_MODULES a node_modules folder with another version of the SDK.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from './http.mjs';
import { call, make_folder, run_binary, server_flags, sleep, start_process, stop_process } from './server_process.mjs';
import { free_port, kKeys } from './start_server.mjs';

const kModules = process.env.PARSE_TEST_CLOUD_MODULES ?? fileURLToPath(new URL('../node_modules', import.meta.url));
const kNode = process.env.PARSE_TEST_CLOUD_NODE ?? process.execPath;

/** Writes `files` (name -> text) into a new folder where `require('parse')` finds the tests' own; `parse` false: not. */
export function make_app(files, { parse = true } = {}) {
  const { folder, remove } = make_folder();
  const write = (name, text) => {
    const file = path.join(folder, 'cloud', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  if (parse) symlinkSync(kModules, path.join(folder, 'node_modules'));
  return { folder, remove, write, main: path.join(folder, 'cloud', Object.keys(files)[0]) };
}

/** Ids of the Node processes below the server. */
export function node_pids(server) {
  const is_child = (id) => {
    try {
      const [, parent] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ');
      return Number(parent) === server.pid && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('main.mjs');
    } catch {
      return false;
    }
  };
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter(is_child).map(Number);
}

/** Waits until `test` gives something true; gives that. */
export async function until(test, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await test();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`it never came true: ${test}`);
    await sleep(20);
  }
}

/**
 * Starts a server with the Cloud Code `files`, whose first is the main module, and `flags` on top. Gives the server with
 * `run(name, params)` for functions, `call(method, path, body)` with the master key, `health()` and `stop()`.
 */
export async function start_cloud(files, { flags = [], database } = {}) {
  const app = typeof files === 'string' ? make_app({ 'main.js': files }) : make_app(files);
  const server = await start_process({ folder: app.folder, database, flags: ['--cloud', app.main, ...flags], env: { PARSE_SERVER_CLOUD_NODE: kNode } });
  const ask = (method, target, body, how) => call(server, method, target, body, how);
  return {
    ...server,
    app,
    call: ask,
    // Each on a connection of its own, so that no call waits for another here.
    run: async (name, params = {}) => {
      const headers = { 'X-Parse-Application-Id': kKeys.appId, 'Content-Type': 'application/json' };
      const url = `${server.url}/functions/${name}`;
      return JSON.parse((await send({ url, method: 'POST', headers, body: JSON.stringify(params), alone: true })).text);
    },
    health: async () => (await ask('GET', '/health')).json,
    stop: async () => {
      const how = await stop_process(server);
      app.remove();
      return how;
    },
  };
}

/** Runs a server that is expected not to start; gives `{code, output}`. */
export async function fail_to_start(files, { flags = [], parse = true } = {}) {
  const app = make_app(files, { parse });
  const port = await free_port();
  const server = run_binary({ flags: [...server_flags({ folder: app.folder, port }), '--cloud', app.main, ...flags], cwd: app.folder, env: { PARSE_SERVER_CLOUD_NODE: kNode } });
  const { code } = await server.exited;
  app.remove();
  return { code, output: server.output() };
}
