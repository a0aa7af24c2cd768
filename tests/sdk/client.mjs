// The official SDK, connected to the server under test. Imported by every suite of this folder.
import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';
import { after } from 'node:test';
import Parse from 'parse/node';
import { start_server } from '../support/start_server.mjs';

// A server the environment names must know MFA, too.
const kOptions = { auth: { mfa: { options: ['TOTP'], digits: 6, period: 30, algorithm: 'SHA1' } } };

const server = await start_server({ options: kOptions });
Parse.initialize(server.keys.appId, undefined, server.keys.masterKey);
Parse.serverURL = server.url;

const run = randomBytes(4).toString('hex');
const made = new Set();

after(async () => {
  for (const name of made) {
    const schema = new Parse.Schema(name);
    await schema.purge().catch(() => {});
    await schema.delete().catch(() => {});
  }
  await server.stop();
});

/** A class name no other run uses; its objects and the class are removed at the end. */
export function fresh_class(name) {
  const unique = `${name}_${run}`;
  made.add(unique);
  return unique;
}

/** An unsaved object. */
export function make(class_name, fields = {}) {
  const object = new Parse.Object(class_name);
  object.set(fields);
  return object;
}

/** Saves one object for each of `rows` and gives them in the same order. */
export async function make_all(class_name, rows) {
  return Parse.Object.saveAll(rows.map((fields) => make(class_name, fields)));
}

export const query = (class_name) => new Parse.Query(class_name);

/** The values of `key` in what a query finds, in order. */
export async function found(parse_query, key = 'n', options = {}) {
  return (await parse_query.find(options)).map((object) => object.get(key));
}

/** Fails unless `action` throws a Parse.Error with this code. */
export async function fails_with(code, action) {
  await assert.rejects(action, (error) => {
    assert.ok(error instanceof Parse.Error, String(error));
    assert.equal(error.code, code, error.message);
    return true;
  });
}

export const with_master = { useMasterKey: true };
export { Parse, assert, server };
