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

describe('layout of a new database', { skip: why_not() }, () => {
  let reference;
  let ours;
  before(async () => {
    reference = await layout_after(start_reference);
    ours = await layout_after((options) => start_server({ profile: 'takeover', options }));
  });

  it('has the tables, columns and indexes of the reference', () => assert.deepEqual(ours.tables, reference.tables));
  it('has the functions of the reference', () => assert.deepEqual(ours.functions, reference.functions));
  it('has the class definitions of the reference', () => assert.deepEqual(ours.definitions, reference.definitions));
});
