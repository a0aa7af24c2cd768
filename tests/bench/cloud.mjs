#!/usr/bin/env node
// Measures Cloud Code on this server against the reference server on the same PostgreSQL cluster, in turn: an empty
// function and a create whose beforeSave sets a field; what one call costs on top of a request; and what a class
// without triggers pays for Cloud Code being there.
//
//   scripts/with-postgres node tests/bench/cloud.mjs
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { make_database, postgres_missing } from '../support/postgres.mjs';
import { find_binary, free_port, kKeys, start_server } from '../support/start_server.mjs';
import { start_reference, why_no_reference } from '../takeover/lib/reference.mjs';
import { Target, measure, median_of, print_head, run_rows } from './wrk.mjs';

const kUsage = `usage: cloud.mjs [options], with PARSE_TEST_POSTGRES_URI (scripts/with-postgres sets it)
  --rounds N          turns; the median counts          (3)
  --seconds N         length of one measurement         (4)
  --connections N     connections of the load           (32)
  --workers N         our Node processes                (1)
  --alone             without the reference`;
const kCode = path.join(path.dirname(fileURLToPath(import.meta.url)), 'cloud/main.js');

function read_arguments() {
  const text = (fallback) => ({ type: 'string', default: fallback });
  const { values } = parseArgs({
    options: { rounds: text('3'), seconds: text('4'), connections: text('32'), workers: text('1'), alone: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const wrong = postgres_missing() ?? (find_binary() ? undefined : 'there is no release binary') ?? (values.alone ? undefined : why_no_reference());
  if (values.help || wrong) {
    console.error(wrong ? `${wrong}\n\n${kUsage}` : kUsage);
    process.exit(values.help ? 0 : 2);
  }
  return { ...values, rounds: Number(values.rounds), workers: Number(values.workers) };
}

/** Starts a server on a database of its own; gives `{target, stop}`. */
async function open(start, more) {
  const database = await make_database();
  const port = await free_port();
  const server = await start({
    ...kKeys, port, serverURL: `http://127.0.0.1:${port}/parse`, databaseURI: database.uri, allowClientClassCreation: true, masterKeyIps: ['0.0.0.0/0', '::0'], silent: true, logsFolder: null, ...more,
  });
  const target = new Target(server.url, { app: kKeys.appId, master: kKeys.masterKey });
  for (const name of ['Set', 'Noop', 'Plain']) await target.send('POST', `/classes/${name}`, body_of(0));
  target.known = (await target.send('GET', '/classes/Plain?limit=1')).results[0].objectId;
  const stop = async () => {
    await server.stop();
    await database.drop();
  };
  return { target, stop };
}

const body_of = (score) => ({ score, playerName: `P${score}`, seen: false });
const create = (name) => () => ['POST', `/classes/${name}`, body_of(7)];
const native = (settings) => start_server({ profile: 'bench', options: settings });

/** Medians of the milliseconds that single requests take, one after the other on one connection. */
async function measure_single(target, requests, options) {
  const turns = Object.fromEntries(Object.keys(requests).map((name) => [name, []]));
  for (let round = 0; round < options.rounds; ++round) {
    for (const [name, make] of Object.entries(requests)) turns[name].push(await measure(target, make(), { ...options, connections: '1' }));
  }
  return Object.fromEntries(Object.entries(turns).map(([name, results]) => [name, median_of(results, 'p50')]));
}

const options = read_arguments();
const ours = await open(native, { cloud: kCode, cloudWorkers: options.workers });
const reference = options.alone ? undefined : await open(start_reference, { cloud: kCode });
const bare = await open(native, {});
try {
  const targets = [ours, reference].filter(Boolean).map(({ target }) => target);
  print_head(targets);
  await run_rows(targets, { 'empty function': () => ['POST', '/functions/empty', {}], 'create, beforeSave sets': create('Set') }, options);
  await reference?.stop();
  const single = await measure_single(ours.target, { plain: create('Plain'), hooked: create('Noop'), call: () => ['POST', '/functions/empty', {}] }, options);
  console.log(`\none connection, p50: create ${single.plain.toFixed(2)} ms, with an empty beforeSave ${single.hooked.toFixed(2)} ms: `
    + `${(single.hooked - single.plain).toFixed(2)} ms more; empty function ${single.call.toFixed(2)} ms`);
  console.log('\na: Cloud Code is loaded, b: it is not');
  print_head([ours.target, bare.target]);
  await run_rows([ours.target, bare.target], { 'create, no triggers': create('Plain'), 'get, no triggers': (target) => ['GET', `/classes/Plain/${target.known}`] }, options);
} finally {
  await ours.stop();
  await bare.stop();
}
