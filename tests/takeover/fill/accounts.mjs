// Users of every kind, the sessions they hold, and roles within roles.
import { by, date, master, op, pointer, post, put, session_of, sign_up } from '../../golden/lib/scenario.mjs';

const kPhone = { 'X-Parse-Installation-Id': 'phone-of-olga' };

const users = [
  master.put('gives users more columns', '/schemas/_User', { className: '_User', fields: {
    nickname: { type: 'String' }, level: { type: 'Number', defaultValue: 1 }, born: { type: 'Date' }, home: { type: 'GeoPoint' },
    settings: { type: 'Object' }, badges: { type: 'Array' }, best: { type: 'Pointer', targetClass: '_User' },
    friends: { type: 'Relation', targetClass: '_User' } } }),
  sign_up('alice', 'bob', 'carol', 'dave'),
  post('signs olga up on her phone', '/users', { username: 'olga', password: 'secret of olga', email: 'Olga@Example.com',
    nickname: 'O', level: 7, born: date('1980-02-29T12:34:56.789Z'), home: { __type: 'GeoPoint', latitude: 59.93, longitude: 30.31 },
    settings: { sound: { on: true, volume: 0.5 } }, badges: ['first', 2, { three: 3 }] },
  { save: session_of('olga'), headers: kPhone }),
  post('signs up a user of a name with odd letters', '/users', { username: 'Žofie "Z" O\'Neil; --', password: 'pass \u00e9\u4e2d word' },
    { save: session_of('zofie') }),
  post('signs an anonymous user up', '/users', { authData: { anonymous: { id: 'an-anonymous-id' } } }, { save: session_of('anna') }),
  post('signs up a user whose ACL names others', '/users', { username: 'open', password: 'secret of open',
    ACL: { '*': { read: true }, 'role:Admins': { read: true, write: true } } }, { save: session_of('open') }),
  put('alice befriends bob and olga', '/users/{{alice}}', { friends: op('AddRelation', { objects: [pointer('_User', '{{bob}}'), pointer('_User', '{{olga}}')] }),
    best: pointer('_User', '{{bob}}'), email: 'alice@example.com' }, by('alice')),
  put('bob links an anonymous account', '/users/{{bob}}', { authData: { anonymous: { id: 'bobs-anonymous-id' } } }, by('bob')),
  put('carol changes her password', '/users/{{carol}}', { password: 'new secret of carol' }, by('carol', { save: { carol_token: 'sessionToken' } })),
  master.put('the master changes the password of dave', '/users/{{dave}}', { password: 'second secret of dave' }),
  post('dave logs in', '/login', { username: 'dave', password: 'second secret of dave' }, { save: { dave_token: 'sessionToken' } }),
  put('dave changes it once more', '/users/{{dave}}', { password: 'third secret of dave' }, by('dave', { save: { dave_token: 'sessionToken' } })),
  post('bob forgets his password once', '/login', { username: 'bob', password: 'wrong' }, { refused: true }),
  post('signs mallory up', '/users', { username: 'mallory', password: 'secret of mallory' }, { save: session_of('mallory') }),
  [1, 2, 3].map((turn) => post(`mallory is locked out, ${turn}`, '/login', { username: 'mallory', password: 'wrong' }, { refused: true })),
  post('signs up one who will be gone', '/users', { username: 'gone', password: 'secret of gone' }, { save: session_of('gone') }),
  master.del('the master deletes that user', '/users/{{gone}}'),
];

const sessions = [
  post('alice logs in from elsewhere', '/login', { username: 'alice', password: 'secret of alice' },
    { save: { alice_second_token: 'sessionToken' }, headers: { 'X-Parse-Installation-Id': 'tablet-of-alice' } }),
  post('bob makes a session by himself', '/sessions', {}, by('bob', { save: { bob_second_session: 'objectId', bob_second_token: 'sessionToken' } })),
  put('bob writes into his session', '/sessions/{{bob_second_session}}', { note: 'the second' }, by('bob')),
  master.post('the master logs in as carol', '/loginAs', { userId: '{{carol}}' }, { save: { carol_second_token: 'sessionToken' } }),
  post('olga logs in on her phone again', '/login', { username: 'olga', password: 'secret of olga' }, { save: { olga_token: 'sessionToken' }, headers: kPhone }),
  post('dave logs in to log out', '/login', { username: 'dave', password: 'third secret of dave' }, { save: { dave_old_token: 'sessionToken' } }),
  post('dave logs out', '/logout', {}, by('dave_old')),
];

const kReadable = { '*': { read: true } };
const role = (name, users_of, roles_of = []) => master.post(`makes the role ${name}`, '/roles', {
  name, ACL: kReadable,
  ...(users_of.length && { users: op('AddRelation', { objects: users_of.map((user) => pointer('_User', `{{${user}}}`)) }) }),
  ...(roles_of.length && { roles: op('AddRelation', { objects: roles_of.map((inner) => pointer('_Role', `{{role_${inner}}}`)) }) }),
}, { save: `role_${name}` });

const roles = [
  role('Admins', ['alice']),
  role('Moderators', ['bob'], ['Admins']),
  role('Members', ['carol', 'dave'], ['Moderators']),
  role('Empty', []),
  role('Ring', ['olga'], ['Members']),
  master.put('roles may go round in a ring', '/roles/{{role_Admins}}', { roles: op('AddRelation', { objects: [pointer('_Role', '{{role_Ring}}')] }) }),
  master.put('and one is written to by its members', '/roles/{{role_Empty}}', { ACL: { '*': { read: true }, 'role:Admins': { write: true } } }),
];

export default [users, sessions, roles];
