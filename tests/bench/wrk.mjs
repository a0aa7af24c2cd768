// What the REST benchmarks share: a server under test, load by wrk, medians and the table they are printed in.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A server under test. */
export class Target {
  constructor(url, { app, master }) {
    this.url = url.replace(/\/$/, '');
    this.app = app;
    this.master = master;
  }

  /** Sends a JSON request with the master key and gives the answer; throws when it is an error. */
  async send(method, target, body, headers = { 'X-Parse-Master-Key': this.master }) {
    const answer = await fetch(this.url + target, {
      method,
      headers: { 'X-Parse-Application-Id': this.app, 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const json = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${this.url}${target}: ${answer.status} ${JSON.stringify(json)}`);
    return json;
  }

  /** Makes `count` objects, fifty to a batch; `route` is a path such as `/classes/Game`, `make` gives the nth. */
  async fill(route, count, make) {
    const kPart = 50;
    const made = [];
    for (let done = 0; done < count; done += kPart) {
      const requests = Array.from({ length: Math.min(kPart, count - done) }, (_, index) =>
        ({ method: 'POST', path: `${new URL(this.url).pathname}${route}`, body: make(done + index) }));
      const answers = await this.send('POST', '/batch', { requests });
      const bad = answers.find(({ error }) => error);
      if (bad) throw new Error(`${this.url}${route}: ${JSON.stringify(bad.error)}`);
      made.push(...answers.map(({ success }) => success));
    }
    return made;
  }
}

export const where = (conditions) => `where=${encodeURIComponent(JSON.stringify(conditions))}`;

/** The script that tells wrk what to send: no master key, as a client would. */
function wrk_script(target, [method, , body, headers = {}]) {
  const all = { 'X-Parse-Application-Id': target.app, ...(body && { 'Content-Type': 'application/json' }), ...headers };
  const lines = [`wrk.method = "${method}"`];
  for (const [name, value] of Object.entries(all)) lines.push(`wrk.headers["${name}"] = ${JSON.stringify(value)}`);
  if (body) lines.push(`wrk.body = [==[${JSON.stringify(body)}]==]`);
  return lines.join('\n');
}

function milliseconds(text) {
  const [, number, unit] = /^([\d.]+)(us|ms|s|m)$/.exec(text);
  return Number(number) * { us: 0.001, ms: 1, s: 1000, m: 60000 }[unit];
}

/**
 * Loads `target` with one request, `[method, path, body, headers]`, for `seconds` over `connections`. Gives
 * `{rate, p50, p99, bad}`: requests per second, milliseconds, and the number of failures.
 */
export async function measure(target, request, { seconds, connections }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-bench-'));
  try {
    const script = path.join(folder, 'request.lua');
    writeFileSync(script, wrk_script(target, request));
    const { stdout } = await promisify(execFile)('wrk',
      ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '20s', '--latency', '-s', script, target.url + request[1]]);
    return read_report(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read_report(text) {
  const find = (pattern) => pattern.exec(text)?.[1];
  const socket_errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  return {
    rate: Number(find(/Requests\/sec:\s+([\d.]+)/)),
    p50: milliseconds(find(/^\s+50%\s+(\S+)/m)),
    p99: milliseconds(find(/^\s+99%\s+(\S+)/m)),
    bad: Number(find(/Non-2xx or 3xx responses: (\d+)/) ?? 0) + socket_errors.reduce((sum, count) => sum + Number(count), 0),
  };
}

/** The middle of one field of several measurements. */
export function median_of(results, field) {
  return results.map((result) => result[field]).sort((a, b) => a - b)[Math.floor(results.length / 2)];
}

/** One line: a name, for each server `[rate, p50, p99, bad]` as texts, and a last remark. */
export function table_row(name, columns, remark = '') {
  return name.padEnd(24) + columns.map(([rate, p50, p99, bad]) =>
    rate.padStart(12) + p50.padStart(9) + p99.padStart(9) + bad.padStart(6)).join('  |') + remark.padStart(11);
}

/** Prints the medians of each server's turns and, of two servers, how often the first is as fast as the second. */
export function print_result(name, results) {
  const rates = results.map((turns) => median_of(turns, 'rate'));
  const columns = results.map((turns, index) => [
    rates[index].toFixed(0), median_of(turns, 'p50').toFixed(2), median_of(turns, 'p99').toFixed(2),
    String(turns.reduce((sum, turn) => sum + turn.bad, 0)),
  ]);
  console.log(table_row(name, columns, results.length === 2 ? `${(rates[0] / rates[1]).toFixed(1)}x` : ''));
}

/** The head of the table, after the addresses of the servers. */
export function print_head(targets) {
  targets.forEach((target, index) => console.log(`${'ab'[index]}: ${target.url}`));
  console.log(table_row('', targets.map((_, index) => [`${'ab'[index]} req/s`, 'p50 ms', 'p99 ms', 'bad']), targets.length === 2 ? 'a/b' : ''));
}

/** Measures every row of `scenarios` (name -> target -> request) on each target in turn, `rounds` times, and prints it. */
export async function run_rows(targets, scenarios, options) {
  const all = {};
  for (const [name, make] of Object.entries(scenarios)) {
    const results = targets.map(() => []);
    for (let round = 0; round < options.rounds; ++round) {
      for (const [index, target] of targets.entries()) results[index].push(await measure(target, make(target), options));
    }
    print_result(name, results);
    all[name] = results.map((turns) => median_of(turns, 'rate'));
  }
  return all;
}
