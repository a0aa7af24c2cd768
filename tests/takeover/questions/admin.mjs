// Class definitions, aggregates, configuration, devices and other things of operators.
import { get, master } from '../../golden/lib/scenario.mjs';

const kClasses = ['_User', '_Role', '_Session', '_Installation', 'Everything', 'GameScore', 'Grown', 'Required', 'Made', 'Emptied', 'Indexed', 'Locked', 'ForRole', 'ForAlice',
  'ByPointer', 'ByPermission', 'Hiding', 'select', `L${'o'.repeat(61)}g`];

const schemas = [
  kClasses.map((name) => master.get(`the schema of ${name}`, `/schemas/${name}`)),
  master.get('all schemas', '/schemas'),
  master.get('the schema of a class that is not there', '/schemas/Nowhere'),
  master.get('the schema of a class that was dropped', '/schemas/Dropped'),
  get('a schema without the master key', '/schemas/Everything'),
];

const pipelines = {
  'groups by a text': [{ $group: { _id: '$playerName', total: { $sum: '$score' } } }],
  'groups by nothing': [{ $group: { _id: null, total: { $sum: '$score' }, least: { $min: '$score' }, most: { $max: '$score' }, mean: { $avg: '$score' } } }],
  'counts in groups': [{ $group: { _id: '$cheatMode', rows: { $sum: 1 } } }],
  'groups by two keys': [{ $group: { _id: { name: '$playerName', cheat: '$cheatMode' }, rows: { $sum: 1 } } }],
  'matches, then groups': [{ $match: { score: { $gt: 200 } } }, { $group: { _id: '$playerName', total: { $sum: '$score' } } }],
  'groups, then sorts and limits': [{ $group: { _id: '$playerName', total: { $sum: '$score' } } }, { $sort: { total: -1, _id: 1 } }, { $limit: 3 }],
  'matches alone': [{ $match: { playerName: 'Player 1' } }],
  'projects': [{ $project: { score: 1, playerName: 1 } }],
  'skips': [{ $sort: { score: 1 } }, { $skip: 35 }],
  'matches either': [{ $match: { $or: [{ score: 10 }, { score: 20 }] } }],
};

const aggregates = [
  Object.entries(pipelines).map(([title, pipeline]) => master.get(`aggregate ${title}`, '/aggregate/GameScore', { pipeline }, {
    unordered: !JSON.stringify(pipeline).includes('$sort') })),
  master.get('distinct texts', '/aggregate/GameScore', { distinct: 'playerName' }, { unordered: true }),
  master.get('distinct numbers with a condition', '/aggregate/GameScore', { distinct: 'score', $match: { score: { $lt: 50 } } }, { unordered: true }),
  master.get('distinct elements', '/aggregate/GameScore', { distinct: 'tags' }, { unordered: true }),
  master.get('distinct paths', '/aggregate/GameScore', { distinct: 'meta.path.name' }, { unordered: true }),
  master.get('distinct pointers', '/aggregate/GameScore', { distinct: 'champion' }, { unordered: true }),
  master.get('distinct of what nobody has', '/aggregate/GameScore', { distinct: 'nobody' }),
];

const others = [
  get('the config', '/config'),
  master.get('the config of the master', '/config'),
  master.get('all devices', '/installations', { order: 'installationId' }),
  master.get('devices by channel', '/installations', { where: { channels: 'news' } }),
  master.get('a device', '/installations/{{phone}}'),
  get('a device without the master key', '/installations'),
  master.get('audiences', '/push_audiences', {}, { mask: ['results.*.lastUsed'] }),
  master.get('hooks of functions', '/hooks/functions'),
  master.get('hooks of triggers', '/hooks/triggers'),
  get('health', '/health'),
];

export default [schemas, aggregates, others];
