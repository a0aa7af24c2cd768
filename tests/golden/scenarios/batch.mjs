import { call, get, master, op, pointer, post, put, scenario, seed } from '../lib/scenario.mjs';

const create = (body, class_name = 'BatchGame') => ({ method: 'POST', path: `/parse/classes/${class_name}`, body });
const batch = (title, requests, options = {}) => post(title, '/batch', { requests }, options);
const both = (title, requests, options = {}) => post(title, '/batch', { requests, transaction: true }, options);

const plain = scenario('batch', { classes: ['BatchGame'] }, [
  batch('creates two', [create({ n: 1 }), create({ n: 2 })], { save: { a: '0.success.objectId', b: '1.success.objectId' } }),
  batch('updates and deletes', [
    { method: 'PUT', path: '/parse/classes/BatchGame/{{a}}', body: { n: op('Increment', { amount: 5 }) } },
    { method: 'DELETE', path: '/parse/classes/BatchGame/{{b}}' }]),
  batch('gets and finds', [
    { method: 'GET', path: '/parse/classes/BatchGame/{{a}}' },
    { method: 'GET', path: '/parse/classes/BatchGame', body: { where: { n: 6 } } }]),
  batch('a mix of good and bad', [create({ n: 'text' }), create({ n: 3 }), { method: 'PUT', path: '/parse/classes/BatchGame/nobody0000', body: {} }]),
  batch('an empty list', []),
  batch('a method in lower case', [{ method: 'post', path: '/parse/classes/BatchGame', body: { n: 4 } }]),
  batch('no method', [{ path: '/parse/classes/BatchGame/{{a}}' }]),
  batch('no body', [{ method: 'POST', path: '/parse/classes/BatchGame' }]),
  batch('an unknown method', [{ method: 'PATCH', path: '/parse/classes/BatchGame/{{a}}', body: {} }]),
  batch('an unknown route', [{ method: 'GET', path: '/parse/nowhere' }]),
  batch('a path without the mount', [{ method: 'GET', path: '/classes/BatchGame' }]),
  batch('a path with another mount', [{ method: 'GET', path: '/other/classes/BatchGame' }]),
  batch('a whole address', [{ method: 'GET', path: 'http://localhost/parse/classes/BatchGame' }]),
  batch('a path with a query string', [{ method: 'GET', path: '/parse/classes/BatchGame?limit=0' }]),
  batch('a path that is a number', [{ method: 'GET', path: 5 }]),
  batch('no path', [{ method: 'GET' }]),
  batch('a request that is null', [null]),
  batch('a request that is a text', ['x']),
  batch('a nested batch', [{ method: 'POST', path: '/parse/batch', body: { requests: [] } }]),
  batch('a path with dots', [{ method: 'GET', path: '/parse/classes/../classes/BatchGame/{{a}}' }]),
  batch('a path with two slashes', [{ method: 'GET', path: '/parse//classes/BatchGame/{{a}}' }]),
  post('requests that are an object', '/batch', { requests: { a: 1 } }),
  post('no requests', '/batch', {}),
  call('GET', 'a get', '/batch', {}, { status_only: true }),
  batch('a schema without the master key', [{ method: 'GET', path: '/parse/schemas/BatchGame' }]),
  batch('a schema with the master key', [{ method: 'GET', path: '/parse/schemas/BatchNowhere' }], { as: 'master' }),
  batch('a body with the master key in it', [{ method: 'GET', path: '/parse/schemas/BatchGame', body: { _MasterKey: 'x' } }]),
  batch('health in a batch', [{ method: 'GET', path: '/parse/health' }]),
  batch('_method inside', [{ method: 'POST', path: '/parse/classes/BatchGame/{{a}}', body: { _method: 'GET' } }]),
  batch('many', Array.from({ length: 60 }, (_, index) => create({ n: 100 + index })), { mask: ['*.success.objectId'] }),
  get('all of the many', '/classes/BatchGame', { where: { n: { $gte: 100 } }, count: 1, limit: 0 }),
]);

const transaction = scenario('batch_transaction', { classes: ['BatchGame', 'BatchOther'] }, [
  seed('BatchGame', { a: { n: 1 }, b: { n: 2 } }),
  both('two creates', [create({ n: 10 }), create({ n: 11 })]),
  get('both are there', '/classes/BatchGame', { where: { n: { $gte: 10 } }, order: 'n', keys: 'n' }),
  both('an update and a delete', [
    { method: 'PUT', path: '/parse/classes/BatchGame/{{a}}', body: { n: op('Increment', { amount: 1 }) } },
    { method: 'DELETE', path: '/parse/classes/BatchGame/{{b}}' }]),
  get('the update is there', '/classes/BatchGame/{{a}}'),
  get('the delete is done', '/classes/BatchGame/{{b}}'),
  both('one that fails', [create({ n: 20 }), create({ n: 'text' })]),
  get('nothing of it is there', '/classes/BatchGame', { where: { n: 20 } }),
  both('one that is not found', [create({ n: 30 }), { method: 'PUT', path: '/parse/classes/BatchGame/nobody0000', body: { n: 1 } }]),
  get('nothing of that either', '/classes/BatchGame', { where: { n: 30 } }),
  both('a new class', [create({ n: 1 }, 'BatchOther')], { unstable: 'the class may be made before or inside the transaction' }),
  both('an empty list', []),
  both('a relation', [{ method: 'PUT', path: '/parse/classes/BatchGame/{{a}}', body: { friends: op('AddRelation', { objects: [pointer('BatchGame', '{{a}}')] }) } }],
    { unstable: 'the join table may be made inside the transaction' }),
  post('transaction that is a text', '/batch', { requests: [create({ n: 40 }), create({ n: 'x' })], transaction: 'true' }),
  get('it was no transaction', '/classes/BatchGame', { where: { n: 40 }, keys: 'n' }),
  post('transaction false', '/batch', { requests: [create({ n: 50 }), create({ n: 'x' })], transaction: false }),
  master.get('counts what is left', '/classes/BatchGame', { count: 1, limit: 0 }, { unstable: 'PostgreSQL estimates a count without a condition' }),
]);

export default [plain, transaction];
