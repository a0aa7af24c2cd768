// Class-level permissions with users and roles: who may do which operation, and what pointer permissions let through.
import { by, del, get, master, op, pointer, post, put, scenario, sign_up } from '../lib/scenario.mjs';

const kAccounts = ['_User', '_Session', '_Role'];
const kAll = { '*': true };
const kOperations = ['find', 'get', 'count', 'create', 'update', 'delete', 'addField'];
const kOpen = Object.fromEntries(kOperations.map((name) => [name, kAll]));
const person = (name) => pointer('_User', `{{${name}}}`);
const kFields = { n: { type: 'Number' }, owner: { type: 'Pointer', targetClass: '_User' }, second: { type: 'Pointer', targetClass: '_User' },
  owners: { type: 'Array' } };

/** A class with `rules` on top of open permissions, and three rows made by the master. */
const make = (name, rules) => [
  master.post(`declares ${name}`, `/schemas/${name}`, { className: name, fields: kFields, classLevelPermissions: { ...kOpen, ...rules } }),
  master.post(`${name}: a row of ann`, `/classes/${name}`, { n: 1, owner: person('ann'), owners: [person('ann'), person('bea')] }, { save: `${name}1` }),
  master.post(`${name}: a row of bea`, `/classes/${name}`, { n: 2, owner: person('bea'), second: person('ann'), owners: [person('bea')] }, { save: `${name}2` }),
  master.post(`${name}: a row of nobody`, `/classes/${name}`, { n: 3 }, { save: `${name}3` }),
  master.post(`${name}: a row with an ACL`, `/classes/${name}`, { n: 4, owner: person('ann'), owners: [person('ann')], ACL: { '{{bea}}': { read: true, write: true } } }, { save: `${name}4` }),
];

const callers = (names) => names.map((name) => [name, { nobody: {}, 'the master': { as: 'master' }, 'read-only': { as: 'readOnly' } }[name] ?? by(name)]);

/** Every operation of a class by each of `names`. */
const all_operations = (name, names) => callers(names).flatMap(([who, options]) => [
  get(`${name}: ${who} finds`, `/classes/${name}`, { order: 'n', keys: 'n' }, options),
  get(`${name}: ${who} finds by a where`, `/classes/${name}`, { where: { $or: [{ n: 1 }, { n: 2 }] }, order: 'n', keys: 'n' }, options),
  get(`${name}: ${who} counts`, `/classes/${name}`, { where: { n: { $gt: 0 } }, count: 1, limit: 0 }, options),
  get(`${name}: ${who} gets a row of ann`, `/classes/${name}/{{${name}1}}`, { keys: 'n' }, options),
  get(`${name}: ${who} gets a row of bea`, `/classes/${name}/{{${name}2}}`, { keys: 'n' }, options),
  get(`${name}: ${who} gets a row that is not there`, `/classes/${name}/abcdefghij`, {}, options),
  put(`${name}: ${who} updates a row of ann`, `/classes/${name}/{{${name}1}}`, { n: op('Increment', { amount: 0 }) }, options),
  put(`${name}: ${who} updates a row of bea`, `/classes/${name}/{{${name}2}}`, { n: op('Increment', { amount: 0 }) }, options),
  post(`${name}: ${who} creates`, `/classes/${name}`, { n: 100 }, options),
  del(`${name}: ${who} deletes a row that is not there`, `/classes/${name}/abcdefghij`, options),
]);

const kEach = (rule) => Object.fromEntries(kOperations.map((name) => [name, rule]));

const authenticated = scenario('clp_authenticated', { profile: 'accounts', classes: [...kAccounts, 'PerAuth'] }, [
  sign_up('ann', 'bea'),
  make('PerAuth', kEach({ requiresAuthentication: true })),
  all_operations('PerAuth', ['nobody', 'ann', 'read-only']),
  put('nobody adds a field', '/classes/PerAuth/{{PerAuth1}}', { fresh: 1 }),
  put('ann adds a field', '/classes/PerAuth/{{PerAuth1}}', { fresh: 1 }, by('ann')),
  post('a batch of nobody', '/batch', { requests: [{ method: 'GET', path: '/parse/classes/PerAuth' }, { method: 'POST', path: '/parse/classes/PerAuth', body: {} }] }),
]);

const named = scenario('clp_users_and_roles', { profile: 'accounts', classes: [...kAccounts, 'PerUser', 'PerRole', 'PerNone', 'PerHalf'] }, [
  sign_up('ann', 'bea', 'cid'),
  master.post('a role of bea', '/roles', { name: 'Staff', ACL: {}, users: op('AddRelation', { objects: [person('bea')] }) }, { save: 'staff' }),
  master.post('a role above', '/roles', { name: 'Chiefs', ACL: {}, users: op('AddRelation', { objects: [person('cid')] }) }, { save: 'chiefs' }),
  master.put('chiefs are staff', '/roles/{{staff}}', { roles: op('AddRelation', { objects: [pointer('_Role', '{{chiefs}}')] }) }),
  make('PerUser', kEach({ '{{ann}}': true })),
  all_operations('PerUser', ['nobody', 'ann', 'bea']),
  make('PerRole', kEach({ 'role:Staff': true })),
  all_operations('PerRole', ['ann', 'bea', 'cid']),
  make('PerNone', kEach({})),
  all_operations('PerNone', ['ann', 'read-only']),
  make('PerHalf', { find: {}, get: kAll, count: kAll, create: {}, update: { requiresAuthentication: true, 'role:Staff': true } }),
  all_operations('PerHalf', ['nobody', 'ann']),
  post('creates in a class with addField closed', '/classes/PerHalf', { fresh: 1 }, by('ann')),
]);

const pointers = scenario('clp_pointer_fields', { profile: 'accounts', classes: [...kAccounts, 'PerPtr', 'PerList', 'PerTwo', 'PerMix', 'PerAdd'] }, [
  sign_up('ann', 'bea', 'cid'),
  make('PerPtr', kEach({ pointerFields: ['owner'] })),
  all_operations('PerPtr', ['nobody', 'ann', 'bea', 'cid']),
  make('PerList', kEach({ pointerFields: ['owners'] })),
  all_operations('PerList', ['nobody', 'ann', 'bea', 'cid']),
  make('PerTwo', kEach({ pointerFields: ['owner', 'second'] })),
  all_operations('PerTwo', ['ann', 'bea']),
  make('PerMix', { ...kEach({ pointerFields: ['owner'], '{{cid}}': true }), create: kAll }),
  all_operations('PerMix', ['nobody', 'ann', 'cid']),
  put('ann gives her row away', '/classes/PerMix/{{PerMix1}}', { owner: person('bea') }, by('ann')),
  get('it is no longer hers', '/classes/PerMix/{{PerMix1}}', { keys: 'n' }, by('ann')),
  put('ann takes one of bea', '/classes/PerMix/{{PerMix2}}', { owner: person('ann') }, by('ann')),
  del('ann deletes one of bea', '/classes/PerMix/{{PerMix2}}', by('ann')),
  del('bea deletes hers', '/classes/PerMix/{{PerMix2}}', by('bea')),
  get('the ACL still holds', '/classes/PerMix/{{PerMix4}}', {}, by('ann')),
  put('the ACL still holds for an update', '/classes/PerMix/{{PerMix4}}', { n: 5 }, by('ann')),
  make('PerAdd', { addField: { pointerFields: ['owner'] } }),
  put('bea adds a field to a row of ann', '/classes/PerAdd/{{PerAdd1}}', { fresh: 1 }, by('bea')),
  put('ann adds a field to her row', '/classes/PerAdd/{{PerAdd1}}', { fresh: 1 }, by('ann')),
  post('ann adds a field by a create', '/classes/PerAdd', { owner: person('ann'), other: 1 }, by('ann')),
  post('ann creates without a new field', '/classes/PerAdd', { owner: person('ann'), n: 7 }, by('ann')),
]);

const user_fields = scenario('clp_user_fields', { profile: 'accounts', classes: [...kAccounts, 'PerRead', 'PerWrite', 'PerBoth', 'PerHolder'] }, [
  sign_up('ann', 'bea', 'cid'),
  make('PerRead', { ...kEach({}), create: kAll, readUserFields: ['owner'] }),
  all_operations('PerRead', ['nobody', 'ann', 'bea']),
  make('PerWrite', { ...kEach({}), find: kAll, get: kAll, writeUserFields: ['owner'] }),
  all_operations('PerWrite', ['nobody', 'ann', 'bea']),
  put('ann adds a field', '/classes/PerWrite/{{PerWrite1}}', { fresh: 1 }, by('ann')),
  make('PerBoth', { ...kEach({}), readUserFields: ['owners'], writeUserFields: ['owners', 'second'] }),
  all_operations('PerBoth', ['nobody', 'ann', 'bea', 'cid']),
  master.post('a holder of rows', '/classes/PerHolder', { n: 1, one: pointer('PerRead', '{{PerRead1}}'), two: pointer('PerRead', '{{PerRead2}}'),
    rows: op('AddRelation', { objects: [pointer('PerRead', '{{PerRead1}}'), pointer('PerRead', '{{PerRead2}}')] }) }, { save: 'holder' }),
  callers(['nobody', 'ann', 'bea']).flatMap(([who, options]) => [
    get(`${who} includes rows`, '/classes/PerHolder', { include: 'one,two' }, options),
    get(`${who} asks by sub-query`, '/classes/PerHolder', { where: { two: { $inQuery: { className: 'PerRead', where: {} } } }, keys: 'n' }, options),
    get(`${who} asks by $select`, '/classes/PerHolder', { where: { n: { $select: { query: { className: 'PerRead', where: {} }, key: 'n' } } }, keys: 'n' }, options),
    get(`${who} asks for the relation`, '/classes/PerRead', { where: { $relatedTo: { object: pointer('PerHolder', '{{holder}}'), key: 'rows' } }, keys: 'n', order: 'n' }, options),
  ]),
]);

const kClosed = { IncGet: { get: {} }, IncFind: { find: {} }, IncAuth: { get: { requiresAuthentication: true }, find: { requiresAuthentication: true } },
  IncRole: { get: { 'role:Staff': true }, find: { 'role:Staff': true } } };
const through_others = scenario('clp_through_others', { profile: 'accounts', classes: [...kAccounts, 'IncHolder', ...Object.keys(kClosed)] }, [
  sign_up('ann', 'bea'),
  master.post('a role of bea', '/roles', { name: 'Staff', ACL: {}, users: op('AddRelation', { objects: [person('bea')] }) }),
  Object.entries(kClosed).map(([name, rules]) => make(name, rules)),
  Object.keys(kClosed).map((name) => master.post(`a holder of ${name}`, '/classes/IncHolder', { name, [`one${name}`]: pointer(name, `{{${name}1}}`),
    [`list${name}`]: [pointer(name, `{{${name}1}}`), pointer(name, `{{${name}2}}`)],
    [`rows${name}`]: op('AddRelation', { objects: [pointer(name, `{{${name}1}}`)] }) }, { save: `holder${name}` })),
  Object.keys(kClosed).flatMap((name) => callers(['nobody', 'ann', 'bea']).flatMap(([who, options]) => [
    get(`${name}: ${who} includes one`, `/classes/IncHolder/{{holder${name}}}`, { include: `one${name}`, keys: `one${name}.n` }, options),
    get(`${name}: ${who} includes a list`, `/classes/IncHolder/{{holder${name}}}`, { include: `list${name}`, keys: `list${name}.n` }, options),
    get(`${name}: ${who} asks by sub-query`, '/classes/IncHolder', { where: { [`one${name}`]: { $inQuery: { className: name, where: {} } } }, keys: 'name' }, options),
    get(`${name}: ${who} asks for the relation`, `/classes/${name}`, { where: { $relatedTo: { object: pointer('IncHolder', `{{holder${name}}}`), key: `rows${name}` } }, keys: 'n' }, options),
  ])),
]);

const kDefaults = {
  PerAclUser: { currentUser: { read: true, write: true }, '*': { read: true } },
  PerAclRole: { 'role:Staff': { read: true, write: true } },
  PerAclNone: {},
};
const default_acl = scenario('clp_default_acl', { profile: 'accounts', classes: [...kAccounts, ...Object.keys(kDefaults)] }, [
  sign_up('ann'),
  Object.entries(kDefaults).flatMap(([name, acl]) => [
    master.post(`declares ${name}`, `/schemas/${name}`, { className: name, fields: { n: { type: 'Number' } }, classLevelPermissions: { ...kOpen, ACL: acl } }),
    callers(['nobody', 'ann', 'the master']).flatMap(([who, options]) => [
      post(`${name}: ${who} creates`, `/classes/${name}`, { n: 1 }, options),
      post(`${name}: ${who} creates with an ACL`, `/classes/${name}`, { n: 2, ACL: { '*': { read: true } } }, options),
      post(`${name}: ${who} creates with an ACL null`, `/classes/${name}`, { n: 3, ACL: null }, options)]),
    master.get(`${name}: what there is`, `/classes/${name}`, {}),
  ]),
]);

const of_users = scenario('clp_of_users', { profile: 'user_rules', classes: kAccounts }, [
  sign_up('ann'),
  master.put('nobody may create users', '/schemas/_User', { classLevelPermissions: { ...kOpen, create: {} } }),
  post('a signup', '/users', { username: 'bea', password: 'secret' }),
  post('a signup with a name that is taken', '/users', { username: 'ann', password: 'secret' }),
  post('a signup without a name', '/users', { password: 'secret' }),
  post('an anonymous signup', '/users', { authData: { anonymous: { id: '11111111-2222-3333-4444-555555555555' } } }),
  master.post('the master makes a user', '/users', { username: 'bea', password: 'secret' }, { save: 'bea' }),
  master.put('nobody may get users', '/schemas/_User', { classLevelPermissions: { ...kOpen, get: {} } }),
  post('logs in', '/login', { username: 'ann', password: 'secret of ann' }),
  post('verifies the password', '/verifyPassword', { username: 'ann', password: 'secret of ann' }),
  get('me', '/users/me', {}, by('ann')),
  get('gets herself', '/users/{{ann}}', {}, by('ann')),
  get('finds herself', '/users', {}, by('ann')),
  master.put('nobody may find users', '/schemas/_User', { classLevelPermissions: { ...kOpen, find: {}, count: {} } }),
  get('finds', '/users', {}, by('ann')),
  get('gets', '/users/{{ann}}', {}, by('ann')),
  get('me without find', '/users/me', {}, by('ann')),
  master.put('nobody may update users', '/schemas/_User', { classLevelPermissions: { ...kOpen, update: {} } }),
  put('updates herself', '/users/{{ann}}', { level: 1 }, by('ann')),
  put('changes her password', '/users/{{ann}}', { password: 'new' }, by('ann')),
  put('links', '/users/{{ann}}', { authData: { anonymous: { id: '11111111-2222-3333-4444-555555555555' } } }, by('ann')),
  master.put('nobody may delete users', '/schemas/_User', { classLevelPermissions: { ...kOpen, delete: {} } }),
  del('deletes herself', '/users/{{ann}}', by('ann')),
  master.put('no fields may be added to users', '/schemas/_User', { classLevelPermissions: { ...kOpen, addField: {} } }),
  put('adds a field', '/users/{{ann}}', { brandNew: 1 }, by('ann')),
  post('signs up with a new field', '/users', { username: 'cid', password: 'secret', brandNew: 1 }),
  post('signs up without one', '/users', { username: 'cid', password: 'secret' }),
  master.put('users are open again', '/schemas/_User', { classLevelPermissions: kOpen }),
  master.put('sessions are closed', '/schemas/_Session', { classLevelPermissions: kEach({}) }),
  get('a request with a session', '/users/me', {}, by('ann')),
  get('the sessions', '/sessions', {}, by('ann')),
  get('the session', '/sessions/me', {}, by('ann')),
  post('logs in without a right to make sessions', '/login', { username: 'ann', password: 'secret of ann' }),
  post('makes a session', '/sessions', {}, by('ann')),
  post('logs out', '/logout', {}, by('ann')),
  master.put('sessions are open again', '/schemas/_Session', { classLevelPermissions: kOpen }),
  master.put('roles may be made by nobody', '/schemas/_Role', { classLevelPermissions: { ...kOpen, create: {} } }),
  post('a role', '/roles', { name: 'Mine', ACL: {} }),
  master.put('roles are open again', '/schemas/_Role', { classLevelPermissions: kOpen }),
]);

const detailed = scenario('accounts_detailed', { profile: 'detailed', classes: [...kAccounts, 'DacGame'] }, [
  sign_up('ann', 'bea'),
  post('a signup with emailVerified', '/users', { username: 'cid', password: 'secret', emailVerified: true }),
  put('changes emailVerified', '/users/{{ann}}', { emailVerified: true }, by('ann')),
  put('changes another user', '/users/{{bea}}', { level: 1 }, by('ann')),
  put('changes a user without a session', '/users/{{bea}}', { level: 1 }),
  del('deletes another user', '/users/{{bea}}', by('ann')),
  del('deletes a user without a session', '/users/{{bea}}'),
  get('where on an address', '/users', { where: { email: 'x' } }, by('ann')),
  get('order by an address', '/users', { order: '-email' }, by('ann')),
  get('me without a session', '/users/me'),
  get('sessions without a session', '/sessions'),
  get('a session without a session', '/sessions/abcdefghij'),
  post('loginAs without the master key', '/loginAs', { userId: '{{ann}}' }),
  post('loginAs with the read-only key', '/loginAs', { userId: '{{ann}}' }, { as: 'readOnly' }),
  post('a role with the read-only key', '/roles', { name: 'x', ACL: {} }, { as: 'readOnly' }),
  del('a user with the read-only key', '/users/{{ann}}', { as: 'readOnly' }),
  get('a class that is not there', '/classes/DacNone', {}, by('ann')),
  get('installations', '/installations'),
  post('writes a join table', '/classes/_Join:users:_Role', { relatedId: 'x', owningId: 'y' }, by('ann')),
  master.post('a class for the signed in', '/schemas/DacGame', { className: 'DacGame', fields: kFields,
    classLevelPermissions: { ...kEach({ requiresAuthentication: true }), create: { pointerFields: ['owner'] }, addField: {} , protectedFields: { '*': ['n'] } } }),
  get('nobody finds', '/classes/DacGame'),
  get('nobody gets', '/classes/DacGame/abcdefghij'),
  post('ann creates by a pointer permission', '/classes/DacGame', { owner: person('ann') }, by('ann')),
  put('ann adds a field', '/classes/DacGame/abcdefghij', { fresh: 1 }, by('ann')),
  get('ann asks where a protected field is', '/classes/DacGame', { where: { n: 1 } }, by('ann')),
  get('ann orders by a protected field', '/classes/DacGame', { order: 'n' }, by('ann')),
]);

export default [authenticated, named, pointers, user_fields, through_others, default_acl, of_users, detailed];
