// Replays the recorded requests and compares the answers with those of the reference server.
//
// PARSE_TEST_URL names a running server of the profile "default" with an empty database (and PARSE_TEST_URL_<PROFILE>
// one for each other profile); without it a binary is started for every profile. GOLDEN_ONLY runs matching scenarios.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { can_start, start_server, url_variable } from '../support/start_server.mjs';
import { apply_difference, check_list, load_differences, render_page } from './lib/differences.mjs';
import { start_mail_sink } from '../support/mail_sink.mjs';
import { canonical } from './lib/normalise.mjs';
import { clean_classes, open_scenario } from './lib/runner.mjs';
import { kProfiles } from './profiles.mjs';

const kFolder = path.dirname(fileURLToPath(import.meta.url));
const kVectors = readdirSync(path.join(kFolder, 'vectors')).filter((name) => name.endsWith('.json')).sort()
  .map((name) => JSON.parse(readFileSync(path.join(kFolder, 'vectors', name), 'utf8')));
// A run against the reference itself checks the recordings, not our intended differences.
const kAgainstReference = Boolean(process.env.GOLDEN_REFERENCE);
const kDifferences = kAgainstReference ? new Map()
  : load_differences(kFolder, process.env.PARSE_TEST_STORAGE ?? 'sqlite');

function sorted_keys(value) {
  return JSON.parse(canonical(value));
}

function with_mail(options, sink) {
  return options.emailAdapter ? { ...options, emailAdapter: sink.adapter } : options;
}

function replay(vector, servers) {
  describe(vector.scenario, () => {
    let run;
    before(async () => {
      const server = await servers(vector.profile);
      await clean_classes(server, vector.classes);
      run = open_scenario(server);
    });
    for (const step of vector.steps) {
      const difference = kDifferences.get(`${vector.scenario}: ${step.title}`);
      it(step.title, async () => {
        const answer = await run(step);
        if (kAgainstReference && step.unstable) return;
        const expected = apply_difference(step.response, difference);
        if (expected === undefined) return;
        assert.deepStrictEqual(sorted_keys(answer), sorted_keys(expected), JSON.stringify(step.request));
      });
    }
  });
}

describe('golden vectors', () => {
  const running = new Map();
  let sink;
  const servers = (profile) => {
    if (!running.has(profile)) running.set(profile, start_server({ profile, options: with_mail(kProfiles[profile], sink) }));
    return running.get(profile);
  };
  before(async () => { sink = await start_mail_sink(); });
  after(async () => {
    for (const server of running.values()) await server.then(({ stop }) => stop(), () => {});
    await sink.stop();
  });

  it('there are at least 3000 of them', () => {
    const count = kVectors.reduce((sum, vector) => sum + vector.steps.length, 0);
    assert.ok(count >= 3000, `${count} vectors`);
  });
  it('every listed difference names a vector and a reason, and the page for people is up to date', () => {
    check_list(kFolder, kVectors);
    assert.equal(readFileSync(path.join(kFolder, 'DIFFERENCES.md'), 'utf8'), render_page(kFolder));
  });
  for (const vector of kVectors) {
    if (process.env.GOLDEN_ONLY && !vector.scenario.includes(process.env.GOLDEN_ONLY)) continue;
    if (can_start(vector.profile)) replay(vector, servers);
    else it(vector.scenario, { skip: `needs ${url_variable(vector.profile)} or a built binary` }, () => {});
  }
});
