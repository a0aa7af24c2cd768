// An empty database gets the same tables, indexes, functions and class definitions from this server as from the reference.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { make_database, postgres_missing } from '../support/postgres.mjs';
import { find_binary, free_port, start_server } from '../support/start_server.mjs';
import { definitions_of, functions_of, tables_of } from './lib/layout.mjs';
import { shared_options } from './lib/options.mjs';
import { start_reference, why_no_reference } from './lib/reference.mjs';

const why_not = () => (find_binary() ? postgres_missing() ?? why_no_reference() : 'there is no release binary');

/** What a new database holds once a server has started on it. */
async function layout_after(start) {
  const database = await make_database();
  try {
    const server = await start(shared_options({ uri: database.uri, port: await free_port() }));
    await server.stop();
    const [tables, functions, definitions] = [await tables_of(database.uri), await functions_of(database.uri), await definitions_of(database.uri)];
    return { tables, functions, definitions };
  } finally {
    await database.drop();
  }
}

// Columns of every class of this server, which may be NULL and which the reference never looks for.
const kOurColumns = { _Hooks: ['objectId', 'createdAt', 'updatedAt', '_rperm', '_wperm'], _GlobalConfig: ['createdAt', 'updatedAt', '_rperm', '_wperm'],
  _GraphQLConfig: ['createdAt', 'updatedAt', '_rperm', '_wperm'], _User: ['_session_token'] };

/** Our tables without what they have beyond those of the reference. */
function without_ours(tables) {
  return Object.fromEntries(Object.entries(tables).map(([table, { columns, indexes }]) => [table, {
    columns: columns.filter(({ name, needed }) => needed || !kOurColumns[table]?.includes(name)),
    // Members of a relation are found by their owner, too; names that differ in case only are refused by the index.
    indexes: indexes.filter(({ name }) => !/^_Join:.*_owningId$/.test(name))
      .map(({ name, text }) => ({ name, text: name.startsWith('case_insensitive_') ? text.replace('CREATE UNIQUE', 'CREATE') : text })),
  }]));
}

describe('layout of a new database', { skip: why_not() }, () => {
  let reference;
  let ours;
  before(async () => {
    reference = await layout_after(start_reference);
    ours = await layout_after((options) => start_server({ profile: 'takeover', options }));
  });

  it('has the tables, columns and indexes of the reference, and little more', () => assert.deepEqual(without_ours(ours.tables), reference.tables));
  it('has the functions of the reference', () => assert.deepEqual(ours.functions, reference.functions));
  it('has the class definitions of the reference', () => assert.deepEqual(ours.definitions, reference.definitions));
});
