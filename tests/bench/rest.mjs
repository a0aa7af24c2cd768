#!/usr/bin/env node
// Measures a Parse server over REST with wrk: requests per second and latency for each kind of request. With --against
// a second server is measured in turn with the first, so that both see the same machine, and the ratio is printed.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';

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

/** A server under test and the objects that were put there for the measurements. */
class Target {
  constructor(url, { app, master }) {
    this.url = url.replace(/\/$/, '');
    this.app = app;
    this.master = master;
  }

  async send(method, target, body) {
    const answer = await fetch(this.url + target, {
      method,
      headers: { 'X-Parse-Application-Id': this.app, 'X-Parse-Master-Key': this.master, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const json = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${this.url}${target}: ${answer.status} ${JSON.stringify(json)}`);
    return json;
  }

  async fill(class_name, count, make) {
    const kPart = 50;
    for (let done = 0; done < count; done += kPart) {
      const requests = Array.from({ length: kPart }, (_, index) =>
        ({ method: 'POST', path: `${new URL(this.url).pathname}/classes/${class_name}`, body: make(done + index) }));
      await this.send('POST', '/batch', { requests });
    }
  }

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
    await this.fill(this.scores, kScores, game_score);
    await this.fill(this.restricted, kRestricted, (n) => ({ ...game_score(n), ACL: { '*': { read: true } } }));
    this.known = (await this.send('GET', `/classes/${this.scores}?limit=1`)).results[0].objectId;
    await this.send('POST', `/classes/${this.scores}New`, game_score(0));
    this.counter = (await this.send('POST', `/classes/Counter${run}`, { score: 0 })).objectId;
    this.counters = `Counter${run}`;
  }
}

const where = (conditions) => `where=${encodeURIComponent(JSON.stringify(conditions))}`;
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

/** The script that tells wrk what to send: no master key, as a client would. */
function wrk_script(target, [method, , body]) {
  const lines = [`wrk.method = "${method}"`, `wrk.headers["X-Parse-Application-Id"] = ${JSON.stringify(target.app)}`];
  if (body) lines.push('wrk.headers["Content-Type"] = "application/json"', `wrk.body = [==[${JSON.stringify(body)}]==]`);
  return lines.join('\n');
}

function milliseconds(text) {
  const [, number, unit] = /^([\d.]+)(us|ms|s|m)$/.exec(text);
  return Number(number) * { us: 0.001, ms: 1, s: 1000, m: 60000 }[unit];
}

async function measure(target, request, { seconds, connections, folder }) {
  const script = path.join(folder, 'request.lua');
  writeFileSync(script, wrk_script(target, request));
  const { stdout } = await promisify(execFile)('wrk',
    ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', script, target.url + request[1]]);
  const find = (pattern) => pattern.exec(stdout)?.[1];
  const socket_errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(stdout)?.slice(1) ?? [];
  return {
    rate: Number(find(/Requests\/sec:\s+([\d.]+)/)),
    p50: milliseconds(find(/^\s+50%\s+(\S+)/m)),
    p99: milliseconds(find(/^\s+99%\s+(\S+)/m)),
    bad: Number(find(/Non-2xx or 3xx responses: (\d+)/) ?? 0) + socket_errors.reduce((sum, count) => sum + Number(count), 0),
  };
}

function median_of(results, field) {
  return results.map((result) => result[field]).sort((a, b) => a - b)[Math.floor(results.length / 2)];
}

function table_row(name, columns, ratio = '') {
  return name.padEnd(12) + columns.map(([rate, p50, p99, bad]) =>
    rate.padStart(12) + p50.padStart(9) + p99.padStart(9) + bad.padStart(6)).join('  |') + ratio.padStart(11);
}

function print_result(name, results) {
  const rates = results.map((turns) => median_of(turns, 'rate'));
  const columns = results.map((turns, index) => [
    rates[index].toFixed(0), median_of(turns, 'p50').toFixed(2), median_of(turns, 'p99').toFixed(2),
    String(turns.reduce((sum, turn) => sum + turn.bad, 0)),
  ]);
  console.log(table_row(name, columns, results.length === 2 ? `${(rates[0] / rates[1]).toFixed(1)}x` : ''));
}

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
const targets = [options.url, options.against].filter(Boolean).map((url) => new Target(url, options));
for (const target of targets) await target.prepare();
const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-bench-'));
targets.forEach((target, index) => console.log(`${'ab'[index]}: ${target.url}`));
console.log(table_row('', targets.map((_, index) => [`${'ab'[index]} req/s`, 'p50 ms', 'p99 ms', 'bad']), targets.length === 2 ? 'a/b' : ''));
for (const name of options.only.split(',')) {
  const results = targets.map(() => []);
  for (let round = 0; round < Number(options.rounds); ++round) {
    for (const [index, target] of targets.entries()) {
      results[index].push(await measure(target, kScenarios[name](target), { ...options, folder }));
    }
  }
  print_result(name, results);
}
rmSync(folder, { recursive: true });
