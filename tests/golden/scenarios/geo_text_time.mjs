import { date, finds, geo, get, master, polygon, put, scenario, schema, seed } from '../lib/scenario.mjs';

const kShort = { order: 'key', keys: 'key' };
const kNear = { keys: 'key' };
const near = (title, where, query = kNear) => get(title, '/classes/GeoPlace', { where, ...query }, { unordered: false });

const geometry = scenario('geo', { classes: ['GeoPlace'] }, [
  schema('GeoPlace', { key: { type: 'Number' }, at: { type: 'GeoPoint' }, area: { type: 'Polygon' }, s: { type: 'String' } }),
  seed('GeoPlace', {
    berlin: { key: 1, at: geo(52.52, 13.405), area: polygon([52, 13], [52, 14], [53, 14], [53, 13]) },
    paris: { key: 2, at: geo(48.8566, 2.3522), area: polygon([48, 2], [48, 3], [49, 3], [49, 2]) },
    tokyo: { key: 3, at: geo(35.6762, 139.6503) },
    null_island: { key: 4, at: geo(0, 0), area: polygon([-1, -1], [-1, 1], [1, 1], [1, -1]) },
    nowhere: { key: 5 },
  }),
  near('near, nearest first', { at: { $nearSphere: geo(50, 10) } }),
  near('near another point', { at: { $nearSphere: geo(36, 140) } }),
  near('near within radians', { at: { $nearSphere: geo(50, 10), $maxDistance: 0.15 } }),
  near('near within kilometres', { at: { $nearSphere: geo(52.5, 13.4), $maxDistanceInKilometers: 900 } }),
  near('near within miles', { at: { $nearSphere: geo(52.5, 13.4), $maxDistanceInMiles: 600 } }),
  near('near within radians by its long name', { at: { $nearSphere: geo(52.5, 13.4), $maxDistanceInRadians: 0.01 } }),
  near('near within nothing', { at: { $nearSphere: geo(52.5, 13.4), $maxDistance: 0 } }),
  near('near with a limit', { at: { $nearSphere: geo(50, 10) } }, { ...kNear, limit: 1 }),
  near('near with another condition', { at: { $nearSphere: geo(50, 10) }, key: { $gt: 1 } }),
  near('near with an order of its own', { at: { $nearSphere: geo(50, 10) } }, { ...kNear, order: '-key' }),
  get('counts near', '/classes/GeoPlace', { where: { at: { $nearSphere: geo(52.5, 13.4), $maxDistance: 0.2 } }, count: 1, limit: 0 }),
  finds('GeoPlace', {
    'near a text': { at: { $nearSphere: 'x' } },
    'near a point without longitude': { at: { $nearSphere: { __type: 'GeoPoint', latitude: 1 } } },
    'near with a text distance': { at: { $nearSphere: geo(1, 1), $maxDistance: 'x' } },
    'near with a negative distance': { at: { $nearSphere: geo(1, 1), $maxDistance: -1 } },
    'within a box': { at: { $within: { $box: [geo(40, 0), geo(60, 20)] } } },
    'within a box the wrong way round': { at: { $within: { $box: [geo(60, 20), geo(40, 0)] } } },
    'within a box of one point': { at: { $within: { $box: [geo(40, 0)] } } },
    'within a box of texts': { at: { $within: { $box: ['a', 'b'] } } },
    'within no box': { at: { $within: {} } },
    'within a polygon of points': { at: { $geoWithin: { $polygon: [geo(40, 0), geo(60, 0), geo(60, 20), geo(40, 20)] } } },
    'within a polygon of pairs': { at: { $geoWithin: { $polygon: [[0, 40], [0, 60], [20, 60], [20, 40]] } } },
    'within a Polygon': { at: { $geoWithin: { $polygon: polygon([0, 40], [0, 60], [20, 60], [20, 40]) } } },
    'within a closed polygon': { at: { $geoWithin: { $polygon: [geo(40, 0), geo(60, 0), geo(60, 20), geo(40, 20), geo(40, 0)] } } },
    'within a polygon of two points': { at: { $geoWithin: { $polygon: [geo(1, 1), geo(2, 2)] } } },
    'within a Polygon of two points': { at: { $geoWithin: { $polygon: polygon([1, 1], [2, 2]) } } },
    'within a polygon that is a text': { at: { $geoWithin: { $polygon: 'x' } } },
    'within a polygon with a text in it': { at: { $geoWithin: { $polygon: [geo(1, 1), geo(2, 2), 'x'] } } },
    'within a polygon with a bad latitude': { at: { $geoWithin: { $polygon: [geo(1, 1), geo(2, 2), geo(100, 1)] } } },
    'within nothing at all': { at: { $geoWithin: {} } },
    'within a circle': { at: { $geoWithin: { $centerSphere: [geo(50, 10), 0.15] } } },
    'within a circle given as a pair': { at: { $geoWithin: { $centerSphere: [[10, 50], 0.15] } } },
    'within a circle of no size': { at: { $geoWithin: { $centerSphere: [geo(0, 0), 0] } } },
    'within a circle of negative size': { at: { $geoWithin: { $centerSphere: [geo(0, 0), -1] } } },
    'within a circle whose size is a text': { at: { $geoWithin: { $centerSphere: [geo(0, 0), 'x'] } } },
    'within a circle without a size': { at: { $geoWithin: { $centerSphere: [geo(0, 0)] } } },
    'within a circle round a text': { at: { $geoWithin: { $centerSphere: ['x', 1] } } },
    'within a circle round a bad latitude': { at: { $geoWithin: { $centerSphere: [geo(100, 0), 1] } } },
    'a polygon that contains a point': { area: { $geoIntersects: { $point: geo(52.5, 13.5) } } },
    'a polygon that contains the origin': { area: { $geoIntersects: { $point: geo(0, 0) } } },
    'no polygon contains this': { area: { $geoIntersects: { $point: geo(80, 80) } } },
    'a polygon and no point': { area: { $geoIntersects: { $point: 'x' } } },
    'a polygon and a bad latitude': { area: { $geoIntersects: { $point: geo(100, 0) } } },
    'a polygon and a pair': { area: { $geoIntersects: { $point: [1, 1] } } },
  }, kShort),
  put('moves a place', '/classes/GeoPlace/{{nowhere}}', { at: geo(10, 10) }),
  get('the place has moved', '/classes/GeoPlace/{{nowhere}}'),
  get('a polygon comes back closed', '/classes/GeoPlace/{{paris}}'),
]);

const text = (term, rest = {}) => ({ s: { $text: { $search: { $term: term, ...rest } } } });

const words = scenario('text_search', { classes: ['TextNote'] }, [
  schema('TextNote', { key: { type: 'Number' }, s: { type: 'String' }, n: { type: 'Number' } }),
  seed('TextNote', {
    a: { key: 1, s: 'the quick brown fox jumps over the lazy dog' },
    b: { key: 2, s: 'A dog is a friend' },
    c: { key: 3, s: 'running dogs and cats' },
    d: { key: 4, s: 'nothing to see' },
    e: { key: 5 },
  }),
  finds('TextNote', {
    'one word': text('fox'),
    'a word in another case': text('FOX'),
    'a word in its base form': text('dog'),
    'another form of a word': text('run'),
    'a word nobody has': text('zebra'),
    'a word with an umlaut': text('fuchs', { $language: 'german' }),
    'a language': text('dog', { $language: 'english' }),
    'no stemming': text('dogs', { $language: 'simple' }),
    'an unknown language': text('dog', { $language: 'klingon' }),
    'a language that is a number': text('dog', { $language: 5 }),
    'case sensitive': text('dog', { $caseSensitive: true }),
    'not case sensitive': text('dog', { $caseSensitive: false }),
    'case sensitive as a text': text('dog', { $caseSensitive: 'yes' }),
    'diacritic sensitive': text('dog', { $diacriticSensitive: true }),
    'not diacritic sensitive': text('dog', { $diacriticSensitive: false }),
    'diacritic sensitive as a text': text('dog', { $diacriticSensitive: 'yes' }),
    'no search': { s: { $text: {} } },
    'a search that is a text': { s: { $text: { $search: 'dog' } } },
    'no term': { s: { $text: { $search: {} } } },
    'an empty term': text(''),
    'a term that is a number': text(5),
    'a term with another condition': { ...text('dog'), key: { $gt: 1 } },
    'text that is null': { s: { $text: null } },
  }, kShort),
  get('sorted by score', '/classes/TextNote', { where: text('dog'), order: '$score', keys: 'key,$score' },
    { unordered: true, mask: ['results.*.score'] }),
  get('counts', '/classes/TextNote', { where: text('dog'), count: 1, limit: 0 }),
]);

const times = ['3 days ago', 'in 3 days', '1 year 2 weeks ago', 'now', 'in 1 hr', '5 min ago', 'in 10 secs', '1 wk ago'];
const bad_times = ['3 days', 'in 3 days ago', 'soon', '', 'three days ago', '3 ago', '1 month ago', 'in', 'ago', 5, null, '3.5 days ago'];

const relative = scenario('relative_time', { classes: ['TimeEvent'] }, [
  schema('TimeEvent', { key: { type: 'Number' }, d: { type: 'Date' }, n: { type: 'Number' } }),
  seed('TimeEvent', { old: { key: 1, d: date('2001-01-01T00:00:00.000Z') }, far: { key: 2, d: date('2100-01-01T00:00:00.000Z') }, none: { key: 3 } }),
  times.map((text) => get(`$gt ${text}`, '/classes/TimeEvent', { where: { d: { $gt: { $relativeTime: text } } }, ...kShort })),
  times.slice(0, 3).map((text) => get(`$lt ${text}`, '/classes/TimeEvent', { where: { d: { $lt: { $relativeTime: text } } }, ...kShort })),
  bad_times.map((text) => get(`bad: ${JSON.stringify(text)}`, '/classes/TimeEvent', { where: { d: { $gt: { $relativeTime: text } } }, ...kShort })),
  finds('TimeEvent', {
    '$gte and $lte': { d: { $gte: { $relativeTime: 'now' }, $lte: { $relativeTime: 'in 200 years' } } },
    'createdAt': { createdAt: { $gt: { $relativeTime: '1 hr ago' } } },
    '$ne': { d: { $ne: { $relativeTime: 'now' } } },
    '$eq': { d: { $eq: { $relativeTime: 'now' } } },
    '$exists': { d: { $exists: { $relativeTime: 'now' } } },
    '$in': { d: { $in: [{ $relativeTime: 'now' }] } },
    'on a number': { n: { $gt: { $relativeTime: 'now' } } },
    'on a column that is not there': { nowhere: { $gt: { $relativeTime: 'now' } } },
  }, kShort),
  master.get('with the master key', '/classes/TimeEvent', { where: { d: { $gt: { $relativeTime: 'now' } } }, ...kShort }),
]);

export default [geometry, words, relative];
