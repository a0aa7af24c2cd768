// Takes a database over from the reference server and gives it back: what the reference answers, this server must answer
// from the same database, and what this server writes, the reference must understand. With TAKEOVER_REFERENCE set, the
// reference takes all the turns, which checks the script.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { apply_difference } from '../golden/lib/differences.mjs';
import { canonical } from '../golden/lib/normalise.mjs';
import { make_database, postgres_missing } from '../support/postgres.mjs';
import { find_binary, free_port, kKeys, start_server } from '../support/start_server.mjs';
import fill_accounts from './fill/accounts.mjs';
import fill_classes from './fill/classes.mjs';
import fill_types from './fill/types.mjs';
import { load_differences } from './lib/differences.mjs';
import { class_layout } from './lib/layout.mjs';
import { shared_options } from './lib/options.mjs';
import { start_reference, why_no_reference } from './lib/reference.mjs';
import { World, ask, ask_all } from './lib/script.mjs';
import ask_accounts from './questions/accounts.mjs';
import ask_admin from './questions/admin.mjs';
import ask_operators from './questions/operators.mjs';
import ask_reads from './questions/reads.mjs';
import afterwards from './writes/afterwards.mjs';
import write_classes from './writes/classes.mjs';
import write_objects from './writes/objects.mjs';
import write_back from './writes/back.mjs';

const kFill = [fill_accounts, fill_types, fill_classes].flat(Infinity);
const kQuestions = [ask_reads, ask_operators, ask_admin, ask_accounts].flat(Infinity);
const kAfterwards = [afterwards, kQuestions].flat(Infinity);
const kWrites = [write_objects, write_classes].flat(Infinity);
const kAlone = Boolean(process.env.TAKEOVER_REFERENCE);
const kListed = load_differences(path.join(path.dirname(fileURLToPath(import.meta.url)), 'differences.json'), kAfterwards);
const kDifferences = kAlone ? new Map() : kListed;

function why_not() {
  if (!kAlone && !find_binary()) return 'there is no release binary';
  return postgres_missing() ?? why_no_reference();
}

const sorted = (value) => JSON.parse(canonical(value));

/** One server at a time, always at the same address. */
class Turns {
  async open() {
    this.database = await make_database();
    this.options = shared_options({ uri: this.database.uri, port: await free_port() });
    this.world = new World();
  }

  async reference() {
    await this.stop();
    this.running = { ...await start_reference(this.options), keys: kKeys };
  }

  async ours() {
    if (kAlone) return this.reference();
    await this.stop();
    this.running = await start_server({ profile: 'takeover', options: this.options });
    return undefined;
  }

  async stop() {
    await this.running?.stop();
    this.running = undefined;
  }

  async close() {
    await this.stop();
    await this.database?.drop();
  }

  ask_all(steps) {
    return ask_all(steps, this.running, this.world);
  }

  /** Sends requests that change something; gives those whose answer was not the expected kind. */
  async write_all(steps) {
    const wrong = [];
    for (const step of steps.filter(({ ours_only }) => !(kAlone && ours_only))) {
      const { status, body } = await ask(step, this.running, this.world);
      const refused = status >= 300 || (Array.isArray(body) && body.some((part) => part.error));
      if (refused !== Boolean(step.refused)) wrong.push({ title: step.title, status, body });
    }
    return wrong;
  }
}

/** A case for each step: what this server answers must be what the reference answers, but for the listed differences. */
function compare_all(steps, reference, ours) {
  for (const step of steps) {
    it(step.title, () => {
      const difference = kDifferences.get(step.title);
      const expected = apply_difference(reference().get(step.title), difference);
      if (!expected) return assert.equal(ours().get(step.title).status, difference.status);
      return assert.deepStrictEqual(sorted(ours().get(step.title)), sorted(expected), JSON.stringify(step.request));
    });
  }
}

describe('take-over of a database', { skip: why_not() }, () => {
  const turns = new Turns();
  const answers = {};
  before(async () => {
    await turns.open();
    await turns.reference();
    assert.deepEqual(await turns.write_all(kFill), []);
    turns.world.values.set('filled', new Date().toISOString());
    answers.reference = await turns.ask_all(kQuestions);
    await turns.ours();
    answers.ours = await turns.ask_all(kQuestions);
  });
  after(() => turns.close());

  it('asks at least 200 questions', () => assert.ok(kQuestions.length >= 200, `${kQuestions.length}`));

  describe('this server answers like the reference before it', () => {
    compare_all(kQuestions, () => answers.reference, () => answers.ours);
  });

  describe('this server writes, and the reference comes back', () => {
    let complaints;
    before(async () => {
      answers.writes = await turns.write_all(kWrites);
      answers.written = await turns.ask_all(kAfterwards);
      await turns.reference();
      complaints = turns.running.output().split('\n').filter((line) => /error|warn/i.test(line) && !line.includes('DeprecationWarning'));
      answers.back = await turns.ask_all(kAfterwards);
    });
    it('every write was answered as expected', () => assert.deepEqual(answers.writes, []));
    it('the reference starts without a complaint about the database', () => assert.deepEqual(complaints, []));
    it('both servers make the same tables, indexes and definitions for the same class', async () => {
      const ours = await class_layout(turns.database.uri, 'OurTwin', 'Twin');
      assert.deepEqual(ours, await class_layout(turns.database.uri, 'TheirTwin', 'Twin'));
    });
    compare_all(kAfterwards, () => answers.back, () => answers.written);
  });

  describe('the reference writes into what this server made, and this server comes back', () => {
    before(async () => {
      answers.back_writes = await turns.write_all(write_back);
      answers.rewritten = await turns.ask_all(kAfterwards);
      await turns.ours();
      answers.last = await turns.ask_all(kAfterwards);
    });
    it('the reference could write everything', () => assert.deepEqual(answers.back_writes, []));
    compare_all(kAfterwards, () => answers.rewritten, () => answers.last);
  });
});
