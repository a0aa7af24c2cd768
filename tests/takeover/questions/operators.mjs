// Finds with every operator, on every type of field.
import { date, finds, geo, get, master, pointer } from '../../golden/lib/scenario.mjs';

const games = (table) => finds('GameScore', table, { order: 'score', keys: 'score' });
const all = (table) => finds('Everything', table, { keys: 'text' });

const comparisons = games({
  'equal to a number': { score: 100 },
  'equal by $eq': { score: { $eq: 100 } },
  'less than': { score: { $lt: 50 } },
  'less than or equal': { score: { $lte: 50 } },
  'greater than': { score: { $gt: 350 } },
  'greater than or equal and less': { score: { $gte: 200, $lt: 250 } },
  'not equal': { playerName: { $ne: 'Player 1' } },
  'not equal to null': { bonus: { $ne: null } },
  'equal to null': { bonus: null },
  'not equal matches the missing too': { bonus: { $ne: 0.25 } },
  'of a text range': { playerName: { $gte: 'Player 5' } },
  'true': { cheatMode: true },
  'not true': { cheatMode: { $ne: true } },
  'in': { playerName: { $in: ['Player 1', 'Player 3', 'nobody'] } },
  'in nothing': { playerName: { $in: [] } },
  'in with null': { bonus: { $in: [0.25, null] } },
  'not in': { playerName: { $nin: ['Player 0', 'Player 1', 'Player 2'] } },
  'not in nothing': { playerName: { $nin: [] } },
  'numbers in': { score: { $in: [0, 10, 390, 5] } },
  'exists': { bonus: { $exists: true } },
  'does not exist': { bonus: { $exists: false } },
  'a field nobody has': { nobody: 1 },
  'a field nobody has does not exist': { nobody: { $exists: false } },
  'not': { score: { $not: { $gt: 30 } } },
  'dates before': { at: { $lt: date('2024-01-05T00:00:00.000Z') } },
  'dates between': { at: { $gte: date('2024-01-31T00:00:00.000Z'), $lte: date('2024-02-02T00:00:00.000Z') } },
  'a date': { at: date('2024-01-10T00:00:00.000Z') },
  'a date or another': { at: { $in: [date('2024-01-10T00:00:00.000Z'), date('2024-01-11T00:00:00.000Z')] } },
});

const combined = games({
  'or': { $or: [{ score: { $lt: 20 } }, { playerName: 'Player 6' }] },
  'and': { $and: [{ score: { $lt: 200 } }, { playerName: 'Player 6' }] },
  'nor': { $nor: [{ score: { $lt: 200 } }, { playerName: 'Player 6' }] },
  'or within and, beside a field': { cheatMode: false, $and: [{ $or: [{ score: 10 }, { score: 20 }] }, { $or: [{ score: 20 }, { score: 30 }] }] },
  'or of one': { $or: [{ score: 10 }] },
});

const arrays = games({
  'contains': { tags: 'odd' },
  'contains one of': { tags: { $in: ['t1', 't2'] } },
  'contains none of': { tags: { $nin: ['t1', 't2', 'odd'] } },
  'contains all': { tags: { $all: ['odd', 't3'] } },
  'contains all by their beginnings': { tags: { $all: [{ $regex: '^od' }, { $regex: '^t3' }] } },
  'contained by': { tags: { $containedBy: ['all', 'odd', 't1'] } },
  'does not contain': { tags: { $ne: 'odd' } },
  'equal to a list': { tags: ['all', 't1', 'odd'] },
  'contains a pointer': { parts: { $all: [pointer('Everything', '{{negative}}')] } },
  'an element that is an object': { parts: { $in: [pointer('Everything', '{{full}}')] } },
});

const dotted = games({
  'a path': { 'meta.level': 2 },
  'a path of three': { 'meta.path.deep': 5 },
  'a path to a text': { 'meta.path.name': 'n1' },
  'a path greater than': { 'meta.path.deep': { $gt: 4 } },
  'a path in': { 'meta.path.name': { $in: ['n1', 'n2'] } },
  'a path that exists': { 'meta.path.deep': { $exists: true } },
  'a path that does not exist': { 'meta.path.shallow': { $exists: false } },
  'a path not equal': { 'meta.level': { $ne: 1 } },
  'an object that is equal': { meta: { level: 1, path: { deep: 1, name: 'n1' } } },
  'a path by pattern': { 'meta.path.name': { $regex: '^n[12]' } },
});

const patterns = [
  games({
    'a pattern': { playerName: { $regex: '^Player [12]$' } },
    'a pattern whatever the case': { playerName: { $regex: '^pLAYER 1', $options: 'i' } },
    'a quoted beginning': { playerName: { $regex: '^\\QPlayer 1\\E' } },
    'a quoted middle': { playerName: { $regex: '\\Qer 3\\E' } },
    'a quoted end': { playerName: { $regex: '\\Q3\\E$' } },
    'not a pattern': { playerName: { $not: { $regex: '^Player [0-5]$' } } },
  }),
  all({
    'a pattern over lines': { text: { $regex: '^second', $options: 'm' } },
    'a pattern whose dot is any': { text: { $regex: 'first.+third', $options: 's' } },
    'a pattern with comments': { text: { $regex: 'f r a c # the text', $options: 'x' } },
    'a pattern of odd letters': { text: { $regex: '中文 😀' } },
    'a quote in a pattern': { text: { $regex: "'single'" } },
    'a text of odd letters': { text: 'žluťoučký 中文 😀 \u0001 \t "quoted" \'single\' \\back\\ ; -- $1 $$ %s' },
    'a percent sign': { text: { $regex: '^100%' } },
    'an empty text': { text: '' },
  }),
];

const types = all({
  'the smallest number': { number: 5e-324 },
  'the largest number': { number: { $gte: 1e300 } },
  'the largest exact number': { number: 9007199254740991 },
  'a tenth': { number: 0.1 },
  'false': { flag: false },
  'the first year': { when: { $lt: date('0002-01-01T00:00:00.000Z') } },
  'the last year': { when: { $gt: date('9999-01-01T00:00:00.000Z') } },
  'bytes': { raw: { __type: 'Bytes', base64: 'SGVsbG8gV29ybGQ=' } },
  'a file': { photo: { __type: 'File', name: 'photo.png' } },
  'a pointer': { owner: pointer('_User', '{{alice}}') },
  'a pointer or another': { owner: { $in: [pointer('_User', '{{alice}}'), pointer('_User', '{{olga}}')] } },
  'not a pointer': { owner: { $ne: pointer('_User', '{{alice}}') } },
  'neither of two pointers': { owner: { $nin: [pointer('_User', '{{alice}}'), pointer('_User', '{{olga}}')] } },
  'a pointer that is not there': { next: { $exists: false } },
  'a list with null': { list: null },
  'an element of any type': { list: 'two' },
  'a number in a list': { list: -2.5 },
  'a nested text': { 'nested.ключ': '値' },
  'a date in an object': { 'nested.d': date('2001-01-01T00:00:00.000Z') },
  'an object': { nested: {} },
});

const places = [
  games({
    'a box': { where: { $within: { $box: [geo(40.95, -29.05), geo(41.55, -28.4)] } } },
    'a polygon of places': { where: { $geoWithin: { $polygon: [geo(40.95, -29.05), geo(40.95, -28.4), geo(41.55, -28.4), geo(41.55, -29.05)] } } },
    'within a circle': { where: { $geoWithin: { $centerSphere: [[-29, 41], 0.01] } } },
    'a place': { where: geo(41, -29) },
  }),
  finds('GameScore', {
    'near': { where: { $nearSphere: geo(41, -29) } },
    'near within kilometres': { where: { $nearSphere: geo(41, -29), $maxDistanceInKilometers: 60 } },
    'near within miles': { where: { $nearSphere: geo(41, -29), $maxDistanceInMiles: 40 } },
    'near within radians': { where: { $nearSphere: geo(41, -29), $maxDistance: 0.005 } },
    'near, and another condition': { where: { $nearSphere: geo(41, -29) }, cheatMode: true },
  }, { limit: 5, keys: 'score' }, { unordered: false }),
  finds('Polygons', {
    'polygons around a point': { area: { $geoIntersects: { $point: geo(0.5, 0.5) } } },
    'polygons around a far point': { area: { $geoIntersects: { $point: geo(58, 57) } } },
  }),
];

const texts = [
  finds('Texts', { 'words': { body: { $text: { $search: { $term: 'fox' } } } },
    'words of another language': { body: { $text: { $search: { $term: 'quick', $language: 'simple' } } } },
    'words that nobody wrote': { body: { $text: { $search: { $term: 'elephant' } } } } }),
  get('words, ranked', '/classes/Texts', { where: { body: { $text: { $search: { $term: 'fox dog' } } } }, order: '$score', keys: '$score' }),
];

const subqueries = games({
  'in a query': { champion: { $inQuery: { className: '_User', where: { username: 'alice' } } } },
  'in a query of another class': { first: { $inQuery: { className: 'Everything', where: { flag: false } } } },
  'not in a query': { first: { $notInQuery: { className: 'Everything', where: { flag: false } } } },
  'by a selected key': { playerName: { $select: { query: { className: 'GameScore', where: { score: { $gt: 350 } } }, key: 'playerName' } } },
  'by a key not selected': { playerName: { $dontSelect: { query: { className: 'GameScore', where: { score: { $gt: 350 } } }, key: 'playerName' } } },
  'a query in a query': { first: { $inQuery: { className: 'Everything', where: { next: { $inQuery: { className: 'Everything', where: { text: 'negative' } } } } } } },
});

const related = [
  get('the fans', '/users', { where: { $relatedTo: { object: pointer('Everything', '{{full}}'), key: 'fans' } }, order: 'username' }, { as: 'master' }),
  get('the mates', '/classes/Everything', { where: { $relatedTo: { object: pointer('Everything', '{{full}}'), key: 'mates' } }, order: 'text', keys: 'text' }),
  get('mates with a condition', '/classes/Everything', { where: { $relatedTo: { object: pointer('Everything', '{{full}}'), key: 'mates' }, number: { $lt: 1 } }, order: 'text' }),
  get('who has alice as a fan', '/classes/Everything', { where: { fans: pointer('_User', '{{alice}}') } }),
  get('who has one of them as a mate', '/classes/Everything', { where: { mates: { $in: [pointer('Everything', '{{zero}}'), pointer('Everything', '{{full}}')] } }, order: 'text', keys: 'text' }),
  get('who has no mate of these', '/classes/Everything', { where: { mates: { $ne: pointer('Everything', '{{zero}}') } }, order: 'text', keys: 'text' }),
  get('the mates of one who has none', '/classes/Everything', { where: { $relatedTo: { object: pointer('Everything', '{{large}}'), key: 'mates' } } }),
  master.get('the members of a role', '/users', { where: { $relatedTo: { object: pointer('_Role', '{{role_Members}}'), key: 'users' } }, order: 'username', keys: 'username' }),
  get('a relation of a word of SQL', '/classes/A', { where: { $relatedTo: { object: pointer('select', '{{named_0}}'), key: 'where' } } }),
];

export default [comparisons, combined, arrays, dotted, patterns, types, places, texts, subqueries, related];
