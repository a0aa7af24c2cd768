// Databases of older servers, and databases that people have added things to: this server must serve them as they are.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { apply_difference } from '../golden/lib/differences.mjs';
import { canonical } from '../golden/lib/normalise.mjs';
import { make_database, postgres_missing, sql } from '../support/postgres.mjs';
import { find_binary, free_port, kKeys, start_server } from '../support/start_server.mjs';
import { load_differences } from './lib/differences.mjs';
import { tables_of } from './lib/layout.mjs';
import { kLaterColumns, kLegacySql } from './lib/legacy.mjs';
import { shared_options } from './lib/options.mjs';
import { start_reference, why_no_reference } from './lib/reference.mjs';
import { World, ask, ask_all } from './lib/script.mjs';
import { kLegacyQuestions, kLegacyWrites } from './questions/legacy.mjs';

const kDifferences = load_differences(path.join(path.dirname(fileURLToPath(import.meta.url)), 'legacy_differences.json'), kLegacyQuestions);
const sorted = (value) => JSON.parse(canonical(value));
const why_not = () => (find_binary() ? postgres_missing() : 'there is no release binary');

/** Runs `work(server, uri)` with a server on a copy of `database`, after `change` was carried out on the copy. */
async function with_copy(database, start, { change = 'SELECT 1', port }, work) {
  const copy = await make_database({ template: database.name });
  try {
    await sql(copy.uri, change);
    const server = await start(shared_options({ uri: copy.uri, port: port ?? await free_port() }));
    try {
      return await work({ ...server, keys: kKeys }, copy.uri);
    } finally {
      await server.stop();
    }
  } finally {
    await copy.drop();
  }
}

const ours = (options) => start_server({ profile: 'takeover', options });

/** Sends writes; every one must be answered as it says. */
async function write_all(server, world) {
  for (const step of kLegacyWrites) {
    const { status, body } = await ask(step, server, world);
    assert.equal(status >= 300, Boolean(step.refused), `${step.title}: ${status} ${JSON.stringify(body)}`);
  }
}

async function get_object(server, target) {
  const step = { request: { as: 'master', method: 'GET', path: target } };
  const { body } = await ask(step, server, new World());
  return body;
}

describe('legacy databases', { skip: why_not() }, () => {
  let legacy;
  before(async () => {
    legacy = await make_database();
    await sql(legacy.uri, kLegacySql);
  });
  after(() => legacy.drop());

  describe('are served as by the reference', { skip: why_no_reference() }, () => {
    let reference;
    let answers;
    before(async () => {
      const port = await free_port();
      const all = (server) => ask_all(kLegacyQuestions, server, new World());
      reference = await with_copy(legacy, start_reference, { port }, all);
      answers = await with_copy(legacy, ours, { port }, all);
    });
    for (const step of kLegacyQuestions) {
      it(step.title, () => {
        const expected = apply_difference(reference.get(step.title), kDifferences.get(step.title));
        if (expected === undefined) return;
        assert.deepStrictEqual(sorted(answers.get(step.title)), sorted(expected), JSON.stringify(step.request));
      });
    }
  });

  it('lists of texts in a column of their own are read, found and written', async () => {
    await with_copy(legacy, ours, {}, async (server) => {
      const world = new World();
      await write_all(server, world);
      assert.deepEqual((await get_object(server, `/classes/Old/${world.values.get('new_old')}`)).tags, ['x', 'y z', '"q"', "it's", '\\', '{}', '']);
      assert.deepEqual((await get_object(server, '/classes/Old/oldAAAAAAA')).tags, ['d', 'e']);
      const where = encodeURIComponent(JSON.stringify({ tags: { $in: ['d', 'nobody'] } }));
      assert.deepEqual((await get_object(server, `/classes/Old?where=${where}`)).results.map(({ objectId }) => objectId), ['oldAAAAAAA']);
    });
  });

  it('dates without a zone are written as they are read', async () => {
    await with_copy(legacy, ours, {}, async (server, uri) => {
      await write_all(server, new World());
      assert.equal((await get_object(server, '/classes/Old/oldAAAAAAA')).when.iso, '2024-05-05T05:05:05.005Z');
      assert.deepEqual(await sql(uri, `SELECT "when" FROM "Old" WHERE "objectId" = 'oldAAAAAAA'`), [['2024-05-05 05:05:05.005']]);
    });
  });

  it('tables and columns of others stay as they are', async () => {
    const look = `SELECT count(*) FROM orders; SELECT count(*) FROM report; SELECT count(*) FROM other."Old"; SELECT amount, changed_by IS NOT NULL FROM "Foreign" WHERE "objectId" = 'foreignAAA'`;
    await with_copy(legacy, ours, {}, async (server, uri) => {
      await write_all(server, new World());
      assert.deepEqual(await sql(uri, look), [['1'], ['2'], ['0'], ['1.50', 't']]);
      assert.equal((await tables_of(uri)).Foreign.indexes.some(({ name }) => name === 'of_somebody'), true);
    });
  });

  it('columns that older servers had not are made, and the reference can start afterwards', { skip: why_no_reference() }, async () => {
    const drop = kLaterColumns.map((name) => `ALTER TABLE "_User" DROP COLUMN "${name}"`).join(';');
    const made = await make_database({ template: legacy.name });
    try {
      await sql(made.uri, drop);
      const options = shared_options({ uri: made.uri, port: await free_port() });
      const server = await ours(options);
      await write_all({ ...server, keys: kKeys }, new World()).finally(() => server.stop());
      const { columns } = (await tables_of(made.uri))._User;
      const types = Object.fromEntries(columns.filter(({ name }) => kLaterColumns.includes(name)).map(({ name, type }) => [name, type]));
      assert.deepEqual(types, { _account_lockout_expires_at: 'timestamp with time zone', _email_verify_token: 'text', _email_verify_token_expires_at: 'timestamp with time zone',
        _failed_login_count: 'double precision', _password_changed_at: 'timestamp with time zone', _password_history: 'jsonb', _perishable_token: 'text', _perishable_token_expires_at: 'timestamp with time zone' });
      const reference = await start_reference(options);
      const step = { request: { as: 'public', method: 'POST', path: '/login', body: { username: 'alice', password: 'new secret of alice' } } };
      const { status } = await ask(step, { ...reference, keys: kKeys }, new World()).finally(() => reference.stop());
      assert.equal(status, 200);
    } finally {
      await made.drop();
    }
  });
});
