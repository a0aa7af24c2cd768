// Classes whose definition is the point: permissions, options of fields, indexes, odd names, system classes.
import { change_twin, make_twin } from '../writes/classes.mjs';
import { date, geo, master, op, pointer, post, put, schema, seed } from '../../golden/lib/scenario.mjs';

const kAll = { '*': true };
const kOpen = { find: kAll, get: kAll, count: kAll, create: kAll, update: kAll, delete: kAll, addField: kAll };
const permissions = (rest) => ({ classLevelPermissions: { ...kOpen, ...rest } });

const kNumber = { n: { type: 'Number' } };
const kOwned = { n: { type: 'Number' }, owner: { type: 'Pointer', targetClass: '_User' }, helpers: { type: 'Array' } };
const kHiding = { n: { type: 'Number' }, secret: { type: 'String' }, phone: { type: 'String' }, mine: { type: 'String' }, owner: { type: 'Pointer', targetClass: '_User' } };

const guarded = [
  schema('Locked', kNumber, permissions({ find: {}, create: {}, addField: {} })),
  schema('ForUsers', kNumber, permissions({ find: { requiresAuthentication: true }, get: { requiresAuthentication: true }, addField: {} })),
  schema('ForRole', kNumber, permissions({ find: { 'role:Members': true }, update: { 'role:Admins': true } })),
  master.post('a class for one user', '/schemas/ForAlice', { className: 'ForAlice', fields: kNumber, ...permissions({ find: { '{{alice}}': true } }) }),
  schema('ByPointer', kOwned, { classLevelPermissions: { create: kAll, addField: {}, find: {}, get: {}, count: {}, update: {}, delete: {},
    readUserFields: ['owner', 'helpers'], writeUserFields: ['owner'] } }),
  schema('ByPermission', kOwned, permissions({ find: { pointerFields: ['owner'] }, get: { pointerFields: ['owner', 'helpers'] }, update: { pointerFields: ['helpers'] } })),
  schema('Hiding', kHiding, permissions({ protectedFields: { '*': ['secret', 'phone', 'mine'], authenticated: ['secret', 'mine'],
    'role:Admins': ['mine'], 'userField:owner': ['phone'] } })),
  seed('Locked', { locked: { n: 1 } }),
  seed('ForUsers', { for_users: { n: 1 } }),
  seed('ForRole', { for_role: { n: 1 } }),
  seed('ForAlice', { for_alice: { n: 1 } }),
  ['ByPointer', 'ByPermission'].map((name) => seed(name, {
    [`${name}_alice`]: { n: 1, owner: pointer('_User', '{{alice}}'), helpers: [pointer('_User', '{{carol}}')] },
    [`${name}_bob`]: { n: 2, owner: pointer('_User', '{{bob}}') }, [`${name}_none`]: { n: 3 } })),
  seed('Hiding', { hiding: { n: 1, secret: 's', phone: 'p', mine: 'm', owner: pointer('_User', '{{alice}}') } }),
];

const options = [
  schema('Required', {
    must: { type: 'String', required: true }, may: { type: 'Number' }, both: { type: 'Number', required: true, defaultValue: 3.5 },
    text: { type: 'String', defaultValue: 'it\'s "given"' }, flag: { type: 'Boolean', defaultValue: false }, list: { type: 'Array', defaultValue: [1, 'a', { b: null }] },
    object: { type: 'Object', defaultValue: { a: { b: [1] } } }, when: { type: 'Date', defaultValue: date('2000-01-01T00:00:00.000Z') },
    place: { type: 'GeoPoint', defaultValue: geo(1, 2) } }),
  post('an object of defaults', '/classes/Required', { must: 'x' }, { save: 'required' }),
  post('one with values of its own', '/classes/Required', { must: 'y', text: 'own', both: 1, flag: true, list: [], object: {} }, { save: 'required_own' }),
  post('one without what it must have', '/classes/Required', { text: 'z' }, { refused: true }),
  post('makes a class by a client', '/classes/Made', { a: 1, b: 'x' }, { save: 'made' }),
  master.put('a field is dropped and another added', '/schemas/Made', { className: 'Made', fields: { b: op('Delete'), c: { type: 'Object' } } }),
  master.put('a field is added whose values come later', '/schemas/Made', { className: 'Made', fields: { 'd_1': { type: 'Date', required: true } } }),
  schema('Emptied', { gone: { type: 'Relation', targetClass: 'Made' } }),
  schema('Dropped', kNumber),
  master.del('a class is dropped', '/schemas/Dropped'),
];

const indexes = [
  schema('Indexed', { score: { type: 'Number' }, name: { type: 'String' }, place: { type: 'GeoPoint' }, list: { type: 'Array' }, owner: { type: 'Pointer', targetClass: '_User' } },
    { indexes: { by_score: { score: 1 }, by_name_and_score: { name: 1, score: 1 } } }),
  seed('Indexed', Object.fromEntries([1, 2, 3].map((n) => [`indexed${n}`, { score: n, name: `n${n % 2}`, place: geo(n, n), list: [n], owner: pointer('_User', '{{alice}}') }]))),
  master.put('one more index, on the pointer', '/schemas/Indexed', { className: 'Indexed', indexes: { by_pointer: { owner: 1 } } }),
  master.put('an index goes', '/schemas/Indexed', { className: 'Indexed', indexes: { by_name_and_score: op('Delete') } }),
];

const kLongClass = `L${'o'.repeat(61)}g`;
const kLongField = `f${'i'.repeat(40)}eld`;

const names = [
  ['select', 'Order', 'user', 'group', 'A', 'game', 'Game', 'GAME', 'with_underscore_1', 'constructor2', kLongClass].map((name, index) =>
    seed(name, { [`named_${index}`]: { n: index, select: 'x', order: index, from: true, a_b: 1, camelCase: 'c', camelcase: 'd', CAMELCASE: 'e', user: pointer('_User', '{{alice}}'),
      x1: [1], size: 3, table: { where: 1 }, [kLongField]: 'long' } })),
  put('a relation of a long name', `/classes/${kLongClass}/{{named_10}}`, { [`${kLongField}s`]: op('AddRelation', { objects: [pointer('A', '{{named_4}}')] }) }),
  put('a relation called like a word of SQL', '/classes/select/{{named_0}}', { where: op('AddRelation', { objects: [pointer('A', '{{named_4}}')] }) }),
];

const kRights = (...letters) => Object.fromEntries(letters.map((letter) => [letter, true]));
const acls = [
  seed('Guarded', {
    acl_open: { n: 1 }, acl_read: { n: 2, ACL: { '*': kRights('read') } }, acl_write: { n: 3, ACL: { '*': kRights('write') } }, acl_shut: { n: 4, ACL: {} },
    acl_alice: { n: 5, ACL: { '{{alice}}': kRights('read', 'write') } }, acl_bob_reads: { n: 6, ACL: { '{{bob}}': kRights('read') } },
    acl_members: { n: 7, ACL: { 'role:Members': kRights('read'), 'role:Admins': kRights('read', 'write') } }, acl_mixed: { n: 8, ACL: { '*': kRights('read'), '{{alice}}': kRights('write') } } }),
];

const system = [
  post('a phone', '/installations', { deviceType: 'ios', installationId: 'phone-of-olga', deviceToken: 'a'.repeat(64), badge: 3, channels: ['news', 'a-b'],
    timeZone: 'Europe/Prague', localeIdentifier: 'cs-CZ', appVersion: '1.0', parseVersion: '8.5', appName: 'Test', appIdentifier: 'org.example' }, { save: 'phone' }),
  post('another phone', '/installations', { deviceType: 'android', installationId: 'tablet-of-alice', pushType: 'gcm', GCMSenderId: '5', custom: { a: 1 } }, { save: 'tablet' }),
  master.put('the config', '/config', { params: { welcome: 'hello', limit: 5, nested: { a: [1] }, secret: 'hidden', when: date('2024-01-01T00:00:00.000Z'), where: geo(1, 2), list: [1, null] },
    masterKeyOnly: { secret: true } }),
  master.put('a param of it goes', '/config', { params: { limit: op('Delete'), later: true } }),
  master.post('a hook of a function', '/hooks/functions', { functionName: 'hello', url: 'https://hooks.example.com/hello' }),
  master.post('a hook of a trigger', '/hooks/triggers', { className: 'GameScore', triggerName: 'beforeSave', url: 'https://hooks.example.com/save' }),
  master.put('takes that hook away', '/hooks/triggers/GameScore/beforeSave', op('Delete')),
  master.post('a hook of a trigger nobody pulls', '/hooks/triggers', { className: 'user', triggerName: 'afterDelete', url: 'https://hooks.example.com/delete' }),
  master.post('an audience', '/push_audiences', { name: 'Everybody', query: '{"deviceType":"ios"}' }, { save: 'audience' }),
];

export default [guarded, options, indexes, names, acls, system, make_twin('TheirTwin'), change_twin('TheirTwin')];
