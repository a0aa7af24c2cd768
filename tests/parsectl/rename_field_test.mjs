// A field gets another name, with all its values, whatever comes between.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { master } from '../support/rest.mjs';
import { on_server, run_parsectl, start_parsectl } from '../support/parsectl.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let ctl;
let call;
before(async () => {
  server = await start_server();
  ctl = on_server(server);
  call = master(server);
});
after(() => server?.stop());

const rename = (...args) => ctl(['schema', 'rename-field', ...args, '--yes']);
const fields_of = async (name) => (await call('GET', `/schemas/${name}`)).fields;
const rows_of = async (name) => (await call('GET', `/classes/${name}?limit=10000&order=n`)).results;

async function fill(name, count, value = (n) => n * 10) {
  for (let from = 0; from < count; from += 500) {
    const requests = [];
    for (let n = from; n < Math.min(count, from + 500); n += 1) requests.push({ method: 'POST', path: `/parse/classes/${name}`, body: { n, old: value(n) } });
    await call('POST', '/batch', { requests });
  }
}

test('every value moves, and the old field goes with its name', async () => {
  await fill('Moved', 250);
  await call('POST', '/classes/Moved', { n: 250 });
  const dry = await rename('Moved', 'old', 'fresh', '--dry-run');
  assert.match(dry.out, /would copy 250 values of Moved\.old to fresh and delete old/);
  assert.equal((await fields_of('Moved')).fresh, undefined);
  const { code, out, err } = await rename('Moved', 'old', 'fresh', '--batch', '100');
  assert.equal(code, 0, err);
  assert.equal(out, 'renamed Moved.old to fresh; 250 values were copied\n');
  assert.equal(err, '');
  const rows = await rows_of('Moved');
  assert.ok(rows.slice(0, 250).every((row) => row.fresh === row.n * 10 && row.old === undefined));
  assert.equal(rows[250].fresh, undefined);
  assert.equal((await fields_of('Moved')).old, undefined);
});

test('options, indexes and permissions move too, and nobody sees meanwhile what was hidden', async () => {
  await call('POST', '/schemas/Ruled', {
    className: 'Ruled',
    fields: { old: { type: 'Pointer', targetClass: '_User', required: true }, n: { type: 'Number' } },
    indexes: { by_old: { old: 1, n: -1 }, one: { old: 1, _options: { unique: true, where: { old: { $exists: true } } } }, some: { n: 1, _options: { where: { old: { $exists: true } } } } },
    classLevelPermissions: { find: { '*': true }, update: { pointerFields: ['old'] }, readUserFields: ['old'], protectedFields: { '*': ['old', 'n'], 'userField:old': [] } },
  });
  const user = await call('POST', '/users', { username: 'ada', password: 'x' });
  await call('POST', '/classes/Ruled', { n: 1, old: { __type: 'Pointer', className: '_User', objectId: user.objectId } });
  const kept = await rename('Ruled', 'old', 'fresh', '--keep-old');
  assert.equal(kept.code, 0, kept.err);
  assert.match(kept.out, /copied 1 values of Ruled\.old to fresh; old stays/);
  assert.deepEqual((await call('GET', '/schemas/Ruled')).classLevelPermissions.protectedFields['*'], ['old', 'n', 'fresh']);
  const { code, err } = await rename('Ruled', 'old', 'fresh');
  assert.equal(code, 0, err);
  const ruled = await call('GET', '/schemas/Ruled');
  assert.deepEqual(ruled.fields.fresh, { type: 'Pointer', targetClass: '_User', required: true });
  assert.deepEqual(ruled.indexes.by_old, { fresh: 1, n: -1 });
  assert.deepEqual(ruled.indexes.one, { fresh: 1, _options: { unique: true, where: { fresh: { $exists: true } } } });
  assert.deepEqual(ruled.indexes.some, { n: 1, _options: { where: { fresh: { $exists: true } } } });
  const { update, readUserFields, protectedFields } = ruled.classLevelPermissions;
  assert.deepEqual(update, { pointerFields: ['fresh'] });
  assert.deepEqual(readUserFields, ['fresh']);
  assert.deepEqual(protectedFields, { '*': ['n', 'fresh'], 'userField:fresh': [] });
  assert.equal((await rows_of('Ruled'))[0].fresh.objectId, user.objectId);
});

test('values of every type that can be copied come over as they are', async () => {
  const values = {
    String: 'ü "x"', Boolean: false, Date: { __type: 'Date', iso: '2020-01-02T03:04:05.678Z' }, Bytes: { __type: 'Bytes', base64: 'aGk=' },
    Array: [1, 'a', { b: null }], Object: { a: { b: [1.5] } }, Polygon: { __type: 'Polygon', coordinates: [[0, 0], [0, 1], [1, 1], [0, 0]] },
    Pointer: { __type: 'Pointer', className: 'Typed', objectId: 'x1' },
  };
  for (const [type, value] of Object.entries(values)) {
    await call('POST', `/classes/Of${type}`, { old: value });
    const { code, err } = await rename(`Of${type}`, 'old', 'fresh');
    assert.equal(code, 0, err);
    assert.deepEqual((await rows_of(`Of${type}`))[0].fresh, value);
  }
});

test('interrupted at any moment, a second run goes on and nothing is lost', async () => {
  await fill('Stopped', 3000);
  const env = { PARSECTL_SERVER: server.url, PARSECTL_APP_ID: server.keys.appId, PARSECTL_MASTER_KEY: server.keys.masterKey };
  const { child, ended } = start_parsectl(['schema', 'rename-field', 'Stopped', 'old', 'fresh', '--yes', '--batch', '5'], { env });
  while ((await fields_of('Stopped')).fresh === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  const first = await ended;
  assert.equal(first.code, 130, first.err);
  const copied = Number(first.err.match(/interrupted: (\d+) values of Stopped\.old are copied to fresh, nothing is deleted\n {2}run it again/)[1]);
  assert.ok(copied < 3000);
  assert.ok((await rows_of('Stopped')).every((row) => row.old === row.n * 10));
  const second = await rename('Stopped', 'old', 'fresh');
  assert.equal(second.code, 0, second.err);
  assert.match(second.out, new RegExp(`${3000 - copied} values were copied`));
  assert.ok((await rows_of('Stopped')).every((row) => row.fresh === row.n * 10));
});

test('killed without warning, a second run goes on too', async () => {
  await fill('Killed', 2000);
  const env = { PARSECTL_SERVER: server.url, PARSECTL_APP_ID: server.keys.appId, PARSECTL_MASTER_KEY: server.keys.masterKey };
  const { child, ended } = start_parsectl(['schema', 'rename-field', 'Killed', 'old', 'fresh', '--yes', '--batch', '5'], { env });
  while ((await fields_of('Killed')).fresh === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
  assert.equal((await rename('Killed', 'old', 'fresh')).code, 0);
  assert.ok((await rows_of('Killed')).every((row) => row.fresh === row.n * 10));
});

test('values that differ are never thrown away unasked', async () => {
  await fill('Differing', 3);
  await call('POST', '/classes/Differing', { n: 3, old: 30, fresh: 31 });
  const { code, err } = await rename('Differing', 'old', 'fresh');
  assert.equal(code, 5);
  assert.match(err, /1 objects have another value in fresh already, the first \w+; Differing\.old stays\n {2}--overwrite/);
  assert.equal((await rows_of('Differing'))[3].fresh, 31);
  const forced = await rename('Differing', 'old', 'fresh', '--overwrite');
  assert.equal(forced.code, 0, forced.err);
  assert.equal((await rows_of('Differing'))[3].fresh, 30);
});

test('what cannot be renamed is refused before anything is done', async () => {
  await call('POST', '/schemas/Refused', { className: 'Refused', fields: { fans: { type: 'Relation', targetClass: '_User' }, place: { type: 'GeoPoint' }, a: { type: 'String' }, b: { type: 'Number' } } });
  const cases = [
    [['Refused', 'fans', 'x'], 4, /Refused\.fans is a relation, and relations cannot be renamed/],
    [['Refused', 'place', 'x'], 4, /GeoPoint, and a class can have one such field only/],
    [['Refused', 'createdAt', 'x'], 4, /createdAt belongs to every Refused/],
    [['Refused', 'a', 'b'], 5, /Refused has a field b of another type/],
    [['Refused', 'a', 'a'], 2, /the same/],
    [['Refused', 'a', '1x'], 2, /'1x' is no valid field name/],
    [['Refused', 'nowhere', 'x'], 3, /Refused has no field nowhere/],
    [['Nowhere', 'a', 'b'], 3, /there is no class 'Nowhere'/],
  ];
  for (const [args, expected, message] of cases) {
    const { code, err } = await rename(...args);
    assert.equal(code, expected, args.join(' '));
    assert.match(err, message);
  }
  const asked = await ctl(['schema', 'rename-field', 'Refused', 'a', 'x']);
  assert.equal(asked.code, 4);
  assert.match(asked.err, /--yes/);
  assert.equal((await fields_of('Refused')).x, undefined);
});

test('objects that the server refuses to change are named, and the old field stays', async () => {
  await call('POST', '/schemas/Bounded', { className: 'Bounded', fields: { old: { type: 'Number' }, fresh: { type: 'Number' }, n: { type: 'Number' } }, indexes: { one: { fresh: 1, _options: { unique: true } } } });
  await fill('Bounded', 3, () => 7);
  const { code, err } = await rename('Bounded', 'old', 'fresh');
  assert.equal(code, 7);
  assert.match(err, /1 values are copied, 2 objects could not be changed, the first \w+: .*\(code 137\); Bounded\.old stays/);
  assert.equal((await fields_of('Bounded')).old.type, 'Number');
});

test('a field is renamed straight on a database', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-rename-'));
  try {
    const database = ['--database', `sqlite:${path.join(folder, 'own.db')}`];
    await run_parsectl([...database, 'schema', 'create', 'Game', 'old:String', 'n:Number', '--default', 'old=x']);
    const { code, err } = await run_parsectl([...database, 'schema', 'rename-field', 'Game', 'old', 'fresh', '--yes']);
    assert.equal(code, 0, err);
    const shown = JSON.parse((await run_parsectl([...database, 'schema', 'get', 'Game', '--output', 'json'])).out);
    assert.deepEqual(shown.fields.fresh, { type: 'String', defaultValue: 'x' });
    assert.equal(shown.fields.old, undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
