// Old sessions, old passwords, roles, ACLs, class-level permissions and protected fields.
import { by, date, get, master, pointer, post } from '../../golden/lib/scenario.mjs';

const kUsers = ['alice', 'bob', 'carol', 'dave', 'olga', 'zofie', 'anna', 'open'];
const kFresh = ['sessionToken'];
const log_in = (title, name, password, options = {}) => post(title, '/login', { username: name, password }, { mask: kFresh, ...options });

// The logins of this script make sessions of their own.
const kOld = { createdAt: { $lt: date('{{filled}}') } };

const sessions = [
  kUsers.map((name) => get(`${name} asks who that is`, '/users/me', {}, by(name))),
  ['alice_second', 'bob_second', 'carol_second'].map((name) => get(`the session ${name} asks who that is`, '/users/me', {}, by(name))),
  get('a session that logged out', '/users/me', {}, by('dave_old')),
  get('a session of one who is gone', '/users/me', {}, by('gone')),
  get('a session nobody has', '/users/me', {}, { headers: { 'X-Parse-Session-Token': 'r:00000000000000000000000000000000' } }),
  get('her own session', '/sessions/me', {}, by('alice')),
  get('all her sessions', '/sessions', { where: kOld, order: 'createdAt' }, by('alice')),
  master.get('a session by its token', '/sessions', { where: { sessionToken: '{{bob_second_token}}' }, include: 'user' }),
  master.get('the sessions of a user', '/sessions', { where: { user: pointer('_User', '{{bob}}'), ...kOld }, order: 'createdAt' }),
  master.get('all sessions', '/sessions', { where: kOld, order: 'createdAt,objectId' }),
];

const users = [
  master.get('all users', '/users', { order: 'createdAt,objectId' }),
  get('what the public sees of users', '/users', { order: 'username' }),
  get('what a user sees of users', '/users', { order: 'username' }, by('bob')),
  get('a user by the public', '/users/{{open}}'),
  get('a hidden user by the public', '/users/{{alice}}'),
  get('a user by herself', '/users/{{alice}}', { include: 'best' }, by('alice')),
  master.get('a user by address', '/users', { where: { email: 'Olga@Example.com' } }),
  master.get('a user by odd name', '/users', { where: { username: 'Žofie "Z" O\'Neil; --' } }),
  master.get('users by authData', '/users', { where: { 'authData.anonymous.id': 'an-anonymous-id' } }),
  master.get('users by a path', '/users', { where: { 'settings.sound.on': true } }),
  master.get('the friends of alice', '/users', { where: { $relatedTo: { object: pointer('_User', '{{alice}}'), key: 'friends' } }, order: 'username' }),
  get('users by the public, by password', '/users', { where: { _hashed_password: { $exists: true } } }),
];

const roles = [
  get('all roles', '/roles', { order: 'name' }),
  get('a role', '/roles/{{role_Members}}'),
  get('roles by name', '/roles', { where: { name: { $in: ['Ring', 'Empty'] } }, order: 'name' }),
  master.get('roles of a user', '/roles', { where: { users: pointer('_User', '{{carol}}') } }),
  master.get('roles within a role', '/roles', { where: { $relatedTo: { object: pointer('_Role', '{{role_Members}}'), key: 'roles' } } }),
];

const kGuarded = '/classes/Guarded';
const acls = [
  get('what the public sees', kGuarded, { order: 'n' }),
  ['alice', 'bob', 'carol', 'olga', 'zofie'].map((name) => get(`what ${name} sees`, kGuarded, { order: 'n' }, by(name))),
  master.get('what the master sees', kGuarded, { order: 'n' }),
  ['acl_open', 'acl_read', 'acl_write', 'acl_shut', 'acl_alice', 'acl_members'].map((name) => get(`gets ${name} as carol`, `${kGuarded}/{{${name}}}`, {}, by('carol'))),
  get('counts as alice', kGuarded, { count: 1, limit: 0 }, by('alice')),
  get('ACL in a condition', kGuarded, { where: { ACL: { '*': { read: true } } } }),
];

const kClasses = { Locked: 'locked', ForUsers: 'for_users', ForRole: 'for_role', ForAlice: 'for_alice', ByPointer: 'ByPointer_alice', ByPermission: 'ByPermission_alice', Hiding: 'hiding' };
const kCallers = { 'the public': {}, alice: by('alice'), carol: by('carol'), olga: by('olga'), 'the master': { as: 'master' } };
const permissions = Object.entries(kCallers).flatMap(([who, options]) => Object.entries(kClasses).flatMap(([name, row]) => [
  get(`${who} finds in ${name}`, `/classes/${name}`, { order: 'n' }, options),
  get(`${who} gets one of ${name}`, `/classes/${name}/{{${row}}}`, {}, options),
]));
const protected_fields = [
  get('a condition on a protected field', '/classes/Hiding', { where: { secret: 's' } }),
  get('an order by a protected field', '/classes/Hiding', { order: 'secret' }),
  get('a user counts what is counted', '/classes/ByPointer', { count: 1, limit: 0 }, by('alice')),
];

// The last, for they make sessions.
const logins = [
  log_in('alice logs in', 'alice', 'secret of alice'),
  log_in('olga logs in', 'olga', 'secret of olga'),
  post('olga logs in by her address', '/login', { email: 'Olga@Example.com', password: 'secret of olga' }, { mask: kFresh }),
  log_in('zofie logs in', 'Žofie "Z" O\'Neil; --', 'pass \u00e9\u4e2d word'),
  log_in('carol logs in', 'carol', 'new secret of carol'),
  log_in('carol cannot use her old password', 'carol', 'secret of carol'),
  log_in('dave logs in', 'dave', 'third secret of dave'),
  log_in('dave cannot use his old password', 'dave', 'second secret of dave'),
  log_in('a user who is gone', 'gone', 'secret of gone'),
  log_in('mallory is still locked out', 'mallory', 'secret of mallory', { mask: ['error'] }),
  log_in('a wrong name', 'ALICE', 'secret of alice'),
  post('the anonymous user logs in', '/users', { authData: { anonymous: { id: 'an-anonymous-id' } } }, { mask: kFresh }),
  post('bob logs in by his linked account', '/users', { authData: { anonymous: { id: 'bobs-anonymous-id' } } }, { mask: kFresh }),
  get('verifies a password', '/verifyPassword', { username: 'bob', password: 'secret of bob' }),
  get('does not verify a wrong one', '/verifyPassword', { username: 'zofie', password: 'wrong' }),
  post('a name that is taken', '/users', { username: 'alice', password: 'x' }),
  post('a name that is taken in another case', '/users', { username: 'ALICE', password: 'x' }),
  post('an address that is taken in another case', '/users', { username: 'another', password: 'x', email: 'oLGA@eXAMPLE.com' }),
  post('a request that was made before', '/classes/Once', { n: 2 }, { headers: { 'X-Parse-Request-Id': 'request-before-the-change' } }),
];

export default [sessions, users, roles, acls, permissions, protected_fields, logins];
