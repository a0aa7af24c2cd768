// Protected fields: which groups hide what, the rule of intersection, and the paths by which a field could leak.
import { by, get, master, op, pointer, post, put, scenario, session_of, sign_up } from '../lib/scenario.mjs';

const kAccounts = ['_User', '_Session', '_Role'];
const kAll = { '*': true };
const kOpen = Object.fromEntries(['find', 'get', 'count', 'create', 'update', 'delete', 'addField'].map((name) => [name, kAll]));
const person = (name) => pointer('_User', `{{${name}}}`);
const text = { type: 'String' };
const kFields = { n: { type: 'Number' }, a: text, b: text, c: text, o: { type: 'Object' }, owner: { type: 'Pointer', targetClass: '_User' }, owners: { type: 'Array' },
  friend: { type: 'Pointer', targetClass: 'HidFriend' }, things: { type: 'Relation', targetClass: 'HidFriend' } };

const rules = (title, protectedFields) => master.put(`rules: ${title}`, '/schemas/HidGame', { classLevelPermissions: { ...kOpen, protectedFields } });
const kViewers = { nobody: {}, ann: by('ann'), bea: by('bea'), cid: by('cid'), 'the master': { as: 'master' }, 'read-only': { as: 'readOnly' }, maintenance: { as: 'maintenance' } };
const seen_by = (title, names) => names.map((name) => get(`${title}: what ${name} sees`, '/classes/HidGame', { order: 'n', excludeKeys: 'friend,things' }, kViewers[name]));

const setup = [
  sign_up('ann', 'bea', 'cid'),
  master.post('a role of bea', '/roles', { name: 'HidStaff', ACL: {}, users: op('AddRelation', { objects: [person('bea')] }) }, { save: 'staff' }),
  master.post('a role above, of cid', '/roles', { name: 'HidChiefs', ACL: {}, users: op('AddRelation', { objects: [person('cid')] }) }, { save: 'chiefs' }),
  master.put('chiefs are staff', '/roles/{{staff}}', { roles: op('AddRelation', { objects: [pointer('_Role', '{{chiefs}}')] }) }),
  master.post('a friend', '/classes/HidFriend', { n: 1, name: 'x' }, { save: 'friend' }),
  master.post('declares HidGame', '/schemas/HidGame', { className: 'HidGame', fields: kFields, classLevelPermissions: kOpen }),
  master.post('a row of ann', '/classes/HidGame', { n: 1, a: 'a1', b: 'b1', c: 'c1', o: { x: 1, y: 2 }, owner: person('ann'), owners: [person('ann'), person('bea')],
    friend: pointer('HidFriend', '{{friend}}'), things: op('AddRelation', { objects: [pointer('HidFriend', '{{friend}}')] }) }, { save: 'row1' }),
  master.post('a row of bea', '/classes/HidGame', { n: 2, a: 'a2', b: 'b2', c: 'c2', o: { x: 3, y: 4 }, owner: person('bea'), owners: [] }, { save: 'row2' }),
];

const groups = scenario('protected_groups', { profile: 'accounts', classes: [...kAccounts, 'HidGame', 'HidFriend'] }, [
  setup,
  rules('for all', { '*': ['a', 'b'] }),
  seen_by('for all', Object.keys(kViewers)),
  rules('for all, nothing for the signed in', { '*': ['a', 'b'], authenticated: [] }),
  seen_by('for all, nothing for the signed in', ['nobody', 'ann']),
  rules('for all, another for the signed in', { '*': ['a', 'b'], authenticated: ['b', 'c'] }),
  seen_by('for all, another for the signed in', ['nobody', 'ann']),
  rules('for the signed in only', { authenticated: ['a'] }),
  seen_by('for the signed in only', ['nobody', 'ann']),
  rules('a role', { '*': ['a', 'b', 'c'], 'role:HidStaff': ['a'] }),
  seen_by('a role', ['ann', 'bea', 'cid']),
  rules('two roles', { '*': ['a', 'b', 'c'], 'role:HidStaff': ['a', 'b'], 'role:HidChiefs': ['b', 'c'] }),
  seen_by('two roles', ['ann', 'bea', 'cid']),
  rules('a role only', { 'role:HidStaff': ['a'] }),
  seen_by('a role only', ['nobody', 'ann', 'bea']),
  rules('a user', { '*': ['a', 'b'], '{{ann}}': ['a'] }),
  seen_by('a user', ['nobody', 'ann', 'bea']),
  rules('a user, the signed in and all', { '*': ['a', 'b', 'c'], authenticated: ['a', 'b'], '{{ann}}': ['b', 'c'] }),
  seen_by('a user, the signed in and all', ['nobody', 'ann', 'bea']),
  rules('the owner by a pointer', { '*': ['a', 'b'], 'userField:owner': ['a'] }),
  seen_by('the owner by a pointer', ['nobody', 'ann', 'bea', 'cid']),
  rules('the owner by a list', { '*': ['a', 'b'], 'userField:owners': [] }),
  seen_by('the owner by a list', ['nobody', 'ann', 'bea', 'cid']),
  rules('two owner fields', { '*': ['a', 'b', 'c'], 'userField:owner': ['a', 'b'], 'userField:owners': ['b', 'c'] }),
  seen_by('two owner fields', ['ann', 'bea']),
  rules('an owner and a role', { '*': ['a', 'b', 'c'], 'userField:owner': ['a'], 'role:HidStaff': ['b'] }),
  seen_by('an owner and a role', ['ann', 'bea', 'cid']),
  rules('an owner field that is protected itself', { '*': ['a', 'owner'], 'userField:owner': [] }),
  seen_by('an owner field that is protected itself', ['ann', 'bea']),
  rules('the owner and nothing for all', { 'userField:owner': ['a'] }),
  seen_by('the owner and nothing for all', ['nobody', 'ann', 'bea']),
  get('an owner gets', '/classes/HidGame/{{row1}}', { keys: 'a,b,c' }, by('ann')),
]);

const where = (title, condition, options = by('ann')) => get(title, '/classes/HidGame', { where: condition, keys: 'n', order: 'n' }, options);

const leaks = scenario('protected_leaks', { profile: 'accounts', classes: [...kAccounts, 'HidGame', 'HidFriend', 'HidHolder'] }, [
  setup,
  rules('a, o and the ways out', { '*': ['a', 'o', 'friend', 'things'] }),
  get('get', '/classes/HidGame/{{row1}}', {}, by('ann')),
  get('find', '/classes/HidGame', { order: 'n' }, by('ann')),
  get('keys of it', '/classes/HidGame', { keys: 'a,b', order: 'n' }, by('ann')),
  get('excludeKeys of it', '/classes/HidGame', { excludeKeys: 'a', order: 'n' }, by('ann')),
  get('dotted keys of it', '/classes/HidGame', { keys: 'o.x', order: 'n' }, by('ann')),
  where('where', { a: 'a1' }),
  where('where by nobody', { a: 'a1' }, {}),
  where('where by the master', { a: 'a1' }, { as: 'master' }),
  where('where by the read-only master', { a: 'a1' }, { as: 'readOnly' }),
  where('where by maintenance', { a: 'a1' }, { as: 'maintenance' }),
  where('an operator', { a: { $exists: true } }),
  where('$or', { $or: [{ a: 'a1' }, { n: 5 }] }),
  where('$and', { $and: [{ a: 'a1' }] }),
  where('$nor', { $nor: [{ a: 'a1' }] }),
  where('$or in $and', { $and: [{ $or: [{ n: 1 }, { a: 'a1' }] }] }),
  where('$or in a field', { n: { $or: [{ a: 'a1' }] } }),
  where('a dotted key', { 'o.x': 1 }),
  where('a dotted key of a pointer', { 'friend.name': 'x' }),
  where('a pointer', { friend: pointer('HidFriend', '{{friend}}') }),
  where('a sub-query on it', { friend: { $inQuery: { className: 'HidFriend', where: {} } } }),
  where('$select on it', { a: { $select: { query: { className: 'HidGame', where: {} }, key: 'b' } } }),
  where('$select with it as the key', { b: { $select: { query: { className: 'HidGame', where: {} }, key: 'a' } } }),
  where('$dontSelect with it as the key', { b: { $dontSelect: { query: { className: 'HidGame', where: {} }, key: 'a' } } }),
  get('$relatedTo by a protected relation', '/classes/HidFriend', { where: { $relatedTo: { object: pointer('HidGame', '{{row1}}'), key: 'things' } } }, by('ann')),
  master.get('$relatedTo by the master', '/classes/HidFriend', { where: { $relatedTo: { object: pointer('HidGame', '{{row1}}'), key: 'things' } } }),
  get('order', '/classes/HidGame', { order: 'a' }, by('ann')),
  get('descending order', '/classes/HidGame', { order: 'n,-a' }, by('ann')),
  get('dotted order', '/classes/HidGame', { order: 'o.x' }, by('ann')),
  get('include of it', '/classes/HidGame', { include: 'friend', order: 'n' }, by('ann')),
  get('includeAll', '/classes/HidGame', { includeAll: true, order: 'n', keys: 'n' }, by('ann')),
  get('redirect by it', '/classes/HidGame', { redirectClassNameForKey: 'things' }, by('ann')),
  get('count where it is', '/classes/HidGame', { where: { a: 'a1' }, count: 1, limit: 0 }, by('ann')),
  master.post('a holder', '/classes/HidHolder', { n: 1, game: pointer('HidGame', '{{row1}}'), games: [pointer('HidGame', '{{row1}}'), pointer('HidGame', '{{row2}}')] }),
  get('included by another', '/classes/HidHolder', { include: 'game,games' }, by('ann')),
  get('included by another, with its keys', '/classes/HidHolder', { include: 'game', keys: 'game.a,game.b' }, by('ann')),
  master.get('included by the master', '/classes/HidHolder', { include: 'game' }),
  get('a sub-query in another class', '/classes/HidHolder', { where: { game: { $inQuery: { className: 'HidGame', where: { a: 'a1' } } } }, keys: 'n' }, by('ann')),
  get('a dotted key through a pointer', '/classes/HidHolder', { where: { 'game.a': 'a1' }, keys: 'n' }, by('ann')),
  put('an update answers', '/classes/HidGame/{{row1}}', { a: 'new', o: { x: 9 } }, by('ann')),
  put('an update with operations answers', '/classes/HidGame/{{row1}}', { 'o.x': op('Increment', { amount: 1 }), n: op('Increment', { amount: 0 }) }, by('ann')),
  post('a create answers', '/classes/HidGame', { n: 3, a: 'a3' }, by('ann')),
  rules('system fields', { '*': ['objectId', 'createdAt', 'ACL'] }),
  rules('a field that is not there', { '*': ['nowhere'] }),
]);

const on_users = (title, protectedFields) => master.put(`rules: ${title}`, '/schemas/_User', { classLevelPermissions: { ...kOpen, protectedFields } });
const kUserViews = (title) => [
  get(`${title}: self gets`, '/users/{{ann}}', {}, by('ann')),
  get(`${title}: self lists`, '/users', { where: { username: 'ann' } }, by('ann')),
  get(`${title}: me`, '/users/me', {}, by('ann')),
  post(`${title}: login`, '/login', { username: 'ann', password: 'secret' }, { save: { login_token: 'sessionToken' } }),
  post(`${title}: verifyPassword`, '/verifyPassword', { username: 'ann', password: 'secret' }),
  get(`${title}: another gets`, '/users/{{ann}}', {}, by('bea')),
  get(`${title}: nobody gets`, '/users/{{ann}}'),
  master.get(`${title}: the master gets`, '/users/{{ann}}', {}),
  master.post(`${title}: the master logs in`, '/login', { username: 'ann', password: 'secret' }),
  get(`${title}: self includes`, '/classes/HidOwner', { include: 'owner' }, by('ann')),
  get(`${title}: another includes`, '/classes/HidOwner', { include: 'owner' }, by('bea')),
  get(`${title}: the session includes`, '/sessions', { include: 'user', where: { sessionToken: '{{ann_token}}' } }, by('ann')),
  put(`${title}: self updates`, '/users/{{ann}}', { secret: 'changed', score: op('Increment', { amount: 1 }) }, by('ann')),
  get(`${title}: where`, '/users', { where: { secret: 'changed' } }, by('ann')),
];

const users_with = (name, profile) => scenario(name, { profile, classes: [...kAccounts, 'HidOwner'] }, [
  post('signs ann up', '/users', { username: 'ann', password: 'secret', email: 'ann@example.com', secret: 's', open: 'o', score: 1, ACL: { '*': { read: true } } }, { save: session_of('ann') }),
  post('signs bea up', '/users', { username: 'bea', password: 'secret' }, { save: session_of('bea') }),
  master.post('what ann owns', '/classes/HidOwner', { n: 1, owner: person('ann') }),
  kUserViews('by default'),
  on_users('secret for all', { '*': ['secret', 'score'] }),
  kUserViews('secret for all'),
  on_users('nothing for the signed in', { '*': ['secret', 'score'], authenticated: [] }),
  kUserViews('nothing for the signed in'),
  on_users('nothing', {}),
  kUserViews('nothing'),
  master.put('sessions hide their token', '/schemas/_Session', { classLevelPermissions: { ...kOpen, protectedFields: { '*': ['createdWith'] } } }),
  get('a session with protected fields', '/sessions/me', {}, by('ann')),
  get('sessions with protected fields', '/sessions', { where: { user: person('ann') }, limit: 1 }, by('ann')),
  master.put('sessions hide nothing', '/schemas/_Session', { classLevelPermissions: { ...kOpen, protectedFields: {} } }),
]);

const by_option = scenario('protected_option', { profile: 'protected', classes: [...kAccounts, 'OptGame'] }, [
  sign_up('ann'),
  post('a row', '/classes/OptGame', { n: 1, hidden: 'x', other: 'y' }, by('ann', { save: 'row' })),
  get('nobody sees', '/classes/OptGame'),
  get('ann sees', '/classes/OptGame', {}, by('ann')),
  master.get('the master sees', '/classes/OptGame', {}),
  get('where on it', '/classes/OptGame', { where: { hidden: 'x' } }),
  put('an update answers', '/classes/OptGame/{{row}}', { hidden: 'z', n: op('Increment', { amount: 1 }), count: op('Increment', { amount: 1 }) }, by('ann')),
  put('an operation on a hidden field answers', '/classes/OptGame/{{row}}', { list: op('Add', { objects: [1] }), hiddenCount: op('Increment', { amount: 1 }) }, by('ann')),
  master.get('the schema', '/schemas/OptGame', {}),
  master.put('rules of the class', '/schemas/OptGame', { classLevelPermissions: { ...kOpen, protectedFields: { '*': ['other'] } } }),
  get('both rules hold', '/classes/OptGame'),
  master.get('the schema after that', '/schemas/OptGame', {}),
]);

export default [groups, leaks, users_with('protected_users', 'hidden_users'), users_with('protected_users_strict', 'protected'), by_option];
