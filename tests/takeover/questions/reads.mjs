// Objects by id, finds and what can be asked of them: keys, includes, orders, counts, distinct values.
import { get, master, pointer } from '../../golden/lib/scenario.mjs';

const kRows = ['full', 'empty', 'nulls', 'zero', 'negative', 'fraction', 'large', 'huge', 'tiny', 'whole_double', 'old', 'late', 'unicode', 'percent', 'lines', 'long'];
const kGames = '/classes/GameScore';

const objects = [
  kRows.map((name) => get(`gets ${name}`, `/classes/Everything/{{${name}}}`)),
  get('gets one that is not there', '/classes/Everything/notthereAA'),
  get('gets one of a class that is not there', '/classes/Nowhere/notthereAA'),
  get('finds in a class that is not there', '/classes/Nowhere'),
  get('finds in a class that was dropped', '/classes/Dropped'),
  get('what grew', '/classes/Grown/{{grown}}'),
  get('an object of defaults', '/classes/Required/{{required}}'),
  get('an object with values of its own', '/classes/Required/{{required_own}}'),
  get('an object whose column was dropped', '/classes/Made/{{made}}'),
  get('polygons', '/classes/Polygons', { order: 'createdAt,objectId' }),
  get('one of the indexed', '/classes/Indexed', { where: { score: { $gte: 2 } }, order: '-score' }),
];

const projections = [
  get('some keys', kGames, { keys: 'score,playerName', order: 'score', limit: 3 }),
  get('no keys that exist', kGames, { keys: 'nobody', order: 'score', limit: 3 }),
  get('a key within an object', kGames, { keys: 'meta.path', order: 'score', limit: 3 }),
  get('all keys but some', kGames, { excludeKeys: 'meta,tags,parts', order: 'score', limit: 3 }),
  get('a get with keys', '/classes/Everything/{{full}}', { keys: 'text,number' }),
  get('a get without some keys', '/classes/Everything/{{full}}', { excludeKeys: 'list,nested' }),
];

const includes = [
  get('an include', kGames, { include: 'first', order: 'score', limit: 3 }),
  get('an include of two levels', kGames, { include: 'first.next', order: 'score', limit: 4 }),
  get('an include of three levels', kGames, { include: 'first.next.next', order: 'score', limit: 4 }),
  get('an include of users', kGames, { include: 'champion', order: 'score', limit: 3 }),
  master.get('an include of users by the master', kGames, { include: 'champion', order: 'score', limit: 3 }),
  get('two includes', kGames, { include: 'champion,first', order: 'score', limit: 3 }),
  get('an include of a list', kGames, { include: 'parts', order: 'score', limit: 2 }),
  get('an include of everything', kGames, { include: '*', order: 'score', limit: 2 }),
  get('an include of a list within', '/classes/Everything/{{full}}', { include: 'list' }),
  get('an include with keys', kGames, { include: 'first', keys: 'score,first.text', order: 'score', limit: 3 }),
  get('an include that is gone', '/classes/Everything/{{negative}}', { include: 'next' }),
  master.get('an include of a user who is gone', '/classes/Everything/{{negative}}', { include: 'owner' }),
  get('an include of no pointer', kGames, { include: 'score', order: 'score', limit: 1 }),
  get('all by includeAll', '/classes/Everything/{{full}}', { includeAll: 'true' }),
];

const orders = [
  get('ordered by number', kGames, { order: 'score', keys: 'score', limit: 5 }),
  get('ordered downwards', kGames, { order: '-score', keys: 'score', limit: 5 }),
  get('ordered by two keys', kGames, { order: 'playerName,-score', keys: 'score,playerName' }),
  get('ordered by a path', kGames, { order: 'meta.level,-score', keys: 'meta', limit: 10 }),
  get('ordered by a date', kGames, { order: '-at', keys: 'at', limit: 3 }),
  get('ordered by a key some have not, up', kGames, { order: 'bonus,score', keys: 'bonus' }),
  get('ordered by a key some have not, down', kGames, { order: '-bonus,score', keys: 'bonus' }),
  get('ordered by text', '/classes/Everything', { order: 'text,objectId', keys: 'text', where: { text: { $exists: true } } }),
  get('ordered by a flag', kGames, { order: 'cheatMode,score', keys: 'cheatMode,score' }),
  get('ordered by what nobody has', kGames, { order: 'nobody,score', keys: 'score', limit: 3 }),
  get('ordered by when they were made', '/classes/Everything', { order: 'createdAt,objectId', keys: 'objectId' }),
  get('the second page', kGames, { order: 'score', skip: 10, limit: 5, keys: 'score' }),
  get('beyond the last page', kGames, { order: 'score', skip: 100, limit: 5 }),
  get('no rows at all', kGames, { limit: 0 }),
  get('everything of a class', kGames, { limit: 1000 }),
  get('everything of Everything', '/classes/Everything', { limit: 1000, excludeKeys: 'list' }),
];

const counts = [
  get('a count', kGames, { count: 1, limit: 0 }),
  get('a count with a condition', kGames, { count: 1, limit: 0, where: { cheatMode: true } }),
  get('a count beside rows', kGames, { count: 1, limit: 2, order: 'score', keys: 'score' }),
  get('a count of none', '/classes/Emptied', { count: 1 }),
  get('a count with a sub-query', kGames, { count: 1, limit: 0, where: { first: { $inQuery: { className: 'Everything', where: { flag: true } } } } }),
  get('a count by a relation', '/classes/Everything', { count: 1, limit: 0, where: { $relatedTo: { object: pointer('Everything', '{{full}}'), key: 'mates' } } }),
  master.get('a count of users', '/users', { count: 1, limit: 0 }),
];

const kNames = ['select', 'Order', 'user', 'group', 'A', 'game', 'Game', 'GAME', 'with_underscore_1', 'constructor2', `L${'o'.repeat(61)}g`];
const names = [
  kNames.map((name, index) => get(`finds in ${name}`, `/classes/${name}`, { where: { order: index, from: true, a_b: { $gt: 0 }, 'table.where': 1 }, order: 'select,-order' })),
  kNames.slice(0, 5).map((name, index) => get(`includes in ${name}`, `/classes/${name}/{{named_${index}}}`, { include: 'user' })),
];

export default [objects, projections, includes, orders, counts, names];
