// Classes with every type of field, declared and grown, and the objects in them.
import { bytes, date, file, geo, master, op, pointer, polygon, post, put, schema, seed } from '../../golden/lib/scenario.mjs';

const kFields = {
  text: { type: 'String' }, number: { type: 'Number' }, flag: { type: 'Boolean' }, when: { type: 'Date' },
  nested: { type: 'Object' }, list: { type: 'Array' }, raw: { type: 'Bytes' }, photo: { type: 'File' },
  owner: { type: 'Pointer', targetClass: '_User' }, next: { type: 'Pointer', targetClass: 'Everything' },
  place: { type: 'GeoPoint' }, area: { type: 'Polygon' },
  fans: { type: 'Relation', targetClass: '_User' }, mates: { type: 'Relation', targetClass: 'Everything' },
};

const kSquare = polygon([0, 0], [0, 10], [10, 10], [10, 0], [0, 0]);

const kRows = {
  full: { text: 'all of it', number: 42, flag: true, when: date('2020-02-29T23:59:59.999Z'),
    nested: { a: { b: [1, { c: null }], 'key with blank': 'x' }, d: date('2001-01-01T00:00:00.000Z'), n: null },
    list: [1, 'two', true, null, { five: 5 }, ['six', [7]], date('2010-10-10T10:10:10.010Z'), pointer('_User', '{{alice}}'), geo(1, 2), bytes('AQID')],
    raw: bytes('SGVsbG8gV29ybGQ='), photo: file('photo.png'), owner: pointer('_User', '{{alice}}'), place: geo(40.5, -30.25), area: kSquare },
  empty: {},
  nulls: { text: null, number: null, flag: null, when: null, nested: null, list: null, owner: null, place: null },
  zero: { text: '', number: 0, flag: false, when: date('1970-01-01T00:00:00.000Z'), nested: {}, list: [], place: geo(0, 0) },
  negative: { text: 'negative', number: -17.25, when: date('1901-12-13T20:45:52.001Z'), place: geo(-90, -180), list: [-1, -2.5] },
  fraction: { text: 'fraction', number: 0.1, place: geo(51.5074, -0.1278), list: [0.1, 1e-7, 1e21] },
  large: { text: 'large', number: 9007199254740991, place: geo(90, 180), list: [9007199254740991] },
  huge: { text: 'huge', number: 1.7976931348623157e308 },
  tiny: { text: 'tiny', number: 5e-324 },
  whole_double: { text: 'whole', number: 1e15 },
  old: { text: 'old', when: date('0001-01-01T00:00:00.000Z') },
  late: { text: 'late', when: date('9999-12-31T23:59:59.999Z') },
  unicode: { text: 'žluťoučký 中文 😀 \u0001 \t "quoted" \'single\' \\back\\ ; -- $1 $$ %s', nested: { 'ключ': '値', 'a"b': 1, "it's": 2, 'back\\slash': 3 },
    list: ['中文', '😀', "it's", '"q"', '\\', 'a,b', '{x}', 'NULL', ''] },
  percent: { text: '100% _sure_ \\% done' },
  lines: { text: 'first line\nsecond line\r\nthird' },
  long: { text: 'long '.repeat(2000), list: Array.from({ length: 500 }, (_, index) => index) },
};

const objects = [
  schema('Everything', kFields),
  seed('Everything', kRows),
  put('full is followed by zero', '/classes/Everything/{{full}}', { next: pointer('Everything', '{{zero}}') }),
  put('zero is followed by negative', '/classes/Everything/{{zero}}', { next: pointer('Everything', '{{negative}}'), owner: pointer('_User', '{{olga}}') }),
  put('negative is followed by one who is gone', '/classes/Everything/{{negative}}', { next: pointer('Everything', 'notthereAA'), owner: pointer('_User', '{{gone}}') }),
  put('full has fans and mates', '/classes/Everything/{{full}}', {
    fans: op('AddRelation', { objects: ['alice', 'bob', 'olga'].map((name) => pointer('_User', `{{${name}}}`)) }),
    mates: op('AddRelation', { objects: ['zero', 'fraction', 'unicode'].map((name) => pointer('Everything', `{{${name}}}`)) }) }),
  put('zero has full as a mate', '/classes/Everything/{{zero}}', { mates: op('AddRelation', { objects: [pointer('Everything', '{{full}}')] }) }),
  put('one of the fans leaves', '/classes/Everything/{{full}}', { fans: op('RemoveRelation', { objects: [pointer('_User', '{{olga}}')] }) }),
];

// Rows to look for: many, with values that repeat.
const game = (number) => ({
  score: number * 10, playerName: `Player ${number % 7}`, cheatMode: number % 3 === 0, tags: ['all', `t${number % 5}`, number % 2 ? 'odd' : 'even'],
  where: geo(40 + number / 10, -30 + number / 10), at: date(new Date(Date.UTC(2024, 0, 1 + number)).toISOString()),
  meta: { level: number % 4, path: { deep: number % 6, name: `n${number % 3}` } },
  ...(number % 4 ? { bonus: number / 4 } : {}), champion: pointer('_User', number % 2 ? '{{alice}}' : '{{bob}}'),
  first: pointer('Everything', number % 3 ? '{{full}}' : '{{zero}}'), parts: [pointer('Everything', '{{full}}'), pointer('Everything', '{{negative}}')],
});

const games = [
  seed('GameScore', Object.fromEntries(Array.from({ length: 40 }, (_, number) => [`game${number}`, game(number)]))),
  post('counts up from nothing', '/classes/Grown', { counter: op('Increment', { amount: 5 }), unique: op('AddUnique', { objects: ['b', 'a'] }) }, { save: 'grown' }),
  put('counts on', '/classes/Grown/{{grown}}', { counter: op('Increment', { amount: -7.5 }), unique: op('AddUnique', { objects: ['a', 'c'] }) }),
  put('adds and removes', '/classes/Grown/{{grown}}', { list: op('Add', { objects: [1, 2, 2, { a: 1 }] }) }),
  put('removes', '/classes/Grown/{{grown}}', { list: op('Remove', { objects: [2] }), nested: { a: 1, b: 2 } }),
  put('a part of an object', '/classes/Grown/{{grown}}', { 'nested.a': 10, 'nested.c': 3 }),
  put('a field goes', '/classes/Grown/{{grown}}', { unique: op('Delete') }),
  seed('Polygons', { unit: { area: polygon([0, 0], [0, 1], [1, 1], [1, 0]) }, far: { area: polygon([50, 50], [50, 60], [60, 60]) }, none: { n: 1 } }),
  seed('Texts', { one: { body: 'The quick brown fox jumps over the lazy dog', rank: 1 }, two: { body: 'Foxes are quicker than dogs', rank: 2 },
    three: { body: 'nothing of that sort', rank: 3 } }),
  master.post('once', '/classes/Once', { n: 1 }, { save: 'once', headers: { 'X-Parse-Request-Id': 'request-before-the-change' } }),
];

export default [objects, games];
