// Roles: who has them, and who inherits from whom.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { json_on_server, on_server } from '../support/parsectl.mjs';
import { master, where } from '../support/rest.mjs';
import { start_server } from '../support/start_server.mjs';

let server;
let run;
let json;
let rest;
const users = {};
before(async () => {
  server = await start_server();
  run = on_server(server);
  json = json_on_server(server);
  rest = master(server);
  for (const username of ['anna', 'bob', 'carl']) {
    users[username] = (await rest('POST', '/users', { username, password: 'x', email: `${username}@example.com` })).objectId;
  }
});
after(() => server?.stop());

const role = async (name) => (await rest('GET', `/roles${where({ name })}`)).results[0];

async function names_related(name, key, path, field) {
  const object = { __type: 'Pointer', className: '_Role', objectId: (await role(name)).objectId };
  const { results } = await rest('GET', path + where({ $relatedTo: { object, key } }));
  return results.map((found) => found[field]).sort();
}
const users_of = (name) => names_related(name, 'users', '/users', 'username');
const roles_of = (name) => names_related(name, 'roles', '/roles', 'name');

async function make(...names) {
  for (const name of names) await json(['role', 'create', name]);
}

test('a new role can be read by all and changed by the master key only', async () => {
  await make('Readers');
  assert.deepEqual((await role('Readers')).ACL, { '*': { read: true } });
});

test('flags say who may read and change a role', async () => {
  await make('Bosses');
  const { code, err } = await run(['role', 'create', 'Team one', '--read', 'role:Bosses', '--read', 'anna', '--write', 'role:Bosses']);
  assert.equal(code, 0, err);
  assert.deepEqual((await role('Team one')).ACL, { 'role:Bosses': { read: true, write: true }, [users.anna]: { read: true } });
  await json(['role', 'create', 'Hidden', '--read', 'nobody']);
  assert.deepEqual((await role('Hidden')).ACL, {});
  assert.equal((await run(['role', 'create', 'Other', '--write', 'role:Nothing'])).code, 3);
  assert.equal(await role('Other'), undefined);
});

test('a name that is taken is a conflict, one that cannot be a usage mistake', async () => {
  await make('Taken');
  assert.equal((await run(['role', 'create', 'Taken'])).code, 5);
  assert.equal((await run(['role', 'create', 'a:b'])).code, 2);
});

test('a role is granted to users and roles, and revoked', async () => {
  await make('Writers', 'Editors');
  const granted = await run(['role', 'grant', 'Writers', '--user', 'anna', '--user', 'bob@example.com', '--user', users.carl, '--role', 'Editors']);
  assert.equal(granted.code, 0, granted.err);
  assert.match(granted.out, /granted Writers to anna, bob@example\.com, \w+, role:Editors/);
  assert.deepEqual(await users_of('Writers'), ['anna', 'bob', 'carl']);
  assert.deepEqual(await roles_of('Writers'), ['Editors']);
  const revoked = await run(['role', 'revoke', 'Writers', '--user', 'bob', '--role', 'Editors']);
  assert.equal(revoked.code, 0, revoked.err);
  assert.deepEqual(await users_of('Writers'), ['anna', 'carl']);
  assert.deepEqual(await roles_of('Writers'), []);
});

test('when one of the named is not there, nobody gets the role', async () => {
  await make('Careful');
  assert.equal((await run(['role', 'grant', 'Careful', '--user', 'anna', '--user', 'nobody'])).code, 3);
  assert.equal((await run(['role', 'grant', 'Careful', '--user', 'anna', '--role', 'Nothing'])).code, 3);
  assert.deepEqual(await users_of('Careful'), []);
  assert.equal((await run(['role', 'grant', 'Nothing', '--user', 'anna'])).code, 3);
  assert.equal((await run(['role', 'grant', 'Careful'])).code, 2);
});

test('--dry-run grants nothing', async () => {
  await make('Trial');
  assert.match((await run(['role', 'grant', 'Trial', '--user', 'anna', '--dry-run'])).out, /would have granted/);
  assert.deepEqual(await users_of('Trial'), []);
  await run(['role', 'create', 'Never', '--dry-run']);
  assert.equal(await role('Never'), undefined);
});

test('a role cannot go below itself, not even through others', async () => {
  await make('C1', 'C2', 'C3');
  await json(['role', 'grant', 'C1', '--role', 'C2']);
  await json(['role', 'grant', 'C2', '--role', 'C3']);
  const { code, err } = await run(['role', 'grant', 'C3', '--role', 'C1']);
  assert.equal(code, 4);
  assert.match(err, /C1 cannot go below C3: C3 is below C1 already/);
  assert.equal((await run(['role', 'grant', 'C1', '--role', 'C1'])).code, 4);
  assert.deepEqual(await roles_of('C3'), []);
});

test('the tree shows inheritance with the number of users', async () => {
  await make('Top', 'Middle', 'Low', 'Side');
  await json(['role', 'grant', 'Top', '--role', 'Middle', '--role', 'Side', '--user', 'anna']);
  await json(['role', 'grant', 'Middle', '--role', 'Low', '--user', 'anna', '--user', 'bob']);
  await json(['role', 'grant', 'Side', '--role', 'Low']);
  const { out } = await run(['role', 'tree', 'Top']);
  assert.equal(out, 'Top (1 user)\n  Middle (2 users)\n    Low (0 users)\n  Side (0 users)\n    Low (0 users)\n');
  const rows = await json(['role', 'tree', 'Middle']);
  assert.deepEqual(rows.map(({ name, users: count, roles }) => ({ name, count, roles })), [
    { name: 'Low', count: 0, roles: [] },
    { name: 'Middle', count: 2, roles: ['Low'] },
  ]);
  const all = (await run(['role', 'tree'])).out;
  assert.match(all, /^Top \(1 user\)$/m);
  assert.doesNotMatch(all, /^Low/m);
  assert.equal((await run(['role', 'tree', 'Nothing'])).code, 3);
});

test('a circle that somebody else made is shown, not followed', async () => {
  await make('Ring1', 'Ring2');
  await json(['role', 'grant', 'Ring1', '--role', 'Ring2']);
  const objects = [{ __type: 'Pointer', className: '_Role', objectId: (await role('Ring1')).objectId }];
  await rest('PUT', `/roles/${(await role('Ring2')).objectId}`, { roles: { __op: 'AddRelation', objects } });
  const { code, out } = await run(['role', 'tree']);
  assert.equal(code, 0);
  assert.match(out, /^Ring1 \(0 users\)\n {2}Ring2 \(0 users\)\n {4}Ring1 \(0 users\) -- below itself: a circle\n/m);
});
