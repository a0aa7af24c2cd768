// The classes of a server, seen and changed by hand.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { master } from '../support/rest.mjs';
import { json_on_server, on_server, run_parsectl } from '../support/parsectl.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let ctl;
let json;
let call;
before(async () => {
  server = await start_server();
  ctl = on_server(server);
  json = json_on_server(server);
  call = master(server);
});
after(() => server?.stop());

test('a class is made with fields, targets, required fields and default values', async () => {
  const { code, out, err } = await ctl(['schema', 'create', 'Game', 'title:String', 'score:Number', 'owner:Pointer:_User', 'fans:Relation<_User>', '--required', 'title', '--default', 'score=0', '--default', 'title=untitled']);
  assert.equal(code, 0, err);
  assert.match(out, /created the class Game/);
  const { fields } = await call('GET', '/schemas/Game');
  assert.deepEqual(fields.title, { type: 'String', required: true, defaultValue: 'untitled' });
  assert.deepEqual(fields.score, { type: 'Number', defaultValue: 0 });
  assert.deepEqual(fields.owner, { type: 'Pointer', targetClass: '_User' });
  assert.deepEqual(fields.fans, { type: 'Relation', targetClass: '_User' });
});

test('classes are listed, with their objects when asked', async () => {
  await ctl(['schema', 'create', 'Listed', 'a:String']);
  await call('POST', '/classes/Listed', { a: 'x' });
  const rows = await json(['schema', 'list', '--count']);
  assert.deepEqual(rows.find((row) => row.class === 'Listed'), { class: 'Listed', fields: 5, indexes: 0, objects: 1 });
  const table = await ctl(['schema', 'list']);
  assert.match(table.out, /^CLASS +FIELDS +INDEXES\n/);
});

test('a class is shown with its fields, indexes and permissions', async () => {
  await call('POST', '/schemas/Shown', { className: 'Shown', fields: { slug: { type: 'String', required: true } }, indexes: { by_slug: { slug: 1 } }, classLevelPermissions: { find: { '*': true }, create: { 'role:admin': true } } });
  const { code, out } = await ctl(['schema', 'get', 'Shown']);
  assert.equal(code, 0);
  assert.match(out, /slug +String +yes/);
  assert.match(out, /by_slug +\{"slug":1\}/);
  assert.match(out, /create +role:admin/);
  assert.match(out, /delete +nobody/);
  assert.equal((await json(['schema', 'get', 'Shown'])).className, 'Shown');
});

test('a class that is not there is not found', async () => {
  for (const args of [['get', 'Nowhere'], ['add-field', 'Nowhere', 'a:String'], ['delete-field', 'Nowhere', 'a'], ['delete', 'Nowhere']]) {
    const { code, err } = await ctl(['schema', ...args]);
    assert.equal(code, 3, args.join(' '));
    assert.match(err, /there is no class 'Nowhere'/);
  }
});

test('fields are added, and one that is there is a conflict that adds none', async () => {
  await ctl(['schema', 'create', 'Grown', 'a:String']);
  assert.equal((await ctl(['schema', 'add-field', 'Grown', 'b:Date', 'c:Array'])).code, 0);
  const again = await ctl(['schema', 'add-field', 'Grown', 'd:Number', 'b:Date']);
  assert.equal(again.code, 5);
  assert.match(again.err, /Grown has a field b already/);
  const { fields } = await call('GET', '/schemas/Grown');
  assert.equal(fields.b.type, 'Date');
  assert.equal(fields.d, undefined);
});

test('a class that is there is a conflict', async () => {
  await ctl(['schema', 'create', 'Twice']);
  const { code, err } = await ctl(['schema', 'create', 'Twice']);
  assert.equal(code, 5);
  assert.match(err, /the class Twice exists already\n {2}'parsectl schema add-field'/);
});

test('types, names and default values that do not fit are usage mistakes, with the place', async () => {
  const cases = [
    [['a:Strin'], /'a:Strin' has no known type/],
    [['a'], /'a' has no known type/],
    [['a:Pointer'], /'a:Pointer' has no known type/],
    [['a:Number', '--default', 'a=x'], /default value of a is no JSON/],
    [['a:Number', '--default', 'a="x"'], /field a: .*expected Number but got String/],
    [['a:Number', '--required', 'b'], /--required names 'b'/],
    [['a:Relation:_User', '--required', 'a'], /field a: .*required.*not applicable/],
  ];
  for (const [args, message] of cases) {
    const { code, err } = await ctl(['schema', 'create', 'Wrong', ...args]);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, message);
  }
  assert.equal((await ctl(['schema', 'create', '1st'])).code, 2);
  assert.equal((await ctl(['schema', 'get', 'Wrong'])).code, 3);
});

test('fields are deleted after consent', async () => {
  await ctl(['schema', 'create', 'Shrunk', 'a:String', 'b:String']);
  await call('POST', '/classes/Shrunk', { a: 'x' });
  const asked = await ctl(['schema', 'delete-field', 'Shrunk', 'a']);
  assert.equal(asked.code, 4);
  assert.match(asked.err, /Delete a of Shrunk with the values in 1 objects.*\n {2}add --yes/);
  assert.equal((await ctl(['schema', 'delete-field', 'Shrunk', 'a', '--dry-run'])).code, 0);
  assert.ok((await call('GET', '/schemas/Shrunk')).fields.a);
  assert.equal((await ctl(['schema', 'delete-field', 'Shrunk', 'a', '--yes'])).code, 0);
  assert.equal((await call('GET', '/schemas/Shrunk')).fields.a, undefined);
  assert.equal((await ctl(['schema', 'delete-field', 'Shrunk', 'a', '--yes'])).code, 3);
  assert.equal((await ctl(['schema', 'delete-field', 'Shrunk', 'createdAt', '--yes'])).code, 4);
});

test('a class with objects is deleted only with --purge', async () => {
  await call('POST', '/classes/Full', { a: 1 });
  const refused = await ctl(['schema', 'delete', 'Full', '--yes']);
  assert.equal(refused.code, 4);
  assert.match(refused.err, /Full is not empty: it has 1 objects\n {2}add --purge/);
  assert.equal((await ctl(['schema', 'delete', 'Full', '--yes', '--purge'])).code, 0);
  assert.equal((await ctl(['schema', 'get', 'Full'])).code, 3);
});

test('--dry-run makes nothing', async () => {
  const { code, out } = await ctl(['schema', 'create', 'Dry', 'a:String', '--dry-run']);
  assert.equal(code, 0);
  assert.match(out, /would create the class Dry/);
  assert.equal((await ctl(['schema', 'get', 'Dry'])).code, 3);
});

test('the commands work straight on a database', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-schema-'));
  try {
    const database = ['--database', `sqlite:${path.join(folder, 'own.db')}`];
    const made = await run_parsectl([...database, 'schema', 'create', 'Game', 'title:String']);
    assert.equal(made.code, 0, made.err);
    const shown = await run_parsectl([...database, 'schema', 'get', 'Game', '--output', 'json']);
    assert.equal(JSON.parse(shown.out).fields.title.type, 'String');
    assert.equal((await run_parsectl([...database, 'schema', 'delete', 'Game', '--yes'])).code, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
