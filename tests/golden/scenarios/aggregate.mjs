import { date, get, master, pointer, scenario, schema, seed } from '../lib/scenario.mjs';

const kPath = '/aggregate/AggSale';
const pipe = (title, pipeline, options = {}) => master.get(title, kPath, { pipeline }, options);
const kOrdered = { unordered: false };

const kRows = {
  s1: { n: 1, city: 'Bath', price: 10, when: date('2015-01-10T10:00:00.000Z'), tags: ['a', 'b'], ok: true, friend: pointer('AggFriend', 'friend0001'), o: { k: 1 } },
  s2: { n: 2, city: 'Bath', price: 20, when: date('2015-02-10T11:00:00.000Z'), tags: ['b'], ok: false, friend: pointer('AggFriend', 'friend0001'), o: { k: 2 } },
  s3: { n: 3, city: 'Cork', price: 30, when: date('2016-02-20T12:30:00.000Z'), tags: [], ok: true, friend: pointer('AggFriend', 'friend0002'), o: { k: 1 } },
  s4: { n: 4, city: 'Rome', price: 5.5, when: date('2016-03-01T00:00:00.000Z') },
  s5: { n: 5 },
};
const kSetUp = [
  schema('AggSale', { n: { type: 'Number' }, city: { type: 'String' }, price: { type: 'Number' }, when: { type: 'Date' }, tags: { type: 'Array' },
    ok: { type: 'Boolean' }, friend: { type: 'Pointer', targetClass: 'AggFriend' }, o: { type: 'Object' } }),
  seed('AggSale', kRows),
];

const distinct = scenario('distinct', { classes: ['AggSale', 'AggFriend'] }, [
  kSetUp,
  Object.entries({
    'a text': { distinct: 'city' },
    'a number': { distinct: 'price' },
    'a boolean': { distinct: 'ok' },
    'a pointer': { distinct: 'friend' },
    'a list gives its elements': { distinct: 'tags' },
    'a dotted key': { distinct: 'o.k' },
    'with a where': { distinct: 'city', where: { price: { $gt: 10 } } },
    'with a where that finds nothing': { distinct: 'city', where: { price: 1000 } },
    'a column that is not there': { distinct: 'nowhere' },
    'a bad name': { distinct: "a'b" },
    'a number for a name': { distinct: 5 },
    'with a where that is no JSON': { distinct: 'city', where: '{' },
  }).map(([title, query]) => master.get(title, kPath, query, { unordered: true })),
  get('without the master key', kPath, { distinct: 'city' }),
  get('with the read-only master key', kPath, { distinct: 'city' }, { as: 'readOnly', unordered: true }),
  master.get('a class that does not exist', '/aggregate/AggNowhere', { distinct: 'city' }),
]);

const stages = scenario('aggregate', { classes: ['AggSale', 'AggFriend'] }, [
  kSetUp,
  pipe('groups by a text and sums', [{ $group: { _id: '$city', total: { $sum: '$price' } } }]),
  pipe('groups and counts', [{ $group: { _id: '$city', count: { $sum: 1 } } }]),
  pipe('groups all', [{ $group: { _id: null, total: { $sum: '$price' }, count: { $sum: 1 } } }]),
  pipe('average, least and greatest', [{ $group: { _id: null, avg: { $avg: '$price' }, min: { $min: '$price' }, max: { $max: '$price' } } }]),
  pipe('groups by nothing but _id', [{ $group: { _id: '$city' } }]),
  pipe('groups by two', [{ $group: { _id: { city: '$city', ok: '$ok' }, count: { $sum: 1 } } }]),
  pipe('groups by a year', [{ $group: { _id: { year: { $year: '$when' } }, count: { $sum: 1 } } }]),
  pipe('groups by a month and a day', [{ $group: { _id: { m: { $month: '$when' }, d: { $dayOfMonth: '$when' } }, count: { $sum: 1 } } }]),
  pipe('groups by a pointer', [{ $group: { _id: '$friend', count: { $sum: 1 } } }]),
  pipe('groups by a boolean', [{ $group: { _id: '$ok', count: { $sum: 1 } } }]),
  pipe('groups by createdAt parts', [{ $group: { _id: null, newest: { $max: '$n' } } }]),
  pipe('matches a number', [{ $match: { price: { $gt: 10 } } }, { $sort: { n: 1 } }], kOrdered),
  pipe('matches a text', [{ $match: { city: 'Bath' } }, { $sort: { n: 1 } }], kOrdered),
  pipe('matches a range', [{ $match: { price: { $gt: 5, $lt: 25 } } }, { $sort: { n: 1 } }], kOrdered),
  pipe('matches with $or', [{ $match: { $or: [{ city: 'Rome' }, { price: { $gt: 25 } }] } }, { $sort: { n: 1 } }], kOrdered),
  pipe('matches a date', [{ $match: { when: { $gte: date('2016-01-01T00:00:00.000Z') } } }, { $sort: { n: 1 } }], kOrdered),
  pipe('matches then groups', [{ $match: { price: { $gt: 5.5 } } }, { $group: { _id: '$city', total: { $sum: '$price' } } }]),
  pipe('projects', [{ $project: { city: 1 } }]),
  pipe('projects two', [{ $project: { city: 1, price: 1 } }]),
  pipe('sorts ascending', [{ $sort: { price: 1 } }, { $project: { n: 1 } }], kOrdered),
  pipe('sorts descending', [{ $match: { price: { $gt: 0 } } }, { $sort: { price: -1 } }, { $project: { n: 1 } }], kOrdered),
  pipe('limits', [{ $sort: { n: 1 } }, { $limit: 2 }], kOrdered),
  pipe('skips', [{ $sort: { n: 1 } }, { $skip: 3 }], kOrdered),
  pipe('skips and limits', [{ $sort: { n: 1 } }, { $skip: 1 }, { $limit: 2 }], kOrdered),
  pipe('groups, sorts and limits', [{ $group: { _id: '$city', total: { $sum: '$price' } } }, { $sort: { total: -1 } }, { $limit: 2 }], kOrdered),
  pipe('an empty pipeline', []),
  pipe('an unknown stage', [{ $explode: {} }]),
  pipe('a stage without a dollar', [{ group: { _id: '$city' } }]),
  pipe('a stage with two keys', [{ $match: {}, $limit: 1 }]),
  pipe('a stage without a key', [{}]),
  pipe('a group without _id', [{ $group: { total: { $sum: '$price' } } }]),
  pipe('a group with objectId', [{ $group: { objectId: '$city' } }]),
  pipe('a group by a column that is not there', [{ $group: { _id: '$nowhere' } }]),
  pipe('a group by a bad name', [{ $group: { _id: '$a"b' } }]),
  pipe('a sum of a text', [{ $group: { _id: null, total: { $sum: '$city' } } }]),
  pipe('an unknown accumulator', [{ $group: { _id: null, total: { $explode: '$price' } } }]),
  pipe('counts', [{ $count: 'total' }]),
  pipe('unwinds', [{ $unwind: '$tags' }, { $group: { _id: '$tags', count: { $sum: 1 } } }]),
  pipe('adds fields', [{ $addFields: { twice: { $multiply: ['$price', 2] } } }, { $project: { twice: 1 } }]),
  pipe('samples', [{ $sample: { size: 2 } }, { $group: { _id: null, count: { $sum: 1 } } }]),
  pipe('a limit that is a text', [{ $limit: 'x' }]),
  pipe('a match that is a text', [{ $match: 'x' }]),
  pipe('a stage that is a text', ['x']),
  master.get('stages as parameters', kPath, { $match: { city: 'Bath' }, $group: { _id: '$city', total: { $sum: '$price' } } }),
  master.get('a pipeline that is an object', kPath, { pipeline: { $group: { _id: '$city', total: { $sum: '$price' } } } }),
  master.get('stages without a dollar as parameters', kPath, { group: { _id: '$city' } }),
  master.get('no parameters', kPath, {}),
  master.get('where as a parameter', kPath, { where: { city: 'Bath' } }),
  get('without the master key', kPath, { pipeline: [{ $group: { _id: '$city' } }] }),
  get('with the read-only master key', kPath, { pipeline: [{ $group: { _id: '$city' } }] }, { as: 'readOnly' }),
  master.get('a class that does not exist', '/aggregate/AggNowhere', { pipeline: [{ $group: { _id: '$city' } }] }),
]);

export default [distinct, stages];
