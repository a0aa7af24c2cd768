// What is asked of both servers once this server has written.
import { by, finds, geo, get, master, pointer, post } from '../../golden/lib/scenario.mjs';

const kRows = ['our_full', 'our_empty', 'our_changed', 'our_gone', 'our_emptied', 'percent', 'full'];
const kFresh = ['sessionToken'];
const log_in = (title, username, password) => post(title, '/login', { username, password }, { mask: kFresh });

const objects = [
  kRows.map((name) => get(`afterwards, gets ${name}`, `/classes/Everything/{{${name}}}`, { include: 'owner,next' })),
  ['grown', 'our_grown'].map((name) => get(`afterwards, gets ${name}`, `/classes/Grown/{{${name}}}`)),
  get('afterwards, the class nobody had', '/classes/OurGrown', { order: 'a' }),
  get('afterwards, an object of defaults', '/classes/Required/{{our_required}}'),
  get('afterwards, a row of an old class', '/classes/Made/{{our_made}}'),
  get('afterwards, odd names', '/classes/select', { where: { order: 77 } }),
  get('afterwards, words', '/classes/Texts', { where: { body: { $text: { $search: { $term: 'quick' } } } } }),
  get('afterwards, a polygon', '/classes/Polygons', { where: { area: { $geoIntersects: { $point: geo(50.6, 100.4) } } } }),
  get('afterwards, mates', '/classes/Everything', { where: { $relatedTo: { object: pointer('Everything', '{{full}}'), key: 'mates' } }, order: 'text', keys: 'text' }),
  master.get('afterwards, fans', '/users', { where: { $relatedTo: { object: pointer('Everything', '{{full}}'), key: 'fans' } }, order: 'username' }),
  get('afterwards, a new relation', '/classes/Everything', { where: { $relatedTo: { object: pointer('Grown', '{{our_grown}}'), key: 'newRelation' } }, keys: 'text' }),
  ['OurTwin', 'TheirTwin'].map((name) => get(`afterwards, the rows of ${name}`, `/classes/${name}`, { order: 'text' })),
  post('afterwards, a request made once, again', '/classes/Once', { n: 3 }, { headers: { 'X-Parse-Request-Id': 'request-to-ours' } }),
  finds('GameScore', { 'afterwards, by text': { playerName: 'Our 1' }, 'afterwards, by path': { 'meta.path.name': 'ours' }, 'afterwards, by element': { tags: { $all: ['ours', 't2'] } },
    'afterwards, by pointer': { first: pointer('Everything', '{{our_full}}') }, 'afterwards, by date': { at: { $gt: { __type: 'Date', iso: '2024-12-31T00:00:00.000Z' } } },
    'afterwards, by place': { where: { $within: { $box: [geo(11.5, 9), geo(13.5, 11)] } } } }, { order: 'score', include: 'first' }),
  master.get('afterwards, groups', '/aggregate/GameScore', { pipeline: [{ $match: { score: { $gt: 999 } } }, { $group: { _id: '$playerName', total: { $sum: '$score' } } }] }, { unordered: true }),
  get('afterwards, indexed rows', '/classes/OurIndexes', { where: { a: { $gt: 1 } }, order: 'a' }),
];

const accounts = [
  ['premysl', 'premysl_second', 'quentin', 'our_anna', 'alice', 'alice_second', 'carol', 'olga', 'bob', 'bob_second', 'rosa', 'brief'].map((name) => get(`afterwards, the session of ${name}`, '/users/me', {}, by(name))),
  log_in('afterwards, premysl logs in', 'Přemysl', 'secret of premysl'),
  log_in('afterwards, quentin logs in', 'quentin', 'new secret of quentin'),
  log_in('afterwards, quentin cannot use his old password', 'quentin', 'secret of quentin'),
  log_in('afterwards, alice logs in', 'alice', 'new secret of alice'),
  log_in('afterwards, alice cannot use her old password', 'alice', 'secret of alice'),
  log_in('afterwards, the one who went', 'brief', 'secret of brief'),
  post('afterwards, premysl logs in by address', '/login', { email: 'Premysl@Example.com', password: 'secret of premysl' }, { mask: kFresh }),
  post('afterwards, an anonymous user logs in', '/users', { authData: { anonymous: { id: 'our-anonymous-id' } } }, { mask: kFresh }),
  post('afterwards, carol logs in by her account', '/users', { authData: { anonymous: { id: 'carols-anonymous-id' } } }, { mask: kFresh }),
  post('afterwards, a name that is taken', '/users', { username: 'pŘEMYSL', password: 'x' }),
  post('afterwards, an address that is taken', '/users', { username: 'another', password: 'x', email: 'pREMYSL@example.COM' }),
  master.get('afterwards, all users', '/users', { order: 'createdAt,objectId' }),
  get('afterwards, the role of ours', '/roles', { order: 'name' }),
  master.get('afterwards, members', '/users', { where: { $relatedTo: { object: pointer('_Role', '{{role_Members}}'), key: 'users' } }, order: 'username', keys: 'username' }),
  ['alice', 'premysl', 'bob', 'quentin', 'carol'].map((name) => get(`afterwards, what ${name} may see`, '/classes/Guarded', { order: 'n' }, by(name))),
  ['premysl', 'quentin'].map((name) => get(`afterwards, ${name} finds for the role`, '/classes/ForRole', {}, by(name))),
];

const admin = [
  ['OurTwin', 'OurIndexes', 'OurGrown', 'OurDropped', 'Everything', 'Indexed', 'Made', 'ForRole', 'Grown', 'Emptied', '_User'].map((name) => master.get(`afterwards, the schema of ${name}`, `/schemas/${name}`)),
  master.get('afterwards, the config', '/config'),
  master.get('afterwards, the devices', '/installations', { order: 'installationId' }),
];

export default [objects, accounts, admin];
