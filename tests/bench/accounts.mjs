#!/usr/bin/env node
// Measures what accounts cost a Parse server: finds with a session and roles against the same find without, logins, and
// what a storm of logins does to other requests. With --against a second server is measured in turn with the first.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { parseArgs, promisify } from 'node:util';
import { Target, measure, print_head, run_rows, table_row } from './wrk.mjs';

const kUsage = `usage: accounts.mjs --url URL [--against URL] [options]
  --url URL            the server, with its mount path: http://127.0.0.1:1337/parse
  --against URL        another server to compare with
  --app ID             application id of both            (APPLICATION_ID)
  --master KEY         master key of both                (MASTER_KEY)
  --rounds N           turns; the median counts          (3)
  --seconds N          length of one measurement         (4)
  --connections N      connections of the finds          (32)
  --sessions N         sessions to put there first       (0)
  --roles N            roles to put there first          (0)
  --postgres URL       database of --against: sessions and roles go there by SQL, which is faster than by REST
  --bcrypt PROGRAM     build/release/bench_password: prints the cost of bcrypt alone, for comparison`;

const kRows = 200;
const kPassword = 'correct horse';
const kStormLogins = 64;
const kStormGets = 16;
const kYearMs = 365 * 24 * 3600 * 1000;

const relation = (class_name, id) => ({ __op: 'AddRelation', objects: [{ __type: 'Pointer', className: class_name, objectId: id }] });
const token = (session) => ({ 'X-Parse-Session-Token': session });

/** A server with one user in five roles of three levels, and rows that only one of those roles may read. */
class AccountTarget extends Target {
  async prepare() {
    this.run = randomBytes(4).toString('hex');
    this.names = { notes: `Note${this.run}`, user: `bench_${this.run}` };
    const user = await this.send('POST', '/users', { username: this.names.user, password: kPassword }, {});
    this.session = user.sessionToken;
    this.user = user.objectId;
    await this.make_roles();
    const own = { [`role:Top${this.run}`]: { read: true } };
    await this.fill(`/classes/${this.names.notes}`, kRows, (n) => ({ n, text: `note ${n}`, ACL: own }));
    await this.fill(`/classes/${this.names.notes}Open`, kRows, (n) => ({ n, text: `note ${n}`, ACL: { '*': { read: true } } }));
    this.known = (await this.send('GET', `/classes/${this.names.notes}Open?limit=1`)).results[0].objectId;
  }

  /** The user is in three roles; one of them is in a fourth, and that one in a fifth. */
  async make_roles() {
    const role = async (name, members) => (await this.send('POST', '/roles', { name: `${name}${this.run}`, ACL: {}, ...members })).objectId;
    const member = { users: relation('_User', this.user) };
    await role('Left', member);
    await role('Right', member);
    const low = await role('Low', member);
    const middle = await role('Middle', { roles: relation('_Role', low) });
    await role('Top', { roles: relation('_Role', middle) });
  }

  /** Sessions of as many users who are not there, and roles without members. */
  async load({ sessions, roles, postgres }) {
    if (postgres) return load_by_sql(postgres, this.run, { sessions, roles });
    const expiresAt = { __type: 'Date', iso: new Date(Date.now() + kYearMs).toISOString() };
    await this.fill('/sessions', sessions, (n) => ({
      user: { __type: 'Pointer', className: '_User', objectId: `u${String(n).padStart(9, '0')}` }, expiresAt,
      sessionToken: `r:${randomBytes(16).toString('hex')}`, createdWith: { action: 'login', authProvider: 'password' } }));
    await this.fill('/roles', roles, (n) => ({ name: `Many${this.run}_${n}`, ACL: {} }));
    return undefined;
  }
}

async function load_by_sql(url, run, { sessions, roles }) {
  const statements = [
    `INSERT INTO "_Session" ("objectId","createdAt","updatedAt","user","sessionToken","expiresAt","createdWith")
     SELECT '${run.slice(0, 2)}' || lpad(to_hex(n), 8, '0'), now(), now(), 'u' || lpad(n::text, 9, '0'),
            'r:' || md5('${run}' || n), now() + interval '1 year', '{"action":"login","authProvider":"password"}'::jsonb
     FROM generate_series(1, ${sessions}) n`,
    `INSERT INTO "_Role" ("objectId","createdAt","updatedAt","name","_rperm","_wperm")
     SELECT '${run.slice(0, 2)}' || lpad(to_hex(n), 8, '0'), now(), now(), 'Many${run}_' || n, '{}', '{}' FROM generate_series(1, ${roles}) n`,
    'ANALYZE',
  ];
  for (const statement of statements) await promisify(execFile)('psql', [url, '-q', '-v', 'ON_ERROR_STOP=1', '-c', statement]);
}

const find_as = (target, suffix, headers) => ['GET', `/classes/${target.names.notes}${suffix}?limit=20`, undefined, headers];
const kFinds = {
  'find without a session': (target) => find_as(target, 'Open', {}),
  'find, session, open': (target) => find_as(target, 'Open', token(target.session)),
  'find, session, by role': (target) => find_as(target, '', token(target.session)),
  me: (target) => ['GET', '/users/me', undefined, token(target.session)],
};
const login = (target) => ['POST', '/login', { username: target.names.user, password: kPassword }];
const get = (target) => ['GET', `/classes/${target.names.notes}Open/${target.known}`];

async function check(target) {
  const rows = async (headers, suffix) => (await target.send('GET', `/classes/${target.names.notes}${suffix}?limit=20`, undefined, headers)).results.length;
  const seen = [await rows({}, 'Open'), await rows(token(target.session), ''), await rows({}, '')];
  if (seen.join() !== '20,20,0') throw new Error(`${target.url} shows ${seen.join(', ')} rows instead of 20, 20 and 0`);
}

/** Logins from 64 connections and gets from 16 others at the same time; prints both. */
async function storm(targets, { seconds }) {
  for (const target of targets) {
    const [logins, gets] = await Promise.all([measure(target, login(target), { seconds, connections: kStormLogins }),
      measure(target, get(target), { seconds, connections: kStormGets })]);
    const show = (name, { rate, p50, p99, bad }) =>
      console.log(table_row(name, [[rate.toFixed(0), p50.toFixed(2), p99.toFixed(2), String(bad)]]));
    console.log(`storm on ${target.url}`);
    show('  64 clients log in', logins);
    show('  16 clients get', gets);
  }
}

async function print_bcrypt(program) {
  if (!program) return;
  const { stdout } = await promisify(execFile)(program, ['1', '2', '4']);
  console.log(stdout.trim());
}

function read_arguments() {
  const text = (fallback) => ({ type: 'string', default: fallback });
  const { values } = parseArgs({ options: {
    url: { type: 'string' }, against: { type: 'string' }, app: text('APPLICATION_ID'), master: text('MASTER_KEY'),
    rounds: text('3'), seconds: text('4'), connections: text('32'), sessions: text('0'), roles: text('0'),
    postgres: { type: 'string' }, bcrypt: { type: 'string' }, help: { type: 'boolean' },
  } });
  if (!values.url || values.help) {
    console.error(kUsage);
    process.exit(values.help ? 0 : 2);
  }
  const number = (name) => [name, Number(values[name])];
  return { ...values, ...Object.fromEntries(['rounds', 'seconds', 'connections', 'sessions', 'roles'].map(number)) };
}

const options = read_arguments();
const targets = [options.url, options.against].filter(Boolean).map((url) => new AccountTarget(url, options));
for (const [index, target] of targets.entries()) {
  await target.prepare();
  await check(target);
  await target.load({ ...options, postgres: index === 1 ? options.postgres : undefined });
}
print_head(targets);
const rates = await run_rows(targets, kFinds, options);
const [plain, roled] = [rates['find without a session'][0], rates['find, session, by role'][0]];
console.log(`  a: the session and its roles cost ${(plain / roled).toFixed(2)} times the find without`);
await print_bcrypt(options.bcrypt);
await run_rows(targets, { 'login, 1 connection': login }, { ...options, connections: 1 });
await run_rows(targets, { 'login, 4 connections': login }, { ...options, connections: 4 });
await storm(targets, options);
