// Records what a reference server answers. Run by a person who has one; the tests only replay.
//
//   node tests/golden/record.mjs --print-options PROFILE      the options that server must run with, as JSON
//   node tests/golden/record.mjs --url http://HOST:PORT/parse [--profile PROFILE] [--only NAME]
//
// Keys come from PARSE_TEST_APP_ID, PARSE_TEST_MASTER_KEY, PARSE_TEST_READ_ONLY_MASTER_KEY and
// PARSE_TEST_MAINTENANCE_KEY. The reference is parse-server 9.10.0 on PostgreSQL with PostGIS.
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { kKeys } from '../support/start_server.mjs';
import { kProfiles } from './profiles.mjs';
import { clean_classes, open_scenario } from './lib/runner.mjs';
import { print_json } from './lib/print.mjs';

const kFolder = path.dirname(fileURLToPath(import.meta.url));

async function load_scenarios() {
  const files = readdirSync(path.join(kFolder, 'scenarios')).filter((name) => name.endsWith('.mjs')).sort();
  const lists = await Promise.all(files.map((name) => import(path.join(kFolder, 'scenarios', name))));
  const all = lists.flatMap((module) => module.default);
  const names = new Set();
  for (const { name } of all) {
    if (names.has(name)) throw new Error(`two scenarios are called ${name}`);
    names.add(name);
  }
  return all;
}

async function record(one, server) {
  await clean_classes(server, one.classes);
  const run = open_scenario(server);
  const steps = [];
  for (const step of one.steps) {
    const { title, request, ...rest } = step;
    steps.push({ title, request, response: await run(step), ...rest });
  }
  const vector = { scenario: one.name, profile: one.profile, classes: one.classes, steps };
  writeFileSync(path.join(kFolder, 'vectors', `${one.name}.json`), `${print_json(vector)}\n`);
  return steps.length;
}

async function main() {
  const { values } = parseArgs({ options: { url: { type: 'string' }, profile: { type: 'string', default: 'default' },
    only: { type: 'string' }, 'print-options': { type: 'string' } } });
  if (values['print-options']) {
    console.log(JSON.stringify(kProfiles[values['print-options']], null, 2));
    return;
  }
  const server = { url: values.url, keys: kKeys };
  const wanted = (one) => one.profile === values.profile && (!values.only || one.name.includes(values.only));
  let total = 0;
  for (const one of (await load_scenarios()).filter(wanted)) {
    const count = await record(one, server);
    total += count;
    console.log(`${String(count).padStart(4)}  ${one.name}`);
  }
  console.log(`${String(total).padStart(4)}  in all`);
}

await main();
