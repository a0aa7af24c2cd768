import { bytes, call, date, del, file, geo, get, master, pointer, polygon, post, put, scenario, seed } from '../lib/scenario.mjs';

const kAll = {
  number: 1.5, big: 9007199254740991, negative: -0.25, text: 'Grüße, 世界 🎉', yes: true, no: false, nothing: null,
  list: [1, 'two', [3], { four: 4 }, null, true], object: { a: { b: [1, { c: null }] }, empty: {} },
  when: date('2015-06-22T19:01:44.250Z'), raw: bytes('aGVsbG8='), where: geo(40.5, -30.25),
  picture: file('pic.png', 'http://example.com/pic.png'), friend: pointer('CreateTypes', 'abcdefghij'),
  area: polygon([0, 0], [0, 1], [1, 1], [1, 0]),
};

const types = scenario('create_types', { classes: ['CreateTypes'] }, [
  post('stores a value of every type', '/classes/CreateTypes', kAll, { save: 'all' }),
  get('gives back a value of every type', '/classes/CreateTypes/{{all}}'),
  get('finds it too', '/classes/CreateTypes', { where: { number: 1.5 } }),
  master.get('has given every column its type', '/schemas/CreateTypes'),
  post('an empty object', '/classes/CreateTypes', {}, { save: 'empty' }),
  get('gives back the empty object', '/classes/CreateTypes/{{empty}}'),
  post('no body at all', '/classes/CreateTypes', undefined),
  post('nulls for every column', '/classes/CreateTypes',
    { number: null, text: null, yes: null, list: null, object: null, when: null, raw: null, where: null, friend: null },
    { save: 'nulls' }),
  get('nulls are left out of the answer', '/classes/CreateTypes/{{nulls}}'),
  post('empty containers and an empty text', '/classes/CreateTypes', { list: [], object: {}, text: '' }, { save: 'hollow' }),
  get('empty containers come back', '/classes/CreateTypes/{{hollow}}'),
  post('zero, negative zero and an exponent', '/classes/CreateTypes', { number: 0, big: 1e21, negative: -1e-7 }, { save: 'zero' }),
  get('extreme numbers come back', '/classes/CreateTypes/{{zero}}'),
  post('a date without milliseconds', '/classes/CreateTypes', { when: date('2015-06-22T19:01:44Z') }, { save: 'short' }),
  get('a date without milliseconds comes back with them', '/classes/CreateTypes/{{short}}'),
  post('a date with an offset', '/classes/CreateTypes', { when: date('2015-06-22T19:01:44.250+02:00') }, { save: 'offset' }),
  get('a date with an offset comes back in UTC', '/classes/CreateTypes/{{offset}}'),
  post('typed values inside an object and a list', '/classes/CreateTypes',
    { object: { when: date('2015-06-22T19:01:44.250Z'), friend: pointer('CreateTypes', 'abcdefghij'), geo: geo(1, 2) },
      list: [date('2015-06-22T19:01:44.250Z'), pointer('CreateTypes', 'abcdefghij'), geo(1, 2), bytes('aGk=')] },
    { save: 'inner' }),
  get('typed values inside come back unchanged', '/classes/CreateTypes/{{inner}}'),
  post('a text with quotes, a backslash and control characters', '/classes/CreateTypes', { text: '\'"\\ \n\t\u0001' }, { save: 'odd' }),
  get('odd characters come back', '/classes/CreateTypes/{{odd}}'),
  post('a text with a NUL character', '/classes/CreateTypes', { text: 'a\u0000b' }),
  post('a file by name only', '/classes/CreateTypes', { picture: file('only.txt') }, { save: 'named' }),
  get('a file by name only comes back with an address', '/classes/CreateTypes/{{named}}', undefined, { mask: ['picture.url'] }),
]);

const kMalformed = {
  'a date without iso': { d: { __type: 'Date' } },
  'a date whose iso is a number': { d: { __type: 'Date', iso: 5 } },
  'a date whose iso is no date': { d: { __type: 'Date', iso: 'not a date' } },
  'bytes without base64': { b: { __type: 'Bytes' } },
  'a file without a name': { f: { __type: 'File' } },
  'a file whose name is a number': { f: { __type: 'File', name: 5 } },
  'a geo point without longitude': { g: { __type: 'GeoPoint', latitude: 1 } },
  'a geo point with text coordinates': { g: { __type: 'GeoPoint', latitude: '1', longitude: '2' } },
  'a latitude above 90': { g: geo(91, 0) },
  'a longitude below -180': { g: geo(0, -181) },
  'a pointer without objectId': { p: { __type: 'Pointer', className: 'CreateBad' } },
  'a pointer without className': { p: { __type: 'Pointer', objectId: 'abc' } },
  'a pointer to an impossible class': { p: pointer('no good', 'abc') },
  'a relation without className': { r: { __type: 'Relation' } },
  'a polygon without coordinates': { y: { __type: 'Polygon' } },
  'a polygon of two points': { y: polygon([0, 0], [1, 1]) },
  'a polygon of one repeated point': { y: polygon([0, 0], [0, 0], [0, 0]) },
  'a polygon with text coordinates': { y: polygon(['a', 'b'], [1, 1], [2, 2]) },
  'a polygon with one number for a point': { y: polygon([0], [1, 1], [2, 2]) },
  'an unknown __type': { u: { __type: 'Spaceship', name: 'x' } },
  'a __type that is a number': { u: { __type: 5 } },
  'an object type without className': { o: { __type: 'Object', objectId: 'abc' } },
};

const malformed = scenario('create_malformed', { classes: ['CreateBad'] },
  Object.entries(kMalformed).map(([title, body]) => post(title, '/classes/CreateBad', body)));

const kKeys = {
  'objectId in the body': { objectId: 'abcdefghij' },
  'id in the body': { id: 'abcdefghij' },
  'createdAt in the body': { createdAt: '2015-06-22T19:01:44.250Z' },
  'createdAt as a date object': { createdAt: date('2015-06-22T19:01:44.250Z') },
  'updatedAt in the body': { updatedAt: '2015-06-22T19:01:44.250Z' },
  'a key that begins with a digit': { '1a': 1 },
  'a key that begins with an underscore': { _a: 1 },
  'a key with a blank': { 'a b': 1 },
  'a key with a dash': { 'a-b': 1 },
  'a key with a dot': { 'a.b': 1 },
  'a key with a dollar': { $a: 1 },
  'an empty key': { '': 1 },
  'a key with an umlaut': { 'ü': 1 },
  'a key called length': { length: 1 },
  'a key called className': { className: 'CreateKeys' },
  'a key called ACL that is a text': { ACL: 'public' },
  'a key called _rperm': { _rperm: ['*'] },
  'a key called _hashed_password': { _hashed_password: 'x' },
  'a nested key with a dot': { o: { 'a.b': 1 } },
  'a nested key with a dollar': { o: { $a: 1 } },
  'a dollar key deep inside a list': { l: [{ deep: { 'x$y': 1 } }] },
  'the word constructor as a key': { constructor: 1 },
  'the word constructor nested': { o: { constructor: 1 } },
  'the word prototype as a key': { prototype: 1 },
  'a _bsontype key': { _bsontype: 'Code' },
  'a _bsontype of Code nested': { o: { _bsontype: 'Code' } },
  'a key called toString': { toString: 1 },
  'a long key': { ['k'.repeat(70)]: 1 },
};

const keys = scenario('create_keys', { classes: ['CreateKeys'] }, [
  Object.entries(kKeys).map(([title, body]) => post(title, '/classes/CreateKeys', body)),
  call('POST', 'a __proto__ key', '/classes/CreateKeys', { raw: '{"__proto__":{"a":1}}' }),
  call('POST', 'a __proto__ key nested', '/classes/CreateKeys', { raw: '{"o":{"__proto__":{"a":1}}}' }),
  master.get('what the class has learnt', '/schemas/CreateKeys'),
]);

const kNames = ['1Game', '_Game', 'Ga me', 'Ga-me', 'Ga.me', 'Gäme', '$Game', 'G%27', 'className', 'length', 'a'.repeat(64)];

const names = scenario('class_names', { classes: ['a'.repeat(64)] }, [
  kNames.map((name) => post(`creates in ${name}`, `/classes/${encodeURI(name)}`, { a: 1 })),
  kNames.map((name) => get(`finds in ${name}`, `/classes/${encodeURI(name)}`)),
  get('finds in a class nobody made', '/classes/NobodyMadeThis'),
  get('counts in a class nobody made', '/classes/NobodyMadeThis', { count: 1, limit: 0 }),
  get('gets from a class nobody made', '/classes/NobodyMadeThis/abcdefghij'),
  put('updates in a class nobody made', '/classes/NobodyMadeThat/abcdefghij', { a: 1 }),
  del('deletes from a class nobody made', '/classes/NobodyMadeThis/abcdefghij'),
  master.get('a find makes no class', '/schemas/NobodyMadeThis'),
]);

const life = scenario('object_life', { classes: ['LifeGame'] }, [
  post('creates', '/classes/LifeGame', { score: 1337, player: 'Sean', cheat: false }, { save: 'game' }),
  get('gets', '/classes/LifeGame/{{game}}'),
  put('updates one field', '/classes/LifeGame/{{game}}', { score: 73453 }),
  get('only that field has changed', '/classes/LifeGame/{{game}}'),
  put('updates with an empty body', '/classes/LifeGame/{{game}}', {}),
  put('updates without a body', '/classes/LifeGame/{{game}}', undefined),
  put('adds a field', '/classes/LifeGame/{{game}}', { level: 3 }),
  put('sets null', '/classes/LifeGame/{{game}}', { player: null }),
  get('null is not shown', '/classes/LifeGame/{{game}}'),
  put('writes back the whole object as an SDK may', '/classes/LifeGame/{{game}}',
    { objectId: '{{game}}', createdAt: '2015-06-22T19:01:44.250Z', updatedAt: '2015-06-22T19:01:44.250Z', score: 1 }),
  get('times of the client are ignored', '/classes/LifeGame/{{game}}'),
  put('an object that does not exist', '/classes/LifeGame/abcdefghij', { score: 1 }),
  get('an object that does not exist, read', '/classes/LifeGame/abcdefghij'),
  del('deletes', '/classes/LifeGame/{{game}}'),
  get('is gone', '/classes/LifeGame/{{game}}'),
  put('updates after delete', '/classes/LifeGame/{{game}}', { score: 1 }),
  del('deletes twice', '/classes/LifeGame/{{game}}'),
  get('the class is empty', '/classes/LifeGame'),
  get('gets with a where', '/classes/LifeGame/{{game}}', { where: {} }),
  get('gets with a limit', '/classes/LifeGame/{{game}}', { limit: 1 }),
  get('a trailing slash', '/classes/LifeGame/'),
  call('PATCH', 'an unsupported method', '/classes/LifeGame', { body: {} }, { status_only: true }),
  call('PUT', 'a put on the class', '/classes/LifeGame', { body: {} }, { status_only: true }),
  del('a delete on the class', '/classes/LifeGame', { status_only: true }),
  call('POST', 'a post on an object', '/classes/LifeGame/abcdefghij', { body: {} }, { status_only: true }),
  call('HEAD', 'a head on the class', '/classes/LifeGame'),
]);

const mismatch_values = {
  Number: 1, String: 'x', Boolean: true, Array: [1], Object: { a: 1 }, Date: date('2015-06-22T19:01:44.250Z'),
  GeoPoint: geo(1, 2), Pointer: pointer('MismatchGame', 'abcdefghij'), Bytes: bytes('aGk='), File: file('a.txt'),
  Polygon: polygon([0, 0], [0, 1], [1, 1]),
};
const other = (type) => (type === 'String' ? 'Number' : 'String');

const mismatch = scenario('type_mismatch', { classes: ['MismatchGame'] }, [
  seed('MismatchGame', { row: Object.fromEntries(Object.entries(mismatch_values).map(([type, value]) => [`f${type}`, value])) }),
  Object.keys(mismatch_values).map((type) =>
    post(`creates with ${other(type)} for ${type}`, '/classes/MismatchGame', { [`f${type}`]: mismatch_values[other(type)] })),
  Object.keys(mismatch_values).map((type) =>
    put(`updates with an Object for ${type}`, '/classes/MismatchGame/{{row}}', { [`f${type}`]: { a: 1 } })),
  put('a pointer to another class', '/classes/MismatchGame/{{row}}', { fPointer: pointer('OtherGame', 'abcdefghij') }),
  put('a list for an object', '/classes/MismatchGame/{{row}}', { fObject: [1] }),
  post('two geo points in one new object', '/classes/MismatchGame', { g1: geo(1, 1), g2: geo(2, 2) }),
  put('a second geo point column', '/classes/MismatchGame/{{row}}', { second: geo(1, 1) }),
]);

const identity = scenario('object_identity', { classes: ['LifeSelf'] }, [
  post('creates', '/classes/LifeSelf', { n: 1 }, { save: 'self' }),
  put('writes back its own objectId', '/classes/LifeSelf/{{self}}', { objectId: '{{self}}', n: 2 }),
  get('it has changed', '/classes/LifeSelf/{{self}}'),
  put('writes another objectId', '/classes/LifeSelf/{{self}}', { objectId: 'abcdefghij' }),
  get('what became of it', '/classes/LifeSelf/{{self}}'),
]);

export default [types, identity, malformed, keys, names, life, mismatch];
