// Every place of a request where a name or a value can stand, as title -> payload -> request.
//
// A request is {method, path, query, body, master, headers}; `expects` says what a good answer is: "refused" (a Parse
// error), "nothing" (a Parse error, or success with no rows), "harmless" (either, but with nothing hidden in it), "kept"
// (a Parse error, or stored as it is: `at` is then the place of the payload in what a get gives). `identifier` says that
// the payload may become the name of something in the database, `slow` that every fifth payload will do.
import { kKeys } from '../../support/start_server.mjs';

const kTarget = '/classes/Target';
const find = (parameters, expects = 'nothing', rest = {}) => ({ method: 'GET', path: kTarget, query: parameters, expects, ...rest });
const where = (conditions, expects = 'nothing', rest = {}) => find({ where: conditions }, expects, rest);
const pointer = (className, objectId) => ({ __type: 'Pointer', className, objectId });
const create = (body, expects = 'refused', at = undefined) => ({ method: 'POST', path: '/classes/Made', body, expects, at });
const update = (body, expects = 'harmless') => ({ method: 'PUT', path: `${kTarget}/TARGET_ID`, body, expects });
const schema = (method, name, body, expects = 'refused') => ({ method, path: `/schemas/${encodeURIComponent(name)}`, body, master: true, expects });
const aggregate = (query, expects = 'harmless') => ({ method: 'GET', path: '/aggregate/Target', query, master: true, expects });
const pipeline = (...stages) => aggregate({ pipeline: stages });

const kWhereNames = {
  'a field': (p) => where({ [p]: 1 }, 'refused'),
  'a field that exists': (p) => where({ [p]: { $exists: true } }, 'refused'),
  'a path': (p) => where({ [`map.${p}`]: 1 }),
  'a long path': (p) => where({ [`map.a.${p}.b`]: 'x' }),
  'a path in': (p) => where({ [`map.${p}`]: { $in: ['x', 1] } }),
  'a path not in': (p) => where({ [`map.${p}`]: { $nin: ['x', 1] } }, 'harmless'),
  'a path not equal': (p) => where({ [`map.${p}`]: { $ne: 'x' } }, 'harmless'),
  'a path that exists': (p) => where({ [`map.${p}`]: { $exists: true } }),
  'a path that does not exist': (p) => where({ [`map.${p}`]: { $exists: false } }, 'harmless'),
  'a path greater than': (p) => where({ [`map.${p}`]: { $gt: 1 } }),
  'a path by pattern': (p) => where({ [`map.${p}`]: { $regex: 'x' } }),
  'a path of a list': (p) => where({ [`list.${p}`]: 1 }),
  'a path of a text': (p) => where({ [`text.${p}`]: 1 }),
  'a path of authData': (p) => ({ method: 'GET', path: '/users', query: { where: { [`authData.${p}.id`]: 'x' } }, master: true, expects: 'nothing' }),
  'an operator': (p) => where({ text: { [`$${p}`]: 1 } }, 'refused'),
  'a field of an or': (p) => where({ $or: [{ [p]: 1 }, { text: 'nobody' }] }, 'refused'),
};

const kWhereValues = {
  'a text': (p) => where({ text: p }),
  'an id': (p) => where({ objectId: p }),
  'in': (p) => where({ text: { $in: [p, `${p}2`] } }),
  'not in': (p) => where({ text: { $nin: [p] } }, 'harmless'),
  'not equal': (p) => where({ text: { $ne: p } }, 'harmless'),
  'less and greater': (p) => where({ text: { $gt: p, $lt: p } }),
  'an element': (p) => where({ list: p }),
  'all elements': (p) => where({ list: { $all: [p] } }),
  'all elements by pattern': (p) => where({ list: { $all: [{ $regex: `^${p}` }] } }),
  'containing elements': (p) => where({ list: { $containedBy: [p] } }, 'harmless'),
  'a value of a path': (p) => where({ 'map.a': p }),
  'an object': (p) => where({ map: { [p]: p } }),
  'a pattern': (p) => where({ text: { $regex: p } }, 'harmless'),
  'a pattern whatever the case': (p) => where({ text: { $regex: p, $options: 'i' } }, 'harmless'),
  'a quoted pattern': (p) => where({ text: { $regex: `\\Q${p}\\E` } }),
  'a quoted beginning': (p) => where({ text: { $regex: `^\\Q${p}\\E` } }),
  'options of a pattern': (p) => where({ text: { $regex: 'x', $options: p } }, 'refused'),
  'a term': (p) => where({ text: { $text: { $search: { $term: p } } } }),
  'a language': (p) => where({ text: { $text: { $search: { $term: 'x', $language: p } } } }),
  'a number': (p) => where({ number: { $gt: p } }),
  'a flag': (p) => where({ flag: p }),
  'a date': (p) => where({ when: { $gt: { __type: 'Date', iso: p } } }),
  'a relative time': (p) => where({ when: { $gt: { $relativeTime: p } } }, 'refused'),
  'bytes': (p) => where({ bytes: { __type: 'Bytes', base64: p } }),
  'a file': (p) => where({ file: { __type: 'File', name: p } }),
  'the id of a pointer': (p) => where({ owner: pointer('Target', p) }),
  'the class of a pointer': (p) => where({ owner: pointer(p, 'abcdefghij') }),
  'the ids of pointers': (p) => where({ owner: { $in: [pointer('Target', p)] } }),
  'a latitude': (p) => where({ place: { $nearSphere: { __type: 'GeoPoint', latitude: p, longitude: 1 } } }, 'refused'),
  'a distance': (p) => where({ place: { $nearSphere: { __type: 'GeoPoint', latitude: 1, longitude: 1 }, $maxDistance: p } }, 'refused'),
  'a box': (p) => where({ place: { $within: { $box: [p, p] } } }, 'refused'),
  'a circle': (p) => where({ place: { $geoWithin: { $centerSphere: [[p, 1], 1] } } }, 'refused'),
  'a polygon': (p) => where({ place: { $geoWithin: { $polygon: [p, p, p] } } }, 'refused'),
  'a role in an ACL': (p) => where({ _rperm: p }),
};

const kSubqueries = {
  'the class of a sub-query': (p) => where({ owner: { $inQuery: { className: p, where: {} } } }),
  'a field of a sub-query': (p) => where({ owner: { $inQuery: { className: 'Target', where: { [p]: 1 } } } }, 'refused'),
  'a path of a sub-query': (p) => where({ owner: { $inQuery: { className: 'Target', where: { [`map.${p}`]: 1 } } } }),
  'a value of a sub-query': (p) => where({ owner: { $inQuery: { className: 'Target', where: { text: p } } } }),
  'a sub-query that is not to match': (p) => where({ owner: { $notInQuery: { className: 'Target', where: { text: p } } } }, 'harmless'),
  'the order of a sub-query': (p) => where({ owner: { $inQuery: { className: 'Target', where: {}, order: p, limit: 1 } } }, 'harmless'),
  'a selected key': (p) => where({ text: { $select: { query: { className: 'Target', where: {} }, key: p } } }),
  'a selected path': (p) => where({ text: { $select: { query: { className: 'Target', where: {} }, key: `map.${p}` } } }),
  'a key not selected': (p) => where({ text: { $dontSelect: { query: { className: 'Target', where: {} }, key: p } } }, 'harmless'),
  'the class of a selected key': (p) => where({ text: { $select: { query: { className: p, where: {} }, key: 'text' } } }),
  'the key of a relation': (p) => where({ $relatedTo: { object: pointer('Target', 'abcdefghij'), key: p } }),
  'the class of a relation': (p) => where({ $relatedTo: { object: pointer(p, 'abcdefghij'), key: 'mates' } }),
  'the id of a relation': (p) => where({ $relatedTo: { object: pointer('Target', p), key: 'mates' } }),
  'a member of a relation': (p) => where({ mates: pointer('Target', p) }),
};

const kParameters = {
  order: (p) => find({ order: p }, 'harmless'),
  'a downward order': (p) => find({ order: `-${p}` }, 'harmless'),
  'an order by a path': (p) => find({ order: `map.${p}` }, 'harmless'),
  'an order by a path of a text': (p) => find({ order: `text.${p}` }, 'harmless'),
  keys: (p) => find({ keys: p }, 'harmless'),
  'a path of keys': (p) => find({ keys: `map.${p}` }, 'harmless'),
  excludeKeys: (p) => find({ excludeKeys: p }, 'harmless'),
  include: (p) => find({ include: p }, 'harmless'),
  'a path of include': (p) => find({ include: `owner.${p}` }, 'harmless'),
  limit: (p) => find({ limit: p }, 'refused'),
  skip: (p) => find({ skip: p }, 'refused'),
  count: (p) => find({ count: p }, 'harmless'),
  hint: (p) => find({ hint: p }, 'harmless', { master: true }),
  readPreference: (p) => find({ readPreference: p }, 'harmless'),
  redirectClassNameForKey: (p) => find({ redirectClassNameForKey: p }, 'harmless'),
  'where as a text': (p) => find({ where: p }, 'refused'),
  'a parameter': (p) => find({ [p]: 1 }, 'refused'),
};

const kPaths = {
  'a class to find in': (p) => ({ method: 'GET', path: `/classes/${encodeURIComponent(p)}`, expects: 'nothing' }),
  'a class to create in': (p) => ({ method: 'POST', path: `/classes/${encodeURIComponent(p)}`, body: { a: 1 }, expects: 'refused' }),
  'an id to get': (p) => ({ method: 'GET', path: `${kTarget}/${encodeURIComponent(p)}`, expects: 'refused' }),
  'an id to update': (p) => ({ method: 'PUT', path: `${kTarget}/${encodeURIComponent(p)}`, body: { number: 1 }, expects: 'refused' }),
  'an id to delete': (p) => ({ method: 'DELETE', path: `${kTarget}/${encodeURIComponent(p)}`, expects: 'refused' }),
  'a user to get': (p) => ({ method: 'GET', path: `/users/${encodeURIComponent(p)}`, expects: 'refused' }),
  'a class to purge': (p) => ({ method: 'DELETE', path: `/purge/${encodeURIComponent(p)}`, master: true, expects: 'harmless' }),
};

const kCreates = {
  'the name of a field': (p) => create({ [p]: 1 }, 'harmless'),
  'a text': (p) => create({ text: p }, 'kept', ['text']),
  'a list': (p) => create({ list: [p, { a: p }] }, 'kept', ['list', '0']),
  'a value of an object': (p) => create({ map: { a: { b: p } } }, 'kept', ['map', 'a', 'b']),
  'a name in an object': (p) => create({ map: { [p]: p } }, 'kept', ['map', p]),
  'a file': (p) => create({ file: { __type: 'File', name: p } }, 'kept', ['file', 'name']),
  'the id of a pointer': (p) => create({ owner: pointer('Target', p) }, 'kept', ['owner', 'objectId']),
  'the class of a pointer': (p) => create({ other: pointer(p, 'abcdefghij') }),
  'the id of a member': (p) => create({ mates: { __op: 'AddRelation', objects: [pointer('Target', p)] } }, 'kept'),
  'the class of a member': (p) => create({ others: { __op: 'AddRelation', objects: [pointer(p, 'abcdefghij')] } }),
  'a name in an ACL': (p) => create({ ACL: { [p]: { read: true }, '*': { read: true } } }, 'kept', ['ACL', p, 'read']),
  'a role in an ACL': (p) => create({ ACL: { [`role:${p}`]: { read: true }, '*': { read: true } } }, 'kept', ['ACL', `role:${p}`, 'read']),
  'a date': (p) => create({ when: { __type: 'Date', iso: p } }),
  'a latitude': (p) => create({ place: { __type: 'GeoPoint', latitude: p, longitude: 1 } }),
  'a polygon': (p) => create({ area: { __type: 'Polygon', coordinates: [[0, 0], [0, p], [1, 1]] } }),
  'bytes': (p) => create({ bytes: { __type: 'Bytes', base64: p } }, 'kept', ['bytes', 'base64']),
  'a type': (p) => create({ something: { __type: p, a: 1 } }, 'kept'),
  'an operation': (p) => create({ number: { __op: p } }),
  'a number': (p) => create({ number: { __op: 'Increment', amount: p } }),
};

const kUpdates = {
  'the name of a field': (p) => update({ [p]: 1 }),
  'a name within an object': (p) => update({ [`map.${p}`]: 1 }),
  'a text within an object': (p) => update({ 'map.text': p }),
  'a name within an object to delete': (p) => update({ [`map.${p}`]: { __op: 'Delete' } }),
  'a name within an object to count up': (p) => update({ [`map.${p}`]: { __op: 'Increment', amount: 1 } }),
  'an amount within an object': (p) => update({ 'map.counter': { __op: 'Increment', amount: p } }, 'refused'),
  'an amount': (p) => update({ number: { __op: 'Increment', amount: p } }, 'refused'),
  'elements to add': (p) => update({ list: { __op: 'Add', objects: [p] } }),
  'elements to add once': (p) => update({ list: { __op: 'AddUnique', objects: [p, { [p]: 1 }] } }),
  'elements to remove': (p) => update({ list: { __op: 'Remove', objects: [p, { [p]: 1 }] } }),
  'a member': (p) => update({ mates: { __op: 'AddRelation', objects: [pointer('Target', p)] } }),
  'a member to remove': (p) => update({ mates: { __op: 'RemoveRelation', objects: [pointer('Target', p)] } }),
  'the class of a member': (p) => update({ mates: { __op: 'AddRelation', objects: [pointer(p, 'abcdefghij')] } }, 'refused'),
};

const kSchemas = {
  'the name of a class': (p) => schema('POST', p, { fields: { a: { type: 'Number' } } }),
  'the name of a class in the body': (p) => ({ method: 'POST', path: '/schemas', body: { className: p }, master: true, expects: 'refused' }),
  'a class to drop': (p) => schema('DELETE', p, undefined, 'harmless'),
  'a class to look at': (p) => schema('GET', p),
  'the name of a field': (p) => schema('PUT', 'Target', { fields: { [p]: { type: 'Number' } } }),
  'a field to drop': (p) => schema('PUT', 'Target', { fields: { [p]: { __op: 'Delete' } } }),
  'the type of a field': (p) => schema('PUT', 'Target', { fields: { fresh: { type: p } } }),
  'the class of a pointer': (p) => schema('PUT', 'Target', { fields: { fresh: { type: 'Pointer', targetClass: p } } }),
  'the name of an index': (p) => ({ ...schema('PUT', 'Target', { indexes: { [p]: { text: 1 } } }, 'harmless'), identifier: true }),
  'the key of an index': (p) => schema('PUT', 'Target', { indexes: { fresh_index: { [p]: 1 } } }),
  'the kind of an index': (p) => schema('PUT', 'Target', { indexes: { fresh_index: { text: p } } }),
  'an index to drop': (p) => ({ ...schema('PUT', 'Target', { indexes: { [p]: { __op: 'Delete' } } }, 'harmless'), identifier: true }),
  'a name in permissions': (p) => schema('PUT', 'Target', { classLevelPermissions: { find: { [p]: true } } }),
  'a key in permissions': (p) => schema('PUT', 'Target', { classLevelPermissions: { protectedFields: { '*': [p] } } }),
  'a pointer in permissions': (p) => schema('PUT', 'Target', { classLevelPermissions: { readUserFields: [p] } }),
};

const kAggregates = {
  distinct: (p) => aggregate({ distinct: p }),
  'a distinct path': (p) => aggregate({ distinct: `map.${p}` }),
  'a condition of distinct': (p) => aggregate({ distinct: 'text', where: { [`map.${p}`]: p } }),
  'a group': (p) => pipeline({ $group: { _id: `$${p}` } }),
  'a group by a path': (p) => pipeline({ $group: { _id: `$map.${p}` } }),
  'a group of several': (p) => pipeline({ $group: { _id: { [p]: `$${p}` } } }),
  'a sum': (p) => pipeline({ $group: { _id: null, total: { $sum: `$${p}` } } }),
  'the name of a sum': (p) => pipeline({ $group: { _id: null, [p]: { $sum: 1 } } }),
  'the operator of a sum': (p) => pipeline({ $group: { _id: null, total: { [`$${p}`]: '$number' } } }),
  'a matched field': (p) => pipeline({ $match: { [p]: 1 } }),
  'a matched path': (p) => pipeline({ $match: { [`map.${p}`]: 1 } }),
  'a matched value': (p) => pipeline({ $match: { text: p } }),
  'a projected field': (p) => pipeline({ $project: { [p]: 1 } }),
  'a projected value': (p) => pipeline({ $project: { made: `$${p}` } }),
  'a sorted field': (p) => pipeline({ $sort: { [p]: 1 } }),
  'a sorted path': (p) => pipeline({ $sort: { [`map.${p}`]: 1 } }),
  'a limit': (p) => pipeline({ $limit: p }),
  'an unwound list': (p) => pipeline({ $unwind: `$${p}` }),
  'an added field': (p) => pipeline({ $addFields: { [p]: `$${p}` } }),
  'a class to look up': (p) => pipeline({ $lookup: { from: p, localField: 'text', foreignField: 'text', as: 'found' } }),
  'keys to look up': (p) => pipeline({ $lookup: { from: 'Target', localField: p, foreignField: p, as: p } }),
  'a stage': (p) => pipeline({ [`$${p}`]: {} }),
};

const post = (path, body, rest = {}) => ({ method: 'POST', path, body, expects: 'harmless', ...rest });
const kAccounts = {
  'a name to log in': (p) => post('/login', { username: p, password: 'secret' }, { expects: 'refused', slow: true }),
  'a password': (p) => post('/login', { username: 'known', password: p }, { expects: 'refused', slow: true }),
  'an address to log in': (p) => post('/login', { email: p, password: 'secret' }, { expects: 'refused', slow: true }),
  'an address to reset': (p) => post('/requestPasswordReset', { email: p }),
  'a token to reset': (p) => post('/requestPasswordReset', { token: p }),
  'an operator for a name': (p) => post('/login', { username: { $regex: p }, password: 'secret' }, { expects: 'refused' }),
  'an id of authData': (p) => post('/login', { authData: { anonymous: { id: p } } }, { expects: 'refused' }),
  'an operator for an id of authData': (p) => post('/users', { authData: { anonymous: { id: { $gt: p } } } }, { expects: 'refused' }),
  'a provider of authData': (p) => post('/users', { authData: { [p]: { id: 'x' } } }, { expects: 'refused' }),
  'a user to log in as': (p) => post('/loginAs', { userId: p }, { master: true, expects: 'refused' }),
  'a name of a role': (p) => post('/roles', { name: p, ACL: { '*': { read: true } } }, { master: true }),
  'a device': (p) => post('/installations', { deviceType: 'ios', installationId: p, deviceToken: p }),
  'the name of a parameter': (p) => ({ method: 'PUT', path: '/config', body: { params: { [p]: p } }, master: true, expects: 'harmless' }),
  'a session token': (p) => post('/users/me', { _method: 'GET', _ApplicationId: kKeys.appId, _SessionToken: p }, { app: false, expects: 'refused' }),
};

const named = (group, positions) => Object.entries(positions).map(([title, make]) => [`${group}: ${title}`, make]);

/** [title, payload -> request] */
export const kPositions = [
  ...named('names of conditions', kWhereNames), ...named('values of conditions', kWhereValues), ...named('sub-queries', kSubqueries), ...named('parameters', kParameters),
  ...named('paths', kPaths), ...named('creates', kCreates), ...named('updates', kUpdates), ...named('schemas', kSchemas), ...named('aggregates', kAggregates), ...named('accounts', kAccounts),
];
