#!/usr/bin/env node
// Measures this server on PostgreSQL against the reference server on the same cluster, in turn: the requests of the
// speed budget, pgbench with the SELECT of a get, a class of a million rows, and memory.
//
//   scripts/with-postgres node tests/bench/postgres.mjs
import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { make_database, postgres_missing, sql } from '../support/postgres.mjs';
import { find_binary, free_port, kKeys, start_server } from '../support/start_server.mjs';
import { start_reference, why_no_reference } from '../takeover/lib/reference.mjs';
import { measure_memory, measure_million, measure_pgbench } from './postgres_parts.mjs';
import { Target, print_head, run_rows, where } from './wrk.mjs';

const kUsage = `usage: postgres.mjs [options], with PARSE_TEST_POSTGRES_URI (scripts/with-postgres sets it)
  --rounds N          turns; the median counts          (3)
  --seconds N         length of one measurement         (4)
  --connections N     connections of the load           (32)
  --rows N            rows of the large class           (1000000)
  --only a,b          some of: ${'create get update find100 findwhere findacl count include pgbench million memory'}
  --alone             without the reference`;

const kScores = 2000;
const kPrivate = 200;
const kLevels = 100;
const kPlayers = 97;

function game_score(number) {
  return {
    score: number, playerName: `P${number % kPlayers}`, cheatMode: number % 3 === 0, tags: ['a', 'b', `t${number % 11}`],
    loc: { __type: 'GeoPoint', latitude: 40 + (number % 50) / 100, longitude: -30 }, when: { __type: 'Date', iso: '2026-01-01T00:00:00.000Z' }, meta: { k: number, s: 'x' },
  };
}

const pointer = (className, objectId) => ({ __type: 'Pointer', className, objectId });

/** A server with what the measurements ask for. */
class RestTarget extends Target {
  async prepare() {
    const user = await this.send('POST', '/users', { username: 'bench', password: 'secret-Pw1' });
    this.session = { 'X-Parse-Session-Token': user.sessionToken };
    const [first] = await this.fill('/classes/Score', kScores, game_score);
    this.known = first.objectId;
    await this.fill('/classes/Private', kPrivate, (n) => ({ ...game_score(n), ACL: { [user.objectId]: { read: true, write: true } } }));
    this.counter = (await this.send('POST', '/classes/Update', { score: 0 })).objectId;
    const teams = await this.fill('/classes/Team', kLevels, (n) => ({ name: `team ${n}` }));
    const players = await this.fill('/classes/Player', kLevels, (n) => ({ name: `player ${n}`, team: pointer('Team', teams[n].objectId) }));
    await this.fill('/classes/Match', kLevels, (n) => ({ n, player: pointer('Player', players[n].objectId) }));
  }
}

// The form of the budget: classes that grew by saving, no declared index.
const kScenarios = {
  create: () => ['POST', '/classes/Score', game_score(7)],
  get: (target) => ['GET', `/classes/Score/${target.known}`],
  update: (target) => ['PUT', `/classes/Update/${target.counter}`, { score: { __op: 'Increment', amount: 1 } }],
  find100: () => ['GET', '/classes/Score?limit=100'],
  findwhere: () => ['GET', `/classes/Score?limit=20&order=-createdAt&${where({ score: { $gte: 100 }, playerName: { $in: ['P1', 'P2', 'P3'] } })}`],
  findacl: (target) => ['GET', '/classes/Private?limit=20', undefined, target.session],
  count: () => ['GET', `/classes/Score?limit=0&count=1&${where({ score: { $lt: 500 } })}`],
  include: () => ['GET', '/classes/Match?limit=100&include=player.team'],
};
const kParts = ['pgbench', 'million', 'memory'];

function read_arguments() {
  const text = (fallback) => ({ type: 'string', default: fallback });
  const names = [...Object.keys(kScenarios), ...kParts];
  const { values } = parseArgs({
    options: { rounds: text('3'), seconds: text('4'), connections: text('32'), rows: text('1000000'), only: text(names.join(',')), alone: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const unknown = values.only.split(',').filter((name) => !names.includes(name));
  const missing = postgres_missing() ?? (find_binary() ? undefined : 'there is no release binary') ?? (values.alone ? undefined : why_no_reference());
  const wrong = unknown.length ? `no such part: ${unknown.join(', ')}` : missing;
  if (values.help || wrong) {
    console.error(wrong ? `${wrong}\n\n${kUsage}` : kUsage);
    process.exit(values.help ? 0 : 2);
  }
  return { ...values, rounds: Number(values.rounds), rows: Number(values.rows), only: values.only.split(',') };
}

const kAnywhere = ['0.0.0.0/0', '::0'];

/** Starts a server on a database of its own; gives `{target, database, pid, stop}`. */
async function open(start) {
  const database = await make_database();
  const port = await free_port();
  const server = await start({
    ...kKeys, port, serverURL: `http://127.0.0.1:${port}/parse`, databaseURI: database.uri, allowClientClassCreation: true, masterKeyIps: kAnywhere, silent: true, logsFolder: null,
  });
  const target = new RestTarget(server.url, { app: kKeys.appId, master: kKeys.masterKey });
  await target.prepare();
  await sql(database.uri, 'VACUUM ANALYZE');
  const stop = async () => {
    await server.stop();
    await database.drop();
  };
  return { target, database, pid: server.pid, stop };
}

async function describe_machine() {
  const version = await sql(process.env.PARSE_TEST_POSTGRES_URI, 'SHOW server_version');
  const { stdout } = await promisify(execFile)('uptime');
  console.log(`PostgreSQL ${version[0][0]}; ${stdout.trim()}`);
}

const options = read_arguments();
await describe_machine();
const ours = await open((settings) => start_server({ profile: 'bench', options: settings }));
const reference = options.alone ? undefined : await open(start_reference);
const wanted = Object.fromEntries(Object.entries(kScenarios).filter(([name]) => options.only.includes(name)));
try {
  const targets = [ours, reference].filter(Boolean).map(({ target }) => target);
  print_head(targets);
  const rates = await run_rows(targets, wanted, options);
  await reference?.stop();
  if (options.only.includes('pgbench')) await measure_pgbench(ours, rates.get?.[0], options);
  if (options.only.includes('memory')) await measure_memory(ours, Object.values(wanted).map((make) => make(ours.target)), options);
  if (options.only.includes('million')) await measure_million(ours, options);
} finally {
  await ours.stop();
}
