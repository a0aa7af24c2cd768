// The parts of postgres.mjs that are no comparison with the reference.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from '../support/postgres.mjs';
import { measure, median_of, where } from './wrk.mjs';

const run = promisify(execFile);
const kSmall = 10_000;
/** Rows that are made by one statement. */
const kPart = 50_000;
/** Rows that share a value, whatever the size of the class. */
const kAlike = 100;

/** The statement this server sent last, as the database saw it, and the values of its parameters for the known object. */
async function statement_of_get({ target, database }) {
  // More than one, as the server may have asked for the plan after the first.
  for (let i = 0; i < 3; ++i) {
    await fetch(`${target.url}/classes/Score/${target.known}`, { headers: { 'X-Parse-Application-Id': target.app } }).then((answer) => answer.json());
  }
  const rows = await sql(database.uri, `SELECT regexp_replace(query, E'[\\n\\t]+', ' ', 'g') FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT %"Score"%"objectId" = $%'
    AND pid <> pg_backend_pid() ORDER BY query_start DESC LIMIT 1`);
  if (!rows.length) throw new Error('the statement of a get was not seen');
  return rows[0].join(' ');
}

/** Which values make the statement give one row: the object's id, and the list of who may read. */
async function parameters_of(statement, { target, database }) {
  const count = Math.max(...[...statement.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  const choices = [target.known, '{*}', '1'];
  const lists = (depth) => (depth === 0 ? [[]] : lists(depth - 1).flatMap((list) => choices.map((choice) => [...list, choice])));
  for (const values of lists(count)) {
    const literals = values.map((value) => `'${value}'`).join(', ');
    const found = await sql(database.uri, `PREPARE s AS SELECT count(*) FROM (${statement}) AS found; EXECUTE s(${literals})`).catch(() => []);
    if (found[0]?.[0] === '1') return values;
  }
  throw new Error(`no parameters for ${statement}`);
}

/** pgbench with the SELECT that a get sends, as prepared statement, and how much of its rate a get reaches. */
export async function measure_pgbench(ours, rate, { seconds, connections, rounds }) {
  const statement = await statement_of_get(ours);
  const values = await parameters_of(statement, ours);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parse-bench-'));
  try {
    const script = path.join(folder, 'get.sql');
    // pgbench takes ":name" for a variable, so casts are written out.
    writeFileSync(script, `${statement.replace(/\$(\d+)/g, ':p$1')};\n`);
    const flags = ['-n', '-M', 'prepared', '-c', connections, '-j', '1', '-T', seconds, '-f', script, ...values.flatMap((value, index) => ['-D', `p${index + 1}=${value}`]), ours.database.uri];
    const rates = [];
    for (let round = 0; round < rounds; ++round) {
      const { stdout } = await run('pgbench', flags);
      rates.push({ rate: Number(/tps = ([\d.]+)/.exec(stdout)[1]) });
    }
    const best = median_of(rates, 'rate');
    console.log(`\npgbench -M prepared, the SELECT of a get: ${best.toFixed(0)} /s${rate ? `; a get reaches ${(rate / best).toFixed(2)} of it` : ''}\n  ${statement}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function megabytes(pid, field) {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

/** The most memory the server has had, after every request has come over 100 connections. */
export async function measure_memory({ target, pid }, requests, { seconds }) {
  for (const request of requests) await measure(target, request, { seconds, connections: '100' });
  console.log(`\nmemory after load over 100 connections: ${megabytes(pid, 'VmRSS').toFixed(0)} MB, at most ${megabytes(pid, 'VmHWM').toFixed(0)} MB`);
}

async function make_class({ target, database }, name, rows) {
  await target.send('POST', `/schemas/${name}`, {
    className: name, fields: { n: { type: 'Number' }, kind: { type: 'Number' }, text: { type: 'String' } }, indexes: { [`${name}_n`]: { n: 1 }, [`${name}_kind`]: { kind: 1 } },
  });
  for (let done = 0; done < rows; done += kPart) {
    await sql(database.uri, `INSERT INTO "${name}" ("objectId", "createdAt", "updatedAt", "n", "kind", "text")
      SELECT lpad(i::text, 10, 'x'), now(), now(), (i * 7919::bigint) % ${rows}, (i * 7919::bigint) % ${rows / kAlike}, 'text ' || i
      FROM generate_series(${done + 1}, ${Math.min(done + kPart, rows)}) AS i`);
  }
  await sql(database.uri, `VACUUM ANALYZE "${name}"`);
}

/** A find by an indexed field with order and limit, and a count by an index, in a small and in a large class. */
export async function measure_million(ours, options) {
  const sizes = { Small: kSmall, Large: options.rows };
  for (const [name, rows] of Object.entries(sizes)) await make_class(ours, name, rows);
  const requests = {
    'find, order and limit': (name) => ['GET', `/classes/${name}?limit=20&order=n&${where({ n: { $gt: sizes[name] / 2 } })}`],
    'count by an index': (name) => ['GET', `/classes/${name}?limit=0&count=1&${where({ kind: 5 })}`],
  };
  console.log('');
  for (const [title, make] of Object.entries(requests)) {
    const turns = { Small: [], Large: [] };
    for (let round = 0; round < options.rounds; ++round) {
      for (const name of Object.keys(sizes)) turns[name].push(await measure(ours.target, make(name), options));
    }
    const [small, large] = Object.values(turns).map((results) => median_of(results, 'rate'));
    console.log(`${title}: ${small.toFixed(0)} /s in ${kSmall} rows, ${large.toFixed(0)} /s in ${options.rows}: ${(small / large).toFixed(2)} times the cost`);
  }
}
