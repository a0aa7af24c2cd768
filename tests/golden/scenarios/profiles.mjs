// What other options change. Each scenario runs on the server of its profile.
import { call, del, get, master, op, pointer, post, put, scenario, schema, seed } from '../lib/scenario.mjs';

const once = (id) => ({ headers: { 'X-Parse-Request-Id': id } });

const idempotency = scenario('idempotency', { profile: 'idempotency', classes: ['IdemGame', 'IdemMoreGame', 'IdemFree'] }, [
  post('the first', '/classes/IdemGame', { n: 1 }, { ...once('one'), save: 'row' }),
  post('the same again', '/classes/IdemGame', { n: 1 }, once('one')),
  post('another', '/classes/IdemGame', { n: 2 }, once('two')),
  post('without an id', '/classes/IdemGame', { n: 3 }),
  post('without an id again', '/classes/IdemGame', { n: 3 }),
  put('an update', '/classes/IdemGame/{{row}}', { n: op('Increment', { amount: 1 }) }, once('three')),
  put('the same update again', '/classes/IdemGame/{{row}}', { n: op('Increment', { amount: 1 }) }, once('three')),
  put('an update with the id of a create', '/classes/IdemGame/{{row}}', { n: 9 }, once('one')),
  get('a get is not counted', '/classes/IdemGame/{{row}}', {}, once('one')),
  post('a class by pattern', '/classes/IdemMoreGame', { n: 1 }, once('four')),
  post('a class by pattern again', '/classes/IdemMoreGame', { n: 1 }, once('four')),
  post('a class that is not listed', '/classes/IdemFree', { n: 1 }, once('five')),
  post('a class that is not listed again', '/classes/IdemFree', { n: 1 }, once('five')),
  post('one that fails', '/classes/IdemGame', { n: 'text' }, once('six')),
  post('the failed one again', '/classes/IdemGame', { n: 5 }, once('six')),
  post('an empty id', '/classes/IdemGame', { n: 7 }, once('')),
  post('the master key again', '/classes/IdemGame', { n: 1 }, { ...once('one'), as: 'master' }),
  get('how many there are', '/classes/IdemGame', { count: 1, limit: 0 }),
]);

const kTwice = 'A duplicate value';
const custom = scenario('custom_object_id', { profile: 'custom_id', classes: ['OwnId'] }, [
  post('an id of its own', '/classes/OwnId', { objectId: 'myOwnId', n: 1 }),
  get('is found by it', '/classes/OwnId/myOwnId'),
  post(`the same id again: ${kTwice}`, '/classes/OwnId', { objectId: 'myOwnId', n: 2 }),
  post('an empty id', '/classes/OwnId', { objectId: '' }),
  post('a null id', '/classes/OwnId', { objectId: null }),
  post('an id that is a number', '/classes/OwnId', { objectId: 5 }),
  post('an id that is an object', '/classes/OwnId', { objectId: { a: 1 } }),
  post('a long id', '/classes/OwnId', { objectId: 'x'.repeat(120) }),
  post('an id with odd characters', '/classes/OwnId', { objectId: 'a b/c' }),
  post('no id', '/classes/OwnId', { n: 3 }),
  post('a key called id', '/classes/OwnId', { id: 'other' }),
  put('an update keeps it', '/classes/OwnId/myOwnId', { n: 5 }),
  post('a batch', '/batch', { requests: [{ method: 'POST', path: '/parse/classes/OwnId', body: { objectId: 'inBatch', n: 6 } },
    { method: 'POST', path: '/parse/classes/OwnId', body: { objectId: '' } }] }),
  get('is found after the batch', '/classes/OwnId/inBatch'),
  schema('OwnId2', {}, {}, 'declares another class'),
  master.del('drops it', '/schemas/OwnId2'),
]);

const nested = (depth) => (depth === 0 ? { n: 1 } : { $or: [nested(depth - 1)] });
const sub = (depth) => (depth === 0 ? {} : { next: { $inQuery: { className: 'LimNode', where: sub(depth - 1) } } });
const kLim = '/classes/LimNode';
const kMaster = { as: 'master' };
const finds = (title, query, options = {}) => get(title, kLim, { order: 'n', keys: 'n', ...query }, options);

const limits = scenario('limits', { profile: 'limits', classes: ['LimNode'] }, [
  seed('LimNode', Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`r${index}`, { n: index }]))),
  put('links one', `${kLim}/{{r0}}`, { next: pointer('LimNode', '{{r1}}'),
    other: pointer('LimNode', '{{r2}}'), third: pointer('LimNode', '{{r3}}'), fourth: pointer('LimNode', '{{r4}}') }),
  finds('the default limit', {}),
  finds('a limit above the greatest', { limit: 100 }),
  finds('a limit below the greatest', { limit: 4 }),
  finds('a limit above the greatest with the master key', { limit: 100 }, kMaster),
  finds('where of allowed depth', { where: nested(2) }),
  finds('where too deep', { where: nested(3) }),
  finds('where too deep with the master key', { where: nested(3) }, kMaster),
  finds('$and too deep', { where: { $and: [{ $and: [{ $and: [{ n: 1 }] }] }] } }),
  finds('$nor too deep', { where: { $nor: [{ $nor: [{ $nor: [{ n: 1 }] }] }] } }),
  finds('sub-queries of allowed depth', { where: sub(2), limit: 0 }),
  finds('sub-queries too deep', { where: sub(3) }),
  finds('sub-queries too deep with the master key', { where: sub(3), limit: 0 }, kMaster),
  finds('include of allowed depth', { include: 'next.next', limit: 1 }),
  finds('include too deep', { include: 'next.next.next' }),
  finds('include too deep with the master key', { include: 'next.next.next', limit: 1 }, kMaster),
  finds('as many includes as allowed', { include: 'next,other,third', limit: 1 }),
  finds('too many includes', { include: 'next,other,third,fourth' }),
  finds('parents count too', { include: 'next.next,other.next' }),
  finds('too many includes with the master key', { include: 'next,other,third,fourth', limit: 1 }, kMaster),
  get('include too deep on a get', `${kLim}/{{r0}}`, { include: 'next.next.next' }),
  finds('a pattern', { where: { s: { $regex: 'a' } } }),
  finds('a pattern inside $or', { where: { $or: [{ s: { $regex: 'a' } }] } }),
  finds('a pattern with the master key', { where: { s: { $regex: 'a' } } }, kMaster),
  post('a batch as large as allowed', '/batch', { requests: Array(4).fill({ method: 'GET', path: '/parse/classes/LimNode?limit=0' }) }),
  post('a batch that is too large', '/batch', { requests: Array(5).fill({ method: 'GET', path: '/parse/classes/LimNode?limit=0' }) }),
  post('a batch that is too large with the master key', '/batch', { requests: Array(5).fill({ method: 'GET', path: '/parse/classes/LimNode?limit=0' }) }, kMaster),
  post('a body below the limit', kLim, { s: 'x'.repeat(9000) }),
  post('a body above the limit', kLim, { s: 'x'.repeat(11000) }),
]);

const denylist = scenario('denylist', { profile: 'denylist', classes: ['DenyGame'] }, [
  post('a forbidden key', '/classes/DenyGame', { forbidden: 1 }),
  post('a forbidden key nested', '/classes/DenyGame', { o: { deep: { forbidden: 1 } } }),
  post('a forbidden key in a list', '/classes/DenyGame', { l: [{ a: 1 }, { forbidden: 1 }] }),
  post('a forbidden key after an object', '/classes/DenyGame', { a: {}, forbidden: 1 }),
  post('a forbidden value', '/classes/DenyGame', { s: 'bad word' }),
  post('a forbidden value nested', '/classes/DenyGame', { o: { s: ['bad word'] } }),
  post('a value that contains it', '/classes/DenyGame', { s: 'no bad word here' }),
  post('a value that is part of it', '/classes/DenyGame', { s: 'bad' }),
  post('key and value together', '/classes/DenyGame', { both: 'together' }),
  post('the key with another value', '/classes/DenyGame', { both: 'apart' }),
  post('the value under another key', '/classes/DenyGame', { s: 'together' }, { save: 'row' }),
  put('an update with a forbidden key', '/classes/DenyGame/{{row}}', { forbidden: 1 }),
  put('an update with a dotted forbidden key', '/classes/DenyGame/{{row}}', { 'o.forbidden': 1 }),
  put('an update with a forbidden value', '/classes/DenyGame/{{row}}', { s: 'bad word' }),
  put('an operation with a forbidden value', '/classes/DenyGame/{{row}}', { list: op('Add', { objects: ['bad word'] }) }),
  post('the usual words are allowed now', '/classes/DenyGame', { o: { constructor: 1, _bsontype: 'Code' } }),
  get('a query for a forbidden key', '/classes/DenyGame', { where: { forbidden: 1 } }),
]);

const detailed = scenario('detailed_errors', { profile: 'detailed', classes: ['DetGame', 'DetShut'] }, [
  post('creates in a class that is not there', '/classes/DetNowhere', { n: 1 }),
  get('finds in a class that is not there', '/classes/DetNowhere'),
  get('gets from a class that is not there', '/classes/DetNowhere/abcdefghij'),
  put('updates in a class that is not there', '/classes/DetNowhere/abcdefghij', { n: 1 }),
  del('deletes from a class that is not there', '/classes/DetNowhere/abcdefghij'),
  master.post('the master makes a class by creating', '/classes/DetGame', { n: 1 }, { save: 'row' }),
  post('the class is there now', '/classes/DetGame', { n: 2 }),
  post('a new field is allowed', '/classes/DetGame', { fresh: 2 }),
  get('schemas', '/schemas'),
  del('purge', '/purge/DetGame'),
  put('config', '/config', { params: { a: 1 } }),
  put('config with the read-only master key', '/config', { params: { a: 1 } }, { as: 'readOnly' }),
  get('serverInfo', '/serverInfo'),
  get('scriptlog', '/scriptlog'),
  get('aggregate', '/aggregate/DetGame', { distinct: 'n' }),
  get('an internal class', '/classes/_Hooks'),
  post('an internal class, written', '/classes/_Hooks', {}),
  get('a join table', '/classes/_Join:a:B'),
  del('an installation', '/classes/_Installation/abcdefghij'),
  get('installations', '/classes/_Installation'),
  get('sessions', '/classes/_Session'),
  post('read-only creates', '/classes/DetGame', { n: 1 }, { as: 'readOnly' }),
  put('read-only updates', '/classes/DetGame/{{row}}', { n: 1 }, { as: 'readOnly' }),
  del('read-only deletes', '/classes/DetGame/{{row}}', { as: 'readOnly' }),
  del('read-only purges', '/purge/DetGame', { as: 'readOnly' }),
  post('read-only makes a schema', '/schemas/DetX', {}, { as: 'readOnly' }),
  put('read-only changes a schema', '/schemas/DetGame', {}, { as: 'readOnly' }),
  del('read-only deletes a schema', '/schemas/DetGame', { as: 'readOnly' }),
  schema('DetShut', { n: { type: 'Number' } }, { classLevelPermissions: { find: {}, get: {}, count: {}, create: {}, update: {}, delete: {}, addField: {} } }),
  post('a closed class, create', '/classes/DetShut', { n: 1 }),
  get('a closed class, find', '/classes/DetShut'),
  get('a closed class, count', '/classes/DetShut', { count: 1, limit: 0 }),
  get('a closed class, get', '/classes/DetShut/abcdefghij'),
  put('a closed class, update', '/classes/DetShut/abcdefghij', { n: 1 }),
  del('a closed class, delete', '/classes/DetShut/abcdefghij'),
  get('$or that is an object', '/classes/DetGame', { where: { $or: { n: 1 } } }),
  call('POST', 'the master key is needed inside a batch', '/batch', { body: { requests: [{ method: 'GET', path: '/parse/schemas' }] } }),
]);

const key = (name, value) => ({ headers: { [name]: value } });
const kKeyPath = '/classes/KeyGame';

const client_keys = scenario('client_keys', { profile: 'client_keys', classes: [] }, [
  get('no client key', kKeyPath),
  get('the REST key', kKeyPath, {}, key('X-Parse-REST-API-Key', 'REST_KEY')),
  get('the client key', kKeyPath, {}, key('X-Parse-Client-Key', 'CLIENT_KEY')),
  get('the JavaScript key', kKeyPath, {}, key('X-Parse-Javascript-Key', 'JAVASCRIPT_KEY')),
  get('the Windows key', kKeyPath, {}, key('X-Parse-Windows-Key', 'WINDOWS_KEY')),
  get('a wrong REST key', kKeyPath, {}, key('X-Parse-REST-API-Key', 'wrong')),
  get('a wrong key and a right one', kKeyPath, {}, { headers: { 'X-Parse-REST-API-Key': 'wrong', 'X-Parse-Client-Key': 'CLIENT_KEY' } }),
  get('a key under another name', kKeyPath, {}, key('X-Parse-Client-Key', 'REST_KEY')),
  get('an empty key', kKeyPath, {}, key('X-Parse-REST-API-Key', '')),
  get('the master key needs none', kKeyPath, {}, { as: 'master' }),
  get('the read-only master key needs none', kKeyPath, {}, { as: 'readOnly' }),
  get('the maintenance key', kKeyPath, {}, { as: 'maintenance' }),
  get('a wrong master key', kKeyPath, {}, key('X-Parse-Master-Key', 'wrong')),
  get('health needs none', '/health', {}, { as: 'nobody' }),
  call('POST', 'the JavaScript key in the body', kKeyPath, { raw: '{"_ApplicationId":"${appId}","_JavaScriptKey":"JAVASCRIPT_KEY","_method":"GET"}' },
    { as: 'nobody', headers: { 'Content-Type': 'text/plain' } }),
  call('POST', 'a wrong JavaScript key in the body', kKeyPath, { raw: '{"_ApplicationId":"${appId}","_JavaScriptKey":"wrong","_method":"GET"}' },
    { as: 'nobody', headers: { 'Content-Type': 'text/plain' } }),
]);

export default [idempotency, custom, limits, denylist, detailed, client_keys];
