// Class-level permissions: shown, changed and explained; what `check` says is what the server does.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { send } from '../support/http.mjs';
import { master } from '../support/rest.mjs';
import { json_on_server, on_server, run_parsectl } from '../support/parsectl.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let ctl;
let json;
let call;
let ada;
let bob;
before(async () => {
  server = await start_server();
  ctl = on_server(server);
  json = json_on_server(server);
  call = master(server);
  for (const username of ['ada', 'bob']) await call('POST', '/users', { username, password: 'x' });
  ada = await call('POST', '/login', { username: 'ada', password: 'x' });
  bob = await call('POST', '/login', { username: 'bob', password: 'x' });
  const pointer = (className, { objectId }) => ({ __type: 'Pointer', className, objectId });
  const editors = await call('POST', '/roles', { name: 'editors', ACL: {}, users: { __op: 'AddRelation', objects: [pointer('_User', ada)] } });
  const staff = await call('POST', '/roles', { name: 'staff', ACL: {}, roles: { __op: 'AddRelation', objects: [pointer('_Role', editors)] } });
  await call('POST', '/roles', { name: 'admin', ACL: {}, roles: { __op: 'AddRelation', objects: [pointer('_Role', staff)] } });
});
after(() => server?.stop());

const make = (className, classLevelPermissions, fields = {}) => call('POST', '/schemas', { className, fields, classLevelPermissions });
const permissions_of = async (name) => (await call('GET', `/schemas/${name}`)).classLevelPermissions;

/** Whether the server lets the owner of the session find. */
async function can_find(name, session) {
  const headers = { 'X-Parse-Application-Id': server.keys.appId, ...(session ? { 'X-Parse-Session-Token': session } : {}) };
  return (await send({ url: `${server.url}/classes/${name}`, headers })).status === 200;
}

test('permissions are shown as lists, or as the server has them', async () => {
  await make('Shown', { find: { '*': true }, get: { requiresAuthentication: true, 'role:editors': true }, update: { pointerFields: ['owner'] } }, { owner: { type: 'Pointer', targetClass: '_User' } });
  const { code, out } = await ctl(['clp', 'get', 'Shown']);
  assert.equal(code, 0);
  assert.match(out, /^find +\*$/m);
  assert.match(out, /^get +authenticated, role:editors$/m);
  assert.match(out, /^update +pointer:owner$/m);
  assert.match(out, /^delete +nobody$/m);
  assert.deepEqual((await json(['clp', 'get', 'Shown'])).update, { pointerFields: ['owner'] });
  assert.equal((await ctl(['clp', 'get', 'Nowhere'])).code, 3);
});

test('set replaces the operations that it names, and no others', async () => {
  await make('Set', { find: { '*': true }, count: { '*': true }, delete: { [ada.objectId]: true } });
  const { code, out, err } = await ctl(['clp', 'set', 'Set', 'find=role:admin,authenticated', 'create=role:admin', 'count=']);
  assert.equal(code, 0, err);
  assert.match(out, /changed Set: find \* -> authenticated, role:admin; count \* -> nobody; create nobody -> role:admin/);
  const { find, create, count, delete: remove } = await permissions_of('Set');
  assert.deepEqual(find, { requiresAuthentication: true, 'role:admin': true });
  assert.deepEqual(create, { 'role:admin': true });
  assert.deepEqual(count, {});
  assert.deepEqual(remove, { [ada.objectId]: true });
  assert.equal((await ctl(['clp', 'set', 'Set', 'find=authenticated,role:admin'])).out, 'nothing to do\n');
});

test('pointer permissions, protected fields and the default ACL are set too', async () => {
  await make('Rich', { find: { '*': true } }, { owner: { type: 'Pointer', targetClass: '_User' }, mail: { type: 'String' } });
  const { code, err } = await ctl(['clp', 'set', 'Rich', 'update=pointer:owner', 'readUserFields=owner', 'protectedFields:*=mail', 'protectedFields:role:admin=', 'protectedFields:userField:owner=', 'ACL:*=read', 'ACL:role:admin=read,write']);
  assert.equal(code, 0, err);
  const stored = await permissions_of('Rich');
  assert.deepEqual(stored.update, { pointerFields: ['owner'] });
  assert.deepEqual(stored.readUserFields, ['owner']);
  assert.deepEqual(stored.protectedFields, { '*': ['mail'], 'role:admin': [], 'userField:owner': [] });
  assert.deepEqual(stored.ACL, { '*': { read: true }, 'role:admin': { read: true, write: true } });
});

test('allow and deny change one entity and leave the others', async () => {
  await make('Changed', { find: { '*': true }, update: { 'role:editors': true } });
  assert.equal((await ctl(['clp', 'allow', 'Changed', 'role:admin', 'update', 'delete'])).code, 0);
  let stored = await permissions_of('Changed');
  assert.deepEqual(stored.update, { 'role:admin': true, 'role:editors': true });
  assert.deepEqual(stored.delete, { 'role:admin': true });
  assert.equal((await ctl(['clp', 'deny', 'Changed', 'role:editors', 'write'])).code, 0);
  stored = await permissions_of('Changed');
  assert.deepEqual(stored.update, { 'role:admin': true });
  assert.deepEqual(stored.find, { '*': true });
  const wide = await ctl(['clp', 'deny', 'Changed', 'role:admin', 'find']);
  assert.equal(wide.out, 'nothing to do\n');
  assert.match(wide.err, /find is still open to everybody \(\*\), role:admin included/);
});

test('a role that nobody made is remarked on, as the server would not', async () => {
  await make('Remarked', { find: {} });
  const { code, err } = await ctl(['clp', 'allow', 'Remarked', 'role:amdin', 'find']);
  assert.equal(code, 0);
  assert.match(err, /there is no role 'amdin' yet/);
});

test('--dry-run changes nothing', async () => {
  await make('Dry', { find: { '*': true } });
  const { out } = await ctl(['clp', 'set', 'Dry', 'find=', '--dry-run']);
  assert.match(out, /would change Dry: find \* -> nobody/);
  assert.deepEqual((await permissions_of('Dry')).find, { '*': true });
});

test('what cannot be understood is a usage mistake, and changes nothing', async () => {
  await make('Wrong', { find: { '*': true } });
  const cases = [
    [['set', 'Wrong', 'fnd=*'], /'fnd' is no operation\n {2}use find, get, count/],
    [['set', 'Wrong', 'find'], /'find' says nothing about anybody/],
    [['set', 'Wrong', 'find=', 'get=role:'], /'role:' names nobody/],
    [['set', 'Wrong', 'ACL:*=reed'], /'reed' is no right of an ACL/],
    [['set', 'Wrong', 'update=pointer:owner'], /'owner' is not a valid column for class level pointer permissions/],
    [['set', 'Wrong', 'protectedFields:*=mail'], /Field 'mail' in protectedFields:\* does not exist/],
    [['allow', 'Wrong', 'a-b', 'get'], /'a-b' is not a valid key for class level permissions/],
    [['check', 'Wrong', 'find'], /say who asks/],
    [['check', 'Wrong', 'find', '--anonymous', '--role', 'admin'], /say who asks/],
    [['check', 'Wrong', 'read', '--anonymous'], /'read' is no operation/],
  ];
  for (const [args, message] of cases) {
    const { code, err } = await ctl(['clp', ...args]);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, message);
  }
  assert.deepEqual((await permissions_of('Wrong')).find, { '*': true });
});

test('check says by which entry somebody is let in, and agrees with the server', async () => {
  const cases = [
    ['Open', { '*': true }, 'anonymous', true, /find by the entry \*/],
    ['Login', { requiresAuthentication: true }, 'bob', true, /by the entry authenticated/],
    ['LoginNobody', { requiresAuthentication: true }, 'anonymous', false, /find is open to authenticated, and nobody is logged in/],
    ['Named', { BOB: true }, 'bob', true, /by the entry \w{10}/],
    ['Direct', { 'role:editors': true }, 'ada', true, /by the entry role:editors$/],
    ['Inherited', { 'role:admin': true }, 'ada', true, /by the entry role:admin, to which role:staff belongs, to which role:editors belongs/],
    ['Stranger', { 'role:admin': true }, 'bob', false, /find is open to role:admin$/],
    ['Closed', {}, 'ada', false, /find is open to nobody/],
  ];
  for (const [name, rule, who, allowed, reason] of cases) {
    const find = Object.fromEntries(Object.entries(rule).map(([key, value]) => [key === 'BOB' ? bob.objectId : key, value]));
    await make(`C${name}`, { find });
    const user = { ada, bob }[who];
    const { code, out, err } = await ctl(['clp', 'check', `C${name}`, 'find', ...(user ? ['--user', user.objectId] : ['--anonymous']), '--output', 'json']);
    const answer = JSON.parse(out);
    assert.equal(code, allowed ? 0 : 4, name);
    assert.equal(answer.verdict, allowed ? 'allowed' : 'denied', name);
    assert.match(answer.reason, reason);
    assert.equal(err === '', allowed);
    assert.equal(await can_find(`C${name}`, user?.sessionToken), allowed, name);
  }
});

test('check knows members of roles, pointer permissions and hidden fields', async () => {
  await make('Known', { find: { pointerFields: ['owner'] }, get: { 'role:staff': true }, create: { 'role:editors': true }, protectedFields: { '*': ['mail'], 'role:admin': [] } }, { owner: { type: 'Pointer', targetClass: '_User' }, mail: { type: 'String' } });
  const member = await json(['clp', 'check', 'Known', 'get', '--role', 'editors']);
  assert.deepEqual(member.roles, ['role:admin', 'role:editors', 'role:staff']);
  assert.equal(member.verdict, 'allowed');
  assert.equal(member.hidden, undefined);
  assert.equal((await ctl(['clp', 'check', 'Known', 'create', '--role', 'admin'])).code, 4);
  const pointed = await json(['clp', 'check', 'Known', 'find', '--user', bob.objectId]);
  assert.equal(pointed.verdict, 'some objects');
  assert.match(pointed.reason, /point to the user in owner/);
  assert.deepEqual(pointed.hidden, ['mail']);
  assert.equal((await ctl(['clp', 'check', 'Known', 'find', '--anonymous'])).code, 4);
  assert.equal((await ctl(['clp', 'check', 'Known', 'find', '--user', 'nobody'])).code, 3);
  assert.equal((await ctl(['clp', 'check', 'Known', 'find', '--role', 'nobody'])).code, 3);
});

test('permissions are changed and checked straight on a database', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parsectl-clp-'));
  try {
    const database = ['--database', `sqlite:${path.join(folder, 'own.db')}`];
    await run_parsectl([...database, 'schema', 'create', 'Game', 'a:String']);
    const { code, err } = await run_parsectl([...database, 'clp', 'set', 'Game', 'find=authenticated']);
    assert.equal(code, 0, err);
    assert.equal((await run_parsectl([...database, 'clp', 'check', 'Game', 'find', '--anonymous'])).code, 4);
    assert.equal((await run_parsectl([...database, 'clp', 'check', 'Game', 'get', '--anonymous'])).code, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
