// PostgreSQL for the tests: databases of the cluster that scripts/test starts, and clusters of their own for tests that
// stop, starve or misconfigure one.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { free_port } from './start_server.mjs';

const run = promisify(execFile);
const kVersions = '/usr/lib/postgresql';
const kPatience = 60_000;
/** The name of the database that has PostGIS and nothing else. */
const kTemplate = 'parse_template';

/** Where initdb, postgres and psql are; undefined without PostgreSQL. Debian's psql is a wrapper that costs 40 ms. */
function programs() {
  const versions = existsSync(kVersions) ? readdirSync(kVersions).sort((a, b) => b - a) : [];
  return versions.map((version) => path.join(kVersions, version, 'bin'))
    .find((folder) => existsSync(path.join(folder, 'initdb')) && existsSync(path.join(folder, 'postgres')));
}

/** Why the shared cluster cannot be used; undefined when it can. */
export function postgres_missing() {
  if (process.env.PARSE_TEST_POSTGRES_URI) return undefined;
  return `there is no PostgreSQL: ${process.env.PARSE_TEST_POSTGRES_MISSING ?? 'PARSE_TEST_POSTGRES_URI is not set, see scripts/with-postgres'}`;
}

/** Why no cluster can be made here; undefined when one can. */
export function cluster_missing() {
  return programs() ? undefined : 'PostgreSQL is not installed';
}

/** `uri` with another database in it. */
export function with_database(uri, name) {
  const changed = new URL(uri);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Runs SQL and gives the rows as arrays of texts. Several statements are not one transaction. */
export async function sql(uri, text) {
  const flags = ['-X', '-q', '-A', '-t', '-F', '\t', '-v', 'ON_ERROR_STOP=1', '-c', text, uri];
  const { stdout } = await run(path.join(programs(), 'psql'), flags, { timeout: kPatience, maxBuffer: 64 * 1024 * 1024 });
  return stdout.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
}

/** A new database of `uri`'s cluster as `{uri, name, drop}`, made from `template`. */
export async function make_database({ uri = process.env.PARSE_TEST_POSTGRES_URI, template = kTemplate } = {}) {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await sql(uri, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return { name, uri: with_database(uri, name), drop: () => sql(uri, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/**
 * A session that stays open, for what must be held: `run(text)` resolves when the text has been carried out, and rejects
 * when the session cannot be opened or has ended.
 */
export function open_session(uri) {
  const child = spawn(path.join(programs(), 'psql'), ['-X', '-q', '-A', '-t', uri], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let complaints = '';
  let look = () => {};
  child.stdout.on('data', (chunk) => { output += chunk; look(); });
  child.stderr.on('data', (chunk) => { complaints += chunk; });
  child.stdin.on('error', () => {});
  const gone = new Promise((resolve) => { child.on('close', resolve); });
  const execute = (text) => new Promise((resolve, reject) => {
    const mark = `done-${randomBytes(6).toString('hex')}`;
    const late = setTimeout(() => reject(new Error(`no end of: ${text}`)), kPatience);
    gone.then(() => { clearTimeout(late); reject(new Error(complaints)); });
    look = () => {
      if (!output.includes(mark)) return;
      clearTimeout(late);
      const seen = output.slice(0, output.indexOf(mark));
      output = '';
      resolve(seen.trim());
    };
    child.stdin.write(`${text};\n\\echo ${mark}\n`);
  });
  return { run: execute, close: () => { child.stdin.end(); return gone; } };
}

/** The user that PostgreSQL runs as; it refuses root. */
function server_user() {
  if (process.getuid() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] })));
      return { uid, gid };
    } catch {
      // There is no such user.
    }
  }
  throw new Error('PostgreSQL needs a user that is not root');
}

const running = new Set();

/** Kills the clusters that a failed test left behind and removes their folders. */
export function end_clusters() {
  for (const cluster of running) cluster.end();
}

/** One cluster in a folder of its own. `uri` is its database "postgres", with all rights. */
class Cluster {
  #child;
  #gone;
  #user = server_user();
  #output = '';
  #settings;

  constructor(settings) {
    this.#settings = settings;
    this.folder = mkdtempSync(path.join(os.tmpdir(), 'parse-cluster-'));
    this.password = randomBytes(12).toString('hex');
    this.write('password', `${this.password}\n`);
    if (this.#user.uid !== undefined) chownSync(this.folder, this.#user.uid, this.#user.gid);
    running.add(this);
  }

  /** Writes a file that the server may read, and nobody else. */
  write(name, text) {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    chmodSync(file, 0o600);
    if (this.#user.uid !== undefined) chownSync(file, this.#user.uid, this.#user.gid);
    return file;
  }

  get data() { return path.join(this.folder, 'data'); }
  get uri() { return `postgres://postgres:${this.password}@127.0.0.1:${this.port}/postgres`; }

  async make() {
    this.port = await free_port();
    const flags = ['-D', this.data, '-U', 'postgres', '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync',
      `--pwfile=${path.join(this.folder, 'password')}`];
    await run(path.join(programs(), 'initdb'), flags, { ...this.#user, cwd: this.folder });
  }

  /** A copy of another cluster, which follows it from its start on. */
  async make_standby_of(primary) {
    this.port = await free_port();
    this.password = primary.password;
    const source = `host=127.0.0.1 port=${primary.port} user=postgres password=${primary.password}`;
    const flags = ['-D', this.data, '-d', source, '-R', '-X', 'stream', '-c', 'fast', '--no-sync'];
    await run(path.join(programs(), 'pg_basebackup'), flags, { ...this.#user, cwd: this.folder });
  }

  /** Makes a standby the primary. */
  promote() { return this.sql('SELECT pg_promote(true, 30)'); }

  /** Starts the server, and waits until it takes connections. `settings` come on top of those of the cluster. */
  async start(settings = {}) {
    const all = { listen_addresses: '127.0.0.1', ...this.#settings, ...settings };
    const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = ['--pdeathsig', 'INT', path.join(programs(), 'postgres'), '-D', this.data, '-p', String(this.port),
      '-k', this.folder, ...flags];
    const child = spawn('setpriv', command, { ...this.#user, cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk) => { this.#output = (this.#output + chunk).slice(-16000); };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#child = child;
    this.#gone = new Promise((resolve) => { child.on('close', resolve); }).then(() => { this.#child = undefined; });
    await this.#wait_until_ready();
  }

  async #wait_until_ready() {
    const deadline = Date.now() + kPatience;
    while (this.#child && Date.now() < deadline) {
      const ready = run(path.join(programs(), 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(this.port)]);
      if (await ready.then(() => true, () => false)) return;
    }
    throw new Error(`PostgreSQL did not start:\n${this.#output}`);
  }

  /** Ends the server: "fast" disconnects everybody, "immediate" is a crash. */
  async stop(mode = 'fast') {
    if (!this.#child) return;
    const killer = setTimeout(() => this.#child?.kill('SIGKILL'), kPatience);
    this.#child.kill(mode === 'immediate' ? 'SIGQUIT' : 'SIGINT');
    await this.#gone;
    clearTimeout(killer);
  }

  /** At once, whatever the server does. */
  end() {
    this.#child?.kill('SIGQUIT');
    rmSync(this.folder, { recursive: true, force: true });
    running.delete(this);
  }

  async remove() {
    await this.stop('immediate');
    this.end();
  }

  /** What the server has logged of late. */
  output() { return this.#output; }
  sql(text, database = 'postgres') { return sql(with_database(this.uri, database), text); }
}

/** A running cluster; `settings` are those of postgresql.conf. Ends with `remove()`. */
export async function start_cluster(settings = {}) {
  const cluster = new Cluster(settings);
  await cluster.make();
  await cluster.start();
  return cluster;
}

/** A running cluster that follows `primary`. */
export async function start_standby(primary, settings = {}) {
  const standby = new Cluster(settings);
  await standby.make_standby_of(primary);
  await standby.start();
  return standby;
}
