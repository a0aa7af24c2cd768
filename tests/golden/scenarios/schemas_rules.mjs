import { get, master, op, post, scenario } from '../lib/scenario.mjs';

const kFields = { n: { type: 'Number' }, s: { type: 'String' }, owner: { type: 'Pointer', targetClass: '_User' }, owners: { type: 'Array' } };
const make = (title, name, rest) => master.post(title, `/schemas/${name}`, { className: name, fields: kFields, ...rest });
const change = (title, name, rest) => master.put(title, `/schemas/${name}`, rest);

const indexes = scenario('schemas_indexes', { classes: ['IdxGame', 'IdxOther'] }, [
  make('makes a class with an index', 'IdxGame', { indexes: { by_n: { n: 1 } } }),
  change('adds an index', 'IdxGame', { indexes: { by_s: { s: 1 } } }),
  change('adds a compound index', 'IdxGame', { indexes: { by_both: { n: 1, s: 1 } } }),
  change('adds one that is there', 'IdxGame', { indexes: { by_n: { n: 1 } } }),
  change('adds one on a field that is not there', 'IdxGame', { indexes: { by_x: { x: 1 } } }),
  change('adds one with a field in the same change', 'IdxGame', { fields: { y: { type: 'Number' } }, indexes: { by_y: { y: 1 } } }),
  change('deletes an index', 'IdxGame', { indexes: { by_s: op('Delete') } }),
  change('deletes one that is not there', 'IdxGame', { indexes: { by_z: op('Delete') } }),
  change('adds and deletes', 'IdxGame', { indexes: { by_y: op('Delete'), by_s2: { s: 1 } } }),
  change('adds a descending one', 'IdxGame', { indexes: { by_n_down: { n: -1 } } }),
  change('adds one on createdAt', 'IdxGame', { indexes: { by_time: { createdAt: 1 } } }),
  change('adds one on a pointer', 'IdxGame', { indexes: { by_owner: { owner: 1 } } }),
  change('adds an empty one', 'IdxGame', { indexes: { by_none: {} } }),
  change('an index that is a text', 'IdxGame', { indexes: { by_text: 'n' } }),
  change('indexes that are a list', 'IdxGame', { indexes: ['n'] }),
  master.get('what the class has', '/schemas/IdxGame'),
  change('deletes a field that has an index', 'IdxGame', { fields: { s: op('Delete') } }),
  master.get('what the class has then', '/schemas/IdxGame'),
  make('makes a class with an index on nothing', 'IdxOther', { indexes: { by_x: { x: 1 } } }),
]);

const kAll = { '*': true };
const kGood = {
  'all open': { find: kAll, get: kAll, count: kAll, create: kAll, update: kAll, delete: kAll, addField: kAll },
  'all closed': { find: {}, get: {}, count: {}, create: {}, update: {}, delete: {}, addField: {} },
  'empty': {},
  'one operation': { find: kAll },
  'a role': { find: { 'role:Admins': true } },
  'a user id': { find: { abcdefghij: true } },
  'requiresAuthentication': { get: { requiresAuthentication: true } },
  'readUserFields': { readUserFields: ['owner'] },
  'writeUserFields with a list': { writeUserFields: ['owners'] },
  'pointerFields': { update: { pointerFields: ['owner'] } },
  'protectedFields': { protectedFields: { '*': ['s'], 'role:Admins': [], authenticated: ['n'], 'userField:owner': [] } },
  'a default ACL': { ACL: { '*': { read: true }, currentUser: { read: true, write: true } } },
};
const kBad = {
  'an unknown operation': { fly: kAll },
  'an operation that is true': { find: true },
  'an operation that is null': { find: null },
  'a value that is false': { find: { '*': false } },
  'a value that is a text': { find: { '*': 'yes' } },
  'a bad key': { find: { 'bad key!': true } },
  'a short user id': { find: { abc: true } },
  'readUserFields that are a text': { readUserFields: 'owner' },
  'readUserFields that are no pointer': { readUserFields: ['n'] },
  'readUserFields that are not there': { readUserFields: ['nowhere'] },
  'pointerFields that are a text': { find: { pointerFields: 'owner' } },
  'pointerFields that are no pointer': { find: { pointerFields: ['n'] } },
  'protectedFields that are a text': { protectedFields: 'x' },
  'protectedFields of a text': { protectedFields: { '*': 's' } },
  'protectedFields that are not there': { protectedFields: { '*': ['nowhere'] } },
  'protectedFields of objectId': { protectedFields: { '*': ['objectId'] } },
  'protectedFields for a bad key': { protectedFields: { 'bad key!': ['s'] } },
  'a default ACL that is a text': { ACL: { '*': 'x' } },
  'a default ACL with a bad right': { ACL: { '*': { fly: true } } },
  'a default ACL with a text right': { ACL: { '*': { read: 'yes' } } },
  'permissions that are a text': 'x',
  'permissions that are a list': [],
};

const permissions = scenario('schemas_permissions', { classes: ['ClpGame', 'ClpOther'] }, [
  make('makes a class without permissions', 'ClpGame', {}),
  Object.entries(kGood).flatMap(([title, rules]) => [
    change(`sets: ${title}`, 'ClpGame', { classLevelPermissions: rules }),
    master.get(`has: ${title}`, '/schemas/ClpGame')]),
  change('a change without permissions keeps them', 'ClpGame', { fields: { extra: { type: 'String' } } }),
  change('permissions null', 'ClpGame', { classLevelPermissions: null }),
  Object.entries(kBad).map(([title, rules]) => change(`bad: ${title}`, 'ClpGame', { classLevelPermissions: rules })),
  make('makes a class with bad permissions', 'ClpOther', { classLevelPermissions: { fly: kAll } }),
  master.get('it was not made', '/schemas/ClpOther'),
  make('makes a class with permissions', 'ClpOther', { classLevelPermissions: { find: kAll, get: kAll } }),
]);

const refused = { find: {}, get: {}, count: {}, create: {}, update: {}, delete: {}, addField: {} };
const closed = scenario('permissions_closed', { classes: ['ClpShut', 'ClpHalf'] }, [
  make('makes a closed class', 'ClpShut', { classLevelPermissions: refused }),
  master.post('the master creates', '/classes/ClpShut', { n: 1 }, { save: 'row' }),
  post('the public creates', '/classes/ClpShut', { n: 1 }),
  get('the public finds', '/classes/ClpShut'),
  get('the public counts', '/classes/ClpShut', { count: 1, limit: 0 }),
  get('the public gets', '/classes/ClpShut/{{row}}'),
  master.get('the master gets', '/classes/ClpShut/{{row}}'),
  master.put('the master adds a field', '/classes/ClpShut/{{row}}', { fresh: 1 }),
  make('makes a class without addField', 'ClpHalf', { classLevelPermissions: { ...kGood['all open'], addField: {} } }),
  post('a known field', '/classes/ClpHalf', { n: 1 }),
  post('a new field', '/classes/ClpHalf', { fresh: 1 }),
  post('a new nested field is no new column', '/classes/ClpHalf', { n: 2 }),
]);

export default [indexes, permissions, closed];
