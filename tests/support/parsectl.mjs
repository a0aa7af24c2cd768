// Runs the real parsectl against a server or a database.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const kLongestMs = 60000;

/** The program: PARSECTL_BINARY, else the release build of this checkout; undefined when neither exists. */
export function find_parsectl() {
  const candidates = [process.env.PARSECTL_BINARY, path.join(kRoot, 'build/release/parsectl')];
  return candidates.find((candidate) => candidate && existsSync(candidate));
}

/** Starts parsectl; `{child, ended}`, where `ended` becomes `{code, out, err}`. */
export function start_parsectl(args, { env = {}, cwd, input } = {}) {
  // Nothing of the caller's environment may choose the server.
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PARSE')));
  const child = spawn(find_parsectl(), args, { cwd, env: { ...kept, HOME: '/nonexistent', XDG_CONFIG_HOME: '', ...env }, stdio: 'pipe' });
  const result = { out: '', err: '' };
  child.stdout.on('data', (chunk) => { result.out += chunk; });
  child.stderr.on('data', (chunk) => { result.err += chunk; });
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  const killer = setTimeout(() => child.kill('SIGKILL'), kLongestMs);
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(killer);
      resolve({ ...result, code: code ?? signal });
    });
  });
  return { child, ended };
}

/** Runs parsectl to its end: `{code, out, err}`. */
export const run_parsectl = (args, options) => start_parsectl(args, options).ended;

/** A function that runs parsectl on `server`, as start_server gives it. */
export function on_server(server) {
  const env = { PARSECTL_SERVER: server.url, PARSECTL_APP_ID: server.keys.appId, PARSECTL_MASTER_KEY: server.keys.masterKey };
  return (args, options = {}) => run_parsectl(args, { ...options, env: { ...env, ...options.env } });
}

/** As on_server, but the answer is the JSON that parsectl printed; throws with its message when it failed. */
export function json_on_server(server) {
  const run = on_server(server);
  return async (args, options) => {
    const { code, out, err } = await run([...args, '--output', 'json'], options);
    if (code !== 0) throw new Error(`parsectl ${args.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out);
  };
}
