// One good request for each thing the API can do; json_types_test.mjs spoils them. KNOWN_ID is an object that exists in
// the class Known, KNOWN_USER and its like those of accounts, FRESH a class that does not exist yet.
const kDate = { __type: 'Date', iso: '2026-01-01T00:00:00.000Z' };
const kPlace = { __type: 'GeoPoint', latitude: 40.5, longitude: -30.25 };
const kPointer = { __type: 'Pointer', className: 'Known', objectId: 'abcdefghij' };
const kTriangle = { __type: 'Polygon', coordinates: [[0, 0], [0, 1], [1, 1]] };

const kWheres = {
  comparisons: { number: { $lt: 5, $lte: 5, $gt: -5, $gte: -5, $ne: 3 } },
  sets: { text: { $in: ['x', 'y'], $nin: ['z'] }, list: { $all: [1] } },
  existence: { text: { $exists: true } },
  'a pattern': { text: { $regex: '^x', $options: 'i' } },
  containment: { list: { $containedBy: [1, 'a', 2] } },
  alternatives: { $or: [{ text: 'x' }, { number: 1 }], $and: [{ flag: true }] },
  'a sub-select': { pointer: { $inQuery: { className: 'Known', where: { text: 'x' }, limit: 5 } } },
  'a selected key': { text: { $select: { query: { className: 'Known', where: { number: 1 } }, key: 'text' } } },
  distance: { place: { $nearSphere: kPlace, $maxDistance: 0.5 } },
  'a box': { place: { $within: { $box: [kPlace, { __type: 'GeoPoint', latitude: 41, longitude: -30 }] } } },
  'a polygon': { place: { $geoWithin: { $polygon: [kPlace, { ...kPlace, latitude: 41 }, { ...kPlace, longitude: -29 }] } } },
  'a circle': { place: { $geoWithin: { $centerSphere: [kPlace, 0.5] } } },
  'full text': { text: { $text: { $search: { $term: 'x', $language: 'en' } } } },
  dates: { when: { $gte: kDate } },
  'relative time': { when: { $lt: { $relativeTime: '3 days ago' } } },
  'a pointer': { pointer: kPointer },
  'a nested key': { 'map.a.b': 1 },
  'a relation': { $relatedTo: { object: { ...kPointer }, key: 'friends' } },
};

const kFields = {
  text: 'x', number: 1.5, flag: true, list: [1, 'two', { three: 3 }], map: { a: { b: 1 } }, when: kDate, place: kPlace,
  pointer: kPointer, area: kTriangle, bytes: { __type: 'Bytes', base64: 'AQID' }, file: { __type: 'File', name: 'a.txt' },
  ACL: { '*': { read: true, write: true } },
};

const kOperations = {
  number: { __op: 'Increment', amount: 2 }, list: { __op: 'AddUnique', objects: [1, 'b'] }, text: { __op: 'Delete' },
  friends: { __op: 'AddRelation', objects: [kPointer] },
};

const kUser = { __type: 'Pointer', className: '_User', objectId: 'KNOWN_USER' };
const kMember = { __op: 'AddRelation', objects: [kUser] };
const kLogin = { username: 'known', password: 'secret' };

// Accounts. Those that only ask come before those that change.
const kAccountRequests = [
  { title: 'a login', method: 'POST', path: '/login', master: false, body: { ...kLogin, email: 'known@example.com' } },
  { title: 'a login in the query', method: 'GET', path: '/login', master: false, query: kLogin },
  { title: 'a password to verify', method: 'POST', path: '/verifyPassword', body: { ...kLogin, ignoreEmailVerification: true } },
  { title: 'a login as another', method: 'POST', path: '/loginAs', body: { userId: 'KNOWN_USER' } },
  { title: 'a challenge', method: 'POST', path: '/challenge', master: false, body: { challengeData: { anonymous: { a: 1 } } } },
  { title: 'a challenge by a name', method: 'POST', path: '/challenge', master: false, body: { ...kLogin, challengeData: { anonymous: {} } } },
  { title: 'a login with authData', method: 'POST', path: '/login', master: false, body: { ...kLogin, authData: { anonymous: { id: 'known' } } } },
  { title: 'a signup', method: 'POST', path: '/users', master: false, body: { username: 'mallory', password: 'secret', email: 'mallory@example.com', level: 1, ACL: { '*': { read: true } } } },
  { title: 'a signup by authData', method: 'POST', path: '/users', master: false, body: { authData: { anonymous: { id: 'one' } } } },
  { title: 'users by conditions', method: 'GET', path: '/users', query: { where: { username: 'x', emailVerified: true }, keys: 'username,authData', order: 'email' } },
  { title: 'a change of a user', method: 'PUT', path: '/users/KNOWN_USER', body: { level: 2, emailVerified: true, authData: { anonymous: { id: 'known' } } } },
  { title: 'a password reset', method: 'POST', path: '/requestPasswordReset', master: false, body: { email: 'known@example.com' } },
  { title: 'a password reset by an old token', method: 'POST', path: '/requestPasswordReset', master: false, body: { email: 'known@example.com', token: 'x' } },
  { title: 'a verification mail', method: 'POST', path: '/verificationEmailRequest', master: false, body: { email: 'known@example.com' } },
  { title: 'a session', method: 'POST', path: '/sessions', body: { user: kUser, sessionToken: 'r:0', expiresAt: kDate, createdWith: { action: 'login' }, installationId: 'phone' } },
  { title: 'a change of a session', method: 'PUT', path: '/sessions/KNOWN_SESSION', body: { user: kUser, expiresAt: kDate, createdWith: { action: 'login' }, note: 'x' } },
  { title: 'a role', method: 'POST', path: '/roles', body: { name: 'Keepers', ACL: { '*': { read: true } }, users: kMember, roles: { __op: 'AddRelation', objects: [{ ...kUser, className: '_Role' }] } } },
  { title: 'a change of a role', method: 'PUT', path: '/roles/KNOWN_ROLE', body: { level: 1, users: kMember } },
  { title: 'an installation', method: 'POST', path: '/installations', body: { deviceType: 'ios', deviceToken: 'a'.repeat(64), installationId: 'phone', channels: ['news'], badge: 1, appIdentifier: 'app' } },
  { title: 'a change of an installation', method: 'PUT', path: '/installations/KNOWN_INSTALLATION', body: { deviceType: 'ios', deviceToken: 'b'.repeat(64), installationId: 'tablet', badge: 2 } },
];

export const kRequests = [
  ...kAccountRequests,
  { title: 'create in a new class', method: 'POST', path: '/classes/FRESH', body: kFields },
  { title: 'create with operations', method: 'POST', path: '/classes/FRESH', body: kOperations },
  { title: 'create in a class with a schema', method: 'POST', path: '/classes/Known', body: { text: 'x', number: 1, flag: true, list: [], map: {}, when: kDate, place: kPlace } },
  { title: 'update with values', method: 'PUT', path: '/classes/Known/KNOWN_ID', body: { text: 'x', number: 1, flag: true, list: [1], map: { a: { b: 1 } }, when: kDate, place: kPlace } },
  { title: 'update with operations', method: 'PUT', path: '/classes/Known/KNOWN_ID', body: { ...kOperations, 'map.a.b': 7 } },
  { title: 'add and remove elements', method: 'PUT', path: '/classes/Known/KNOWN_ID', body: { list: { __op: 'Remove', objects: [1] }, number: { __op: 'Increment', amount: -1 } } },
  { title: 'several relation changes', method: 'PUT', path: '/classes/Known/KNOWN_ID', body: { friends: { __op: 'Batch', ops: [{ __op: 'AddRelation', objects: [kPointer] }, { __op: 'RemoveRelation', objects: [kPointer] }] } } },
  { title: 'find parameters', method: 'GET', path: '/classes/Known', query: { limit: 5, skip: 0, order: '-number,text', keys: 'text,number', include: 'pointer', count: 1, excludeKeys: 'flag' } },
  { title: 'find parameters in a tunnelled body', method: 'POST', path: '/classes/Known', body: { _method: 'GET', where: { number: 1 }, limit: 5, skip: 0, order: 'text', keys: 'text', include: 'pointer', count: 1 } },
  { title: 'explain and hints', method: 'GET', path: '/classes/Known', query: { explain: true, comment: 'a remark' } },
  { title: 'one object with parameters', method: 'GET', path: '/classes/Known/KNOWN_ID', query: { keys: 'text', include: 'pointer', excludeKeys: 'flag' } },
  ...Object.entries(kWheres).map(([title, where]) => ({ title: `find by ${title}`, method: 'GET', path: '/classes/Known', query: { where } })),
  { title: 'distinct', method: 'GET', path: '/aggregate/Known', query: { distinct: 'text', where: { number: 1 } } },
  { title: 'a pipeline', method: 'GET', path: '/aggregate/Known', query: { pipeline: [
    { $match: { number: { $gt: 0 } } }, { $addFields: { twice: { $multiply: ['$number', 2] } } }, { $unwind: '$list' },
    { $group: { _id: '$text', total: { $sum: '$number' }, most: { $max: '$number' } } }, { $project: { total: 1 } },
    { $sort: { total: -1 } }, { $skip: 0 }, { $limit: 5 } ] } },
  { title: 'sample and count', method: 'GET', path: '/aggregate/Known', query: { pipeline: [{ $sample: { size: 2 } }, { $count: 'number' }] } },
  { title: 'a batch', method: 'POST', path: '/batch', body: { requests: [
    { method: 'POST', path: '/parse/classes/Known', body: { text: 'b' } }, { method: 'GET', path: '/parse/classes/Known', body: { limit: 1 } } ] } },
  { title: 'a batch as transaction', method: 'POST', path: '/batch', body: { transaction: false, requests: [
    { method: 'POST', path: '/parse/classes/Known', body: { text: 'b', number: 2 } } ] } },
  { title: 'make a class', method: 'POST', path: '/schemas/FRESH', body: {
    fields: { text: { type: 'String', required: true, defaultValue: 'x' }, to: { type: 'Pointer', targetClass: 'Known' } },
    indexes: { by_text: { text: 1 } }, classLevelPermissions: { find: { '*': true }, get: { requiresAuthentication: true }, create: {} } } },
  { title: 'change a class', method: 'PUT', path: '/schemas/Known', body: { classLevelPermissions: { find: { '*': true }, get: { '*': true }, create: { '*': true }, update: { '*': true }, delete: { '*': true }, addField: { '*': true }, protectedFields: { '*': ['text'] } } } },
  { title: 'set configuration', method: 'PUT', path: '/config', body: { params: { text: 'x', number: 1, list: [1] }, masterKeyOnly: { text: true } } },
  { title: 'an event', method: 'POST', path: '/events/Opened', body: { dimensions: { a: 'b' }, at: kDate } },
  { title: 'a schedule of a job', method: 'POST', path: '/cloud_code/jobs', body: { job_schedule: { description: 'x', params: '{"a":1}', startAfter: '2999-01-01T00:00:00.000Z', daysOfWeek: [1, 1, 1, 1, 1, 1, 1], timeOfDay: '16:00:00.000Z', repeatMinutes: 1440 } } },
  { title: 'the query statistics', method: 'GET', path: '/queryStats' },
  { title: 'the log', method: 'GET', path: '/scriptlog', query: { size: 5, level: 'info', order: 'desc', from: '2026-01-01T00:00:00.000Z', until: '2030-01-01T00:00:00.000Z' } },
  { title: 'a new installation', method: 'POST', path: '/installations', master: false, body: { installationId: 'INST', deviceToken: 'TOKEN', deviceType: 'ios', channels: ['a'], badge: 1, appIdentifier: 'x' } },
  { title: 'tunnelled keys', method: 'POST', path: '/classes/Known', app: false, master: false, headers: { 'Content-Type': 'text/plain' }, body: {
    _method: 'POST', _ApplicationId: 'APPLICATION_ID', _ClientVersion: 'js8.5.0', _InstallationId: 'inst', _MasterKey: 'MASTER_KEY', text: 'x' } },
  { title: 'a delete with a body', method: 'DELETE', path: '/classes/Known/KNOWN_ID', body: { a: 1 } },
];
