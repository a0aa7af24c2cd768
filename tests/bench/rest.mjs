#!/usr/bin/env node
// Measures a Parse server over REST with wrk: requests per second and latency for each kind of request. With --against
// a second server is measured in turn with the first, so that both see the same machine, and the ratio is printed.
import { parseArgs } from 'node:util';
import { Target, print_head, run_rows, where } from './wrk.mjs';

const kUsage = `usage: rest.mjs --url URL [--against URL] [options]
  --url URL           the server, with its mount path: http://127.0.0.1:1337/parse
  --against URL       another server to compare with
  --app ID            application id of both            (APPLICATION_ID)
  --master KEY        master key of both                (MASTER_KEY)
  --rounds N          turns; the median counts          (3)
  --seconds N         length of one measurement         (4)
  --connections N     connections of the load           (32)
  --only a,b          some of: ${'health create get update find100 findwhere findacl count'}`;

const kPlayers = 97;
const kScores = 2000;
const kRestricted = 200;

function game_score(number) {
  return {
    score: number,
    playerName: `P${number % kPlayers}`,
    cheatMode: number % 3 === 0,
    tags: ['a', 'b', `t${number % 11}`],
    loc: { __type: 'GeoPoint', latitude: 40 + (number % 50) / 100, longitude: -30 },
    when: { __type: 'Date', iso: '2026-01-01T00:00:00.000Z' },
    meta: { k: number, s: 'x' },
  };
}

/** A server and the objects that were put there for the measurements. */
class RestTarget extends Target {
  /** New classes for every run, so that old objects do not count. */
  async prepare() {
    const run = Date.now().toString(36);
    this.scores = `Score${run}`;
    this.restricted = `Restricted${run}`;
    await this.send('POST', `/schemas/${this.scores}`, {
      className: this.scores,
      fields: { score: { type: 'Number' }, playerName: { type: 'String' } },
      indexes: { by_score: { score: 1 } },
    });
    await this.fill(`/classes/${this.scores}`, kScores, game_score);
    await this.fill(`/classes/${this.restricted}`, kRestricted, (n) => ({ ...game_score(n), ACL: { '*': { read: true } } }));
    this.known = (await this.send('GET', `/classes/${this.scores}?limit=1`)).results[0].objectId;
    await this.send('POST', `/classes/${this.scores}New`, game_score(0));
    this.counter = (await this.send('POST', `/classes/Counter${run}`, { score: 0 })).objectId;
    this.counters = `Counter${run}`;
  }
}

const kScenarios = {
  health: () => ['GET', '/health'],
  create: (target) => ['POST', `/classes/${target.scores}New`, game_score(7)],
  get: (target) => ['GET', `/classes/${target.scores}/${target.known}`],
  update: (target) => ['PUT', `/classes/${target.counters}/${target.counter}`, { score: { __op: 'Increment', amount: 1 } }],
  find100: (target) => ['GET', `/classes/${target.scores}?limit=100`],
  findwhere: (target) => ['GET', `/classes/${target.scores}?limit=20&order=-createdAt&${
    where({ score: { $gte: 100 }, playerName: { $in: ['P1', 'P2', 'P3'] } })}`],
  findacl: (target) => ['GET', `/classes/${target.restricted}?limit=20`],
  count: (target) => ['GET', `/classes/${target.scores}?limit=0&count=1&${where({ score: { $lt: 500 } })}`],
};

function read_arguments() {
  const text = (fallback) => ({ type: 'string', default: fallback });
  const { values } = parseArgs({
    options: {
      url: { type: 'string' }, against: { type: 'string' }, app: text('APPLICATION_ID'), master: text('MASTER_KEY'),
      rounds: text('3'), seconds: text('4'), connections: text('32'), only: text(Object.keys(kScenarios).join(',')),
      help: { type: 'boolean' },
    },
  });
  const unknown = values.only.split(',').filter((name) => !kScenarios[name]);
  if (!values.url || values.help || unknown.length) {
    console.error(unknown.length ? `no such scenario: ${unknown.join(', ')}\n\n${kUsage}` : kUsage);
    process.exit(values.help ? 0 : 2);
  }
  return values;
}

const options = read_arguments();
const targets = [options.url, options.against].filter(Boolean).map((url) => new RestTarget(url, options));
for (const target of targets) await target.prepare();
print_head(targets);
const wanted = Object.fromEntries(options.only.split(',').map((name) => [name, kScenarios[name]]));
await run_rows(targets, wanted, { ...options, rounds: Number(options.rounds) });
