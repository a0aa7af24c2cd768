// Servers with jobs in their Cloud Code, for tests that start, kill and count.
import { realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { send } from './http.mjs';
import { make_folder, sleep, start_process, stop_process } from './server_process.mjs';
import { kKeys } from './start_server.mjs';

const kPatience = 20_000;
const kModules = path.join(path.dirname(fileURLToPath(import.meta.url)), '../node_modules');

/** Requests of a server with the master key: `ask(method, path, body)` gives `{status, headers, body}`. */
export function asker(server) {
  const headers = { 'X-Parse-Application-Id': kKeys.appId, 'X-Parse-Master-Key': kKeys.masterKey, 'Content-Type': 'application/json' };
  return async (method, at, body, more = {}) => {
    const answer = await send({ url: server.url + at, method, headers: { ...headers, ...more }, body: body && JSON.stringify(body) });
    return { status: answer.status, headers: answer.headers, body: answer.text ? JSON.parse(answer.text) : undefined };
  };
}

/**
 * A folder with `code` as its Cloud Code, and servers on its database, or on that of `uri`. `start(flags)` gives
 * `{ask, run_job, row, end_of, stop, kill, ...}`; `end()` ends all of them.
 */
export function job_app(code, { uri } = {}) {
  const { folder, remove } = make_folder();
  const main = path.join(folder, 'main.js');
  writeFileSync(main, code);
  symlinkSync(realpathSync(kModules), path.join(folder, 'node_modules'));
  const servers = [];
  const start = async (flags = ['--cloud', main]) => {
    const server = await start_process({ folder, database: uri, flags, env: { HOME: folder } });
    servers.push(server);
    const ask = asker(server);
    const row = async (id) => (await ask('GET', `/classes/_JobStatus/${id}`)).body;
    const run_job = async (name, params = {}) => {
      const { status, headers, body } = await ask('POST', `/jobs/${name}`, params);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return headers['x-parse-job-status-id'];
    };
    const end_of = (id) => until(async () => {
      const found = await row(id);
      return found.status === 'running' ? undefined : found;
    });
    const ended = async (how) => {
      servers.splice(servers.indexOf(server), 1);
      return how();
    };
    return { ...server, keys: kKeys, ask, row, run_job, end_of,
      stop: () => ended(() => stop_process(server)),
      kill: () => ended(async () => { server.signal('SIGKILL'); await server.exited; }) };
  };
  const end = async () => {
    for (const server of servers) server.signal('SIGKILL');
    await Promise.all(servers.map((server) => server.exited));
    remove();
  };
  return { start, end, folder, main };
}

/** What `look` gives, once it gives something. */
export async function until(look, patience = kPatience) {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not in ${patience} ms: ${look}`);
    await sleep(25);
  }
}
