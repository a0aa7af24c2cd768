// An app with something of everything, to be migrated, and what can be asked of the place it was brought to.
import assert from 'node:assert/strict';
import { send } from './http.mjs';
import { master } from './rest.mjs';
import { kKeys } from './start_server.mjs';

const pointer = (className, objectId) => ({ __type: 'Pointer', className, objectId });

export const kEvery = {
  objectId: 'every', ACL: { '*': { read: true }, 'role:Admins': { write: true } }, text: 'ä "b"\n,c', none: '', score: 0.1, whole: 3,
  big: 1e21, tiny: -5e-324, flag: false, when: { __type: 'Date', iso: '2022-01-01T00:00:00.123Z' }, place: { __type: 'GeoPoint', latitude: 60.1, longitude: -24.9 },
  data: { __type: 'Bytes', base64: 'aGVsbG8=' }, list: [1, 'a', { b: null, a: 2.5 }], map: { z: 1, a: { c: 1, b: [] } },
  picture: { __type: 'File', name: 'a.png', url: 'http://files.example/a.png' },
  area: { __type: 'Polygon', coordinates: [[0, 0], [0, 1], [1, 1], [0, 0]] },
};
const kGuest = { anonymous: { id: '0aff7f8e-6a4c-4a29-8e46-8c3b1d2f0000' } };
const kPermissions = {
  find: { requiresAuthentication: true }, get: { '*': true }, count: { '*': true }, create: { 'role:Admins': true }, update: {}, delete: {}, addField: {},
  protectedFields: { '*': ['secret'] },
};

/**
 * Fills a server: classes with permissions and indexes, users with a session, roles, relations, a hook, parameters. The
 * reference has no unique indexes.
 */
export async function fill(server, { rows = 40, is_reference = false } = {}) {
  const call = master(server);
  await call('POST', '/schemas/Team', { className: 'Team', fields: { name: { type: 'String', required: true } } });
  await call('POST', '/schemas/Game', {
    className: 'Game',
    fields: {
      title: { type: 'String', defaultValue: 'untitled' }, n: { type: 'Number' }, secret: { type: 'String' }, slug: { type: 'String' },
      team: { type: 'Pointer', targetClass: 'Team' }, fans: { type: 'Relation', targetClass: '_User' },
    },
    classLevelPermissions: kPermissions,
  });
  await call('PUT', '/schemas/Game', { indexes: { by_n: { n: -1, title: 1 } } });
  if (!is_reference) await call('PUT', '/schemas/Game', { indexes: { slug: { slug: 1, _options: { unique: true } } } });
  const anna = await call('POST', '/users', { username: 'anna', password: 'opensesame', email: 'anna@example.com', nick: 'a' });
  const ben = await call('POST', '/users', { username: 'ben', password: 'swordfish' });
  const guest = await call('POST', '/users', { authData: kGuest });
  const relation = (id) => ({ __op: 'AddRelation', objects: [pointer('_User', id)] });
  const admins = await call('POST', '/roles', { name: 'Admins', ACL: { '*': { read: true } }, users: relation(anna.objectId) });
  const editors = await call('POST', '/roles', { name: 'Editors', ACL: { '*': { read: true } } });
  await call('PUT', `/roles/${admins.objectId}`, { roles: { __op: 'AddRelation', objects: [pointer('_Role', editors.objectId)] } });
  const team = await call('POST', '/classes/Team', { name: 'Red' });
  await call('POST', '/classes/Every', { ...kEvery, owner: pointer('_User', anna.objectId) });
  const requests = Array.from({ length: rows }, (_, n) => ({
    method: 'POST', path: '/parse/classes/Game', body: { n, title: `game ${n}`, slug: `s${n}`, secret: 'x', team: pointer('Team', team.objectId) },
  }));
  const ids = [];
  for (let begin = 0; begin < rows; begin += 50)
    ids.push(...(await call('POST', '/batch', { requests: requests.slice(begin, begin + 50) })).map(({ success }) => success.objectId));
  for (const id of ids.slice(0, 3)) await call('PUT', `/classes/Game/${id}`, { fans: { __op: 'AddRelation', objects: [pointer('_User', anna.objectId), pointer('_User', ben.objectId)] } });
  await call('POST', is_reference ? '/hooks/functions' : '/classes/_Hooks', { functionName: 'hello', url: 'http://hooks.example/hello' });
  await call('PUT', '/config', { params: { rows: 50, nested: { a: [1] } }, masterKeyOnly: { rows: true } });
  await call('POST', '/installations', { deviceType: 'ios', installationId: '11111111-2222-3333-4444-555555555555', channels: ['news'] });
  const session = await login(server, 'anna', 'opensesame');
  return { is_reference, anna: anna.objectId, ben: ben.objectId, guest: guest.objectId, admins: admins.objectId, team: team.objectId, fanned: ids[0], fanless: ids[5], games: [...ids].sort(), token: session.sessionToken };
}

/** Logs a user in; the answer has the status besides. */
export async function login(server, username, password) {
  const headers = { 'X-Parse-Application-Id': kKeys.appId, 'X-Parse-Revocable-Session': '1', 'Content-Type': 'application/json' };
  const { status, text } = await send({ url: `${server.url}/login`, method: 'POST', headers, body: JSON.stringify({ username, password }) });
  return { status, ...JSON.parse(text) };
}

/** Who has no password logs in as before. */
async function check_guest(call, app) {
  assert.equal((await call('POST', '/users', { authData: kGuest })).objectId, app.guest);
}

/** What only a database keeps is there: the password, the session. */
export async function check_accounts(server, app) {
  assert.equal((await login(server, 'anna', 'opensesame')).objectId, app.anna);
  assert.equal((await login(server, 'anna', 'wrong')).status, 404);
  const headers = { 'X-Parse-Application-Id': kKeys.appId, 'X-Parse-Session-Token': app.token };
  assert.equal(JSON.parse((await send({ url: `${server.url}/users/me`, headers })).text).objectId, app.anna);
}

/** What a client sees is there. */
export async function check_app(server, app) {
  const call = master(server);
  const every = await call('GET', '/classes/Every/every');
  for (const [key, value] of Object.entries(kEvery)) {
    if (key === 'picture') assert.equal(every.picture.name, value.name);
    else assert.deepEqual(every[key], value, key);
  }
  const where = (constraints) => encodeURIComponent(JSON.stringify(constraints));
  const related = (className, objectId, key) => where({ $relatedTo: { object: pointer(className, objectId), key } });
  const fans = await call('GET', `/users?order=username&where=${related('Game', app.fanned, 'fans')}`);
  assert.deepEqual(fans.results.map(({ username }) => username), ['anna', 'ben']);
  const members = await call('GET', `/users?where=${related('_Role', app.admins, 'users')}`);
  assert.deepEqual(members.results.map(({ username }) => username), ['anna']);
  const inherited = await call('GET', `/roles?where=${related('_Role', app.admins, 'roles')}`);
  assert.deepEqual(inherited.results.map(({ name }) => name), ['Editors']);
  const { fields, indexes, classLevelPermissions } = await call('GET', '/schemas/Game');
  assert.deepEqual(indexes.by_n, { n: -1, title: 1 });
  if (!app.is_reference) assert.deepEqual(indexes.slug, { slug: 1, _options: { unique: true } });
  assert.equal(fields.title.defaultValue, 'untitled');
  assert.deepEqual(classLevelPermissions.find, kPermissions.find);
  assert.deepEqual(classLevelPermissions.protectedFields, kPermissions.protectedFields);
  assert.equal((await call('GET', '/schemas/Team')).fields.name.required, true);
  assert.deepEqual((await call('GET', '/config')).params, { rows: 50, nested: { a: [1] } });
  await check_guest(call, app);
  assert.deepEqual((await call('GET', '/classes/_Hooks')).results.map(({ url }) => url), ['http://hooks.example/hello']);
}
