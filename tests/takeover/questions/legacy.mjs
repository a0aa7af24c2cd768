// What a database of an old server is asked, and what is written into it.
import { bytes, date, finds, geo, get, master, op, pointer, post, put } from '../../golden/lib/scenario.mjs';
import { kPassword } from '../lib/legacy.mjs';

const kOld = '/classes/Old';
const alice = { headers: { 'X-Parse-Session-Token': 'r:0123456789abcdef0123456789abcdef' } };

const accounts = [
  get('an old session', '/users/me', {}, alice),
  get('an old session itself', '/sessions/me', {}, alice),
  post('an old password', '/login', { username: 'alice', password: kPassword }, { mask: ['sessionToken'] }),
  post('an old anonymous user', '/users', { authData: { anonymous: { id: 'old-id' } } }, { mask: ['sessionToken'] }),
  master.get('old users', '/users', { order: 'username' }),
  master.get('users by authData', '/users', { where: { 'authData.facebook.id': '1' } }),
  master.get('members of an old role', '/users', { where: { $relatedTo: { object: pointer('_Role', 'roleAAAAAA'), key: 'users' } } }),
];

const reads = [
  ['oldAAAAAAA', 'oldBBBBBBB', 'oldCCCCCCC'].map((id) => master.get(`gets ${id}`, `${kOld}/${id}`, { include: 'owner' })),
  get('what the public sees', kOld, { order: 'objectId' }),
  get('what a member of the role sees', kOld, { order: 'objectId' }, alice),
  finds('Old', {
    'by a short text': { text: { $in: ['first', 'shut'] } },
    'by a pattern': { text: { $regex: '^s' } },
    'by a date without a zone': { when: { $gt: date('2016-07-01T11:59:59.000Z'), $lt: date('2016-07-01T12:00:01.000Z') } },
    'by that very date': { when: date('2016-07-01T12:00:00.000Z') },
    'by when it was made': { createdAt: { $gte: date('2016-06-02T00:00:00.000Z') } },
    'by a pointer of ten letters': { owner: pointer('_User', 'aliceAAAAA') },
    'by one of several pointers': { owner: { $in: [pointer('_User', 'bobBBBBBBB'), pointer('_User', 'nobodyAAAA')] } },
    'by a query of users': { owner: { $inQuery: { className: '_User', where: { username: 'alice' } } } },
    'by elements': { list: { $all: ['two'] } },
    'by a path': { 'object.a.b': 1 },
    'by a relation whose table is missing': { $relatedTo: { object: pointer('Old', 'oldAAAAAAA'), key: 'mates' } },
  }, { order: 'objectId' }, { as: 'master' }),
  finds('Old', { 'by place': { place: { $nearSphere: geo(40, -30) } } }),
  master.get('ordered by a date', kOld, { order: '-when', keys: 'when' }),
  master.get('a count', kOld, { count: 1, limit: 0 }),
  get('a column that is missing', '/classes/NoColumn'),
  get('a condition on that column', '/classes/NoColumn', { where: { gone: 'x' } }),
  get('a table that is missing', '/classes/NoTable'),
  get('an object of that table', '/classes/NoTable/notthereAA'),
  get('a count of that table', '/classes/NoTable', { count: 1, limit: 0 }),
  get('a class whose definition says nothing of ACLs', '/classes/Bare', { order: 'n' }),
  get('permissions that say nothing of counts', '/classes/Bare', { count: 1, limit: 0 }),
  get('a table with columns of others', '/classes/Foreign'),
  get('an object with columns of others', '/classes/Foreign/foreignAAA'),
  get('ordered by a column of others', '/classes/Foreign', { order: 'changed_by' }),
  get('a table of others', '/classes/orders'),
  get('a view of others', '/classes/report'),
  ['Old', 'NoColumn', 'NoTable', 'Bare', 'Foreign', '_User', '_Session', '_Role'].map((name) => master.get(`the schema of ${name}`, `/schemas/${name}`)),
];

/** Requests whose answers are compared with those of the reference. */
export const kLegacyQuestions = [reads, accounts].flat(Infinity);

/** Requests that must succeed, and afterwards what must be found. */
export const kLegacyWrites = [
  post('a new object', kOld, { text: 'new', n: 4, when: date('2024-04-04T04:04:04.004Z'), owner: pointer('_User', 'aliceAAAAA'), tags: ['x', 'y z', '"q"', "it's", '\\', '{}', ''], list: [1], object: { a: 1 }, place: geo(1, 2),
    ACL: { '*': { read: true } } }, { save: 'new_old' }),
  put('an old object', `${kOld}/oldAAAAAAA`, { when: date('2024-05-05T05:05:05.005Z'), n: op('Increment', { amount: 1 }), text: 'changed', owner: pointer('_User', 'bobBBBBBBB') }),
  put('texts of an old object', `${kOld}/oldAAAAAAA`, { tags: ['d', 'e'] }),
  put('a new field of an old class', `${kOld}/oldAAAAAAA`, { extra: bytes('AA==') }),
  post('an object beside columns of others', '/classes/Foreign', { n: 2 }, { save: 'new_foreign' }),
  put('an object with columns of others', '/classes/Foreign/foreignAAA', { n: 3 }),
  post('a new user', '/users', { username: 'carol', password: 'secret of carol', email: 'carol@example.com' }, { save: { carol_token: 'sessionToken' } }),
  put('an old user', '/users/aliceAAAAA', { nickname: 'A' }, alice),
  post('a wrong password', '/login', { username: 'alice', password: 'wrong' }, { refused: true }),
  put('a new password', '/users/aliceAAAAA', { password: 'new secret of alice' }, { ...alice, save: { alice_token: 'sessionToken' } }),
  post('the new password', '/login', { username: 'alice', password: 'new secret of alice' }),
];
