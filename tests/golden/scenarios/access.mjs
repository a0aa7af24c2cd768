import { call, del, get, master, op, post, put, scenario, seed } from '../lib/scenario.mjs';

const kPath = '/classes/AccGame';
const kJson = { 'Content-Type': 'application/json' };
const nobody = { as: 'nobody' };
const head = (headers) => ({ as: 'nobody', headers });

const keys = scenario('keys_and_headers', { classes: ['AccGame'] }, [
  seed('AccGame', { row: { n: 1 } }),
  get('no headers at all', kPath, {}, nobody),
  post('no headers at all on a create', kPath, { n: 1 }, nobody),
  get('a wrong application', kPath, {}, head({ 'X-Parse-Application-Id': 'wrong' })),
  get('an application called __proto__', kPath, {}, head({ 'X-Parse-Application-Id': '__proto__' })),
  get('an empty application', kPath, {}, head({ 'X-Parse-Application-Id': '' })),
  get('a wrong master key', kPath, {}, { headers: { 'X-Parse-Master-Key': 'wrong' } }),
  get('an empty master key', kPath, {}, { headers: { 'X-Parse-Master-Key': '' } }),
  get('a wrong maintenance key', kPath, {}, { headers: { 'X-Parse-Maintenance-Key': 'wrong' } }),
  get('a REST key nobody asked for', kPath, {}, { headers: { 'X-Parse-REST-API-Key': 'anything' } }),
  get('a client version', kPath, {}, { headers: { 'X-Parse-Client-Version': 'js8.5.0', 'X-Parse-Installation-Id': 'abc' } }),
  get('a header in another case', kPath, {}, head({ 'x-parse-APPLICATION-id': '${appId}' })),
  get('an unknown session token', kPath, {}, { headers: { 'X-Parse-Session-Token': 'r:00000000000000000000000000000000' } }),
  get('a session token without its beginning', kPath, {}, { headers: { 'X-Parse-Session-Token': 'nonsense' } }),
  get('Basic with application and master key', '/schemas/AccGame', {}, head({ Authorization: 'Basic ${basic}' })),
  get('Basic with the application only', kPath, {}, head({ Authorization: 'Basic ${basicAppOnly}' })),
  get('Basic with a wrong master key', kPath, {}, head({ Authorization: 'Basic ${basicWrong}' })),
  get('Basic that is no base64', kPath, {}, head({ Authorization: 'Basic %%%' })),
  get('Bearer', kPath, {}, head({ Authorization: 'Bearer x' })),
  get('a cloud context', kPath, {}, { headers: { 'X-Parse-Cloud-Context': '{"a":1}' } }),
  get('a cloud context that is a list', kPath, {}, { headers: { 'X-Parse-Cloud-Context': '[1]' } }),
  get('a cloud context that is no JSON', kPath, {}, { headers: { 'X-Parse-Cloud-Context': '{' } }),
  call('OPTIONS', 'asks what is allowed', kPath, {}, { as: 'nobody', watch: ['access-control-allow-origin', 'access-control-allow-methods',
    'access-control-allow-headers', 'access-control-expose-headers'] }),
  get('an answer allows other origins', kPath, {}, { headers: { Origin: 'http://example.com' }, watch: ['access-control-allow-origin', 'access-control-expose-headers'] }),
]);

const kRoutes = ['/nowhere', '/classes', '/', '/classes/', '/schemas/a/b', '/purge', '/aggregate', '/functions', '/events', '/batch/x', '/Classes/AccGame', '/SCHEMAS'];

const routes = scenario('routes', { classes: [] }, [
  kRoutes.map((route) => get(`gets ${route}`, route, {}, { as: 'master', status_only: true })),
  kRoutes.slice(0, 4).map((route) => post(`posts to ${route}`, route, {}, { status_only: true })),
  get('outside of the mount', '!/elsewhere', {}, { status_only: true }),
  get('an unknown route without an application', '/nowhere', {}, { as: 'nobody', status_only: true }),
  get('two slashes after the mount', '//health'),
  get('two slashes after the mount of a class', '//classes/AccNowhere'),
  get('two slashes in the middle', '/classes//AccNowhere', {}, { status_only: true }),
  call('PUT', 'a wrong verb', '/health', { body: {} }, { status_only: true }),
]);

const raw = (title, text, options = {}) => call('POST', title, kPath, { raw: text }, { mask: ['error'], ...options });

const bodies = scenario('bodies', { classes: ['AccGame'] }, [
  raw('a truncated object', '{"n":'),
  raw('a truncated text', '{"n":"x'),
  raw('a comma too many', '{"n":1,}'),
  raw('two values', '{"n":1}{"n":2}'),
  raw('single quotes', "{'n':1}"),
  raw('NaN', '{"n":NaN}'),
  raw('Infinity', '{"n":Infinity}'),
  raw('a number that is too large', '{"n":1e400}', { mask: [] }),
  raw('a leading zero', '{"n":01}'),
  raw('a plus sign', '{"n":+1}'),
  raw('a comment', '{"n":1/*x*/}'),
  raw('a bare text', '"x"'),
  raw('a bare number', '5'),
  raw('a bare true', 'true'),
  raw('a bare null', 'null'),
  raw('a bad escape', '{"s":"\\x"}'),
  raw('a control character in a text', '{"s":"a\nb"}'),
  raw('a half surrogate', '{"s":"\\ud800"}', { mask: [], unstable: 'PostgreSQL refuses it in its own way' }),
  raw('an empty body', '', { mask: [] }),
  raw('blanks', '   ', { mask: [] }),
  raw('a list', '[]', { mask: [] }),
  raw('the same key twice', '{"n":1,"n":2}', { mask: [], save: 'twice' }),
  get('the last one wins', `${kPath}/{{twice}}`),
  raw('a byte order mark', '\uFEFF{"n":1}', { mask: [] }),
  raw('deeply nested lists', `{"l":${'['.repeat(60)}${']'.repeat(60)}}`, { mask: [] }),
  call('POST', 'no content type', kPath, { raw: '{"n":3}' }, { headers: { 'Content-Type': '' } }),
  call('POST', 'text/plain', kPath, { raw: '{"n":3}' }, { headers: { 'Content-Type': 'text/plain' } }),
  call('POST', 'text/html', kPath, { raw: '{"n":3}' }, { headers: { 'Content-Type': 'text/html' } }),
  call('POST', 'an unknown charset', kPath, { raw: '{"n":3}' }, { headers: { 'Content-Type': 'application/json; charset=nonsense' }, mask: ['error'] }),
  call('POST', 'a form', kPath, { raw: 'n=5&s=x' }, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, unstable: 'seen as a form' }),
  call('POST', 'a body of another encoding', kPath, { base64: 'eyJuIjozfQ==' }, { headers: { ...kJson, 'Content-Encoding': 'gzip' }, mask: ['error'] }),
  call('POST', 'a gzip body', kPath, { base64: 'H4sIAAAAAAACA6tWylOyMq4FAPxZfeYHAAAA' }, { headers: { ...kJson, 'Content-Encoding': 'gzip' } }),
]);

const kPlain = { 'Content-Type': 'text/plain' };
const tunnel = (title, path, body, options = {}) => call('POST', title, path, { raw: JSON.stringify(body) }, { as: 'nobody', headers: kPlain, ...options });
const id = { _ApplicationId: '${appId}' };

const tunnelling = scenario('tunnelling', { classes: ['AccGame'] }, [
  tunnel('creates', kPath, { ...id, _ClientVersion: 'js8.5.0', _InstallationId: 'abc', n: 1 }, { save: 'row' }),
  tunnel('gets', `${kPath}/{{row}}`, { ...id, _method: 'GET' }),
  tunnel('finds', kPath, { ...id, _method: 'GET', where: { n: 1 }, limit: 1 }),
  tunnel('finds with a where as a text', kPath, { ...id, _method: 'GET', where: '{"n":1}' }),
  tunnel('finds with an unknown parameter', kPath, { ...id, _method: 'GET', foo: 1 }),
  tunnel('finds with the SDK companions', kPath, { ...id, _method: 'GET', where: {}, _RevocableSession: '1', _ClientVersion: 'js8.5.0', _noBody: true }),
  tunnel('counts', kPath, { ...id, _method: 'GET', where: {}, count: 1, limit: 0 }),
  tunnel('updates', `${kPath}/{{row}}`, { ...id, _method: 'PUT', n: op('Increment', { amount: 1 }) }),
  tunnel('updates in lower case', `${kPath}/{{row}}`, { ...id, _method: 'put', n: 5 }),
  tunnel('an unknown method', kPath, { ...id, _method: 'FLY' }, { status_only: true }),
  tunnel('a method that is a number', kPath, { ...id, _method: 5, n: 7 }),
  tunnel('a wrong application', kPath, { _ApplicationId: 'wrong', _method: 'GET' }),
  tunnel('no application', kPath, { _method: 'GET' }),
  tunnel('an application that is a number', kPath, { _ApplicationId: 5, _method: 'GET' }),
  tunnel('the master key', '/schemas/AccGame', { ...id, _MasterKey: '${masterKey}', _method: 'GET' }),
  tunnel('a wrong master key', kPath, { ...id, _MasterKey: 'wrong', _method: 'GET' }),
  tunnel('a master key that is a number', kPath, { ...id, _MasterKey: 5, _method: 'GET' }),
  tunnel('the read-only master key', '/schemas/AccGame', { ...id, _MasterKey: '${readOnlyMasterKey}', _method: 'GET' }),
  tunnel('the read-only master key writes', kPath, { ...id, _MasterKey: '${readOnlyMasterKey}', n: 1 }),
  tunnel('a session token that is a number', kPath, { ...id, _SessionToken: 5, _method: 'GET' }),
  tunnel('an unknown session token', kPath, { ...id, _SessionToken: 'r:0000', _method: 'GET' }),
  tunnel('an installation id that is a number', kPath, { ...id, _InstallationId: 5, _method: 'GET' }),
  tunnel('a context', kPath, { ...id, _context: { a: 1 }, _method: 'GET' }),
  tunnel('a context as a text', kPath, { ...id, _context: '{"a":1}', _method: 'GET' }),
  tunnel('a context that is a list', kPath, { ...id, _context: '[]', _method: 'GET' }),
  tunnel('a context that is a number', kPath, { ...id, _context: 5, _method: 'GET' }),
  tunnel('the application by header, companions in the body', kPath, { _ClientVersion: 'x', n: 1 }, { as: 'public' }),
  tunnel('the application by header, _method in the body', kPath, { _method: 'GET', where: { n: 5 } }, { as: 'public', headers: { ...kPlain } }),
  tunnel('deletes', `${kPath}/{{row}}`, { ...id, _method: 'DELETE' }),
  tunnel('is gone', `${kPath}/{{row}}`, { ...id, _method: 'GET' }),
  call('PUT', '_method on a PUT is no method', `${kPath}/abcdefghij`, { body: { _method: 'GET' } }),
  tunnel('a batch', '/batch', { ...id, requests: [{ method: 'GET', path: '/parse/classes/AccGame?limit=0' }] }),
]);

const readOnly = { as: 'readOnly' };
const maintenance = { as: 'maintenance' };
const date = (year) => ({ __type: 'Date', iso: `${year}-01-01T00:00:00.000Z` });

const special = scenario('special_keys', { classes: ['AccGame', 'AccFresh'] }, [
  seed('AccGame', { open: { n: 1 }, shut: { n: 2, ACL: {} } }),
  get('read-only finds all', kPath, { order: 'n' }, readOnly),
  get('read-only gets a closed one', `${kPath}/{{shut}}`, {}, readOnly),
  post('read-only creates', kPath, { n: 3 }, readOnly),
  post('read-only creates in a new class', '/classes/AccFresh', { n: 3 }, readOnly),
  put('read-only updates', `${kPath}/{{open}}`, { n: 9 }, readOnly),
  del('read-only deletes', `${kPath}/{{open}}`, readOnly),
  post('read-only in a batch', '/batch', { requests: [
    { method: 'POST', path: '/parse/classes/AccGame', body: { n: 4 } },
    { method: 'GET', path: '/parse/classes/AccGame/{{open}}' }] }, readOnly),
  get('read-only explains', kPath, { explain: 'foo' }, { ...readOnly, mask: ['results'] }),
  get('read-only finds in an internal class', '/classes/_Hooks', {}, readOnly),
  post('read-only posts an event', '/events/x', {}, readOnly),
  get('maintenance finds all', kPath, { order: 'n' }, maintenance),
  put('maintenance updates a closed one', `${kPath}/{{shut}}`, { n: 22 }, maintenance),
  post('maintenance creates', kPath, { n: 5 }, maintenance),
  post('maintenance sets createdAt', kPath, { n: 6, createdAt: date(2015) }, { ...maintenance, save: 'old' }),
  get('createdAt is kept', `${kPath}/{{old}}`),
  post('maintenance sets both times', kPath, { n: 7, createdAt: date(2015), updatedAt: date(2016) }, { ...maintenance, save: 'older' }),
  get('both times are kept', `${kPath}/{{older}}`),
  post('maintenance sets updatedAt before createdAt', kPath, { createdAt: date(2016), updatedAt: date(2015) }, maintenance),
  post('maintenance sets updatedAt alone', kPath, { updatedAt: date(2015) }, maintenance),
  post('maintenance sets a bare text', kPath, { createdAt: '2015-01-01T00:00:00.000Z' }, maintenance),
  get('maintenance reads the config', '/config', {}, { ...maintenance, mask_body: true }),
  put('maintenance writes the config', '/config', { params: { m: 1 } }, maintenance),
  get('maintenance finds in an internal class', '/classes/_Audience', {}, maintenance),
  del('maintenance purges', '/purge/AccGame', maintenance),
  get('the public sees the open ones', kPath, { order: 'n', keys: 'n' }),
]);

const kPublicRead = { '*': { read: true } };

const acl = scenario('acl', { classes: ['AccGame'] }, [
  post('without an ACL', kPath, { n: 1 }, { save: 'open' }),
  post('public read', kPath, { n: 2, ACL: kPublicRead }, { save: 'read' }),
  post('public write', kPath, { n: 3, ACL: { '*': { write: true } } }, { save: 'write' }),
  post('nobody', kPath, { n: 4, ACL: {} }, { save: 'shut' }),
  post('one user', kPath, { n: 5, ACL: { abcdefghij: { read: true, write: true } } }, { save: 'user' }),
  post('a role', kPath, { n: 6, ACL: { 'role:Admins': { read: true, write: true } } }, { save: 'role' }),
  post('read and write', kPath, { n: 7, ACL: { '*': { read: true, write: true } } }, { save: 'both' }),
  post('rights that are false', kPath, { n: 8, ACL: { '*': { read: false, write: false } } }, { save: 'none' }),
  post('null', kPath, { n: 9, ACL: null }, { save: 'nullacl' }),
  post('*unresolved', kPath, { n: 10, ACL: { '*unresolved': { read: true } } }),
  get('the public finds', kPath, { order: 'n' }),
  master.get('the master finds', kPath, { order: 'n' }),
  get('the public counts', kPath, { count: 1, limit: 0 }),
  ['open', 'read', 'write', 'shut', 'user', 'role', 'both', 'none', 'nullacl'].flatMap((name) => [
    get(`gets ${name}`, `${kPath}/{{${name}}}`),
    put(`updates ${name}`, `${kPath}/{{${name}}}`, { touched: true }),
  ]),
  put('closes an open one', `${kPath}/{{open}}`, { ACL: {} }),
  get('it is closed', `${kPath}/{{open}}`),
  put('it cannot be opened again', `${kPath}/{{open}}`, { ACL: kPublicRead }),
  master.put('the master opens it', `${kPath}/{{open}}`, { ACL: kPublicRead }),
  get('it is open', `${kPath}/{{open}}`),
  master.put('the master deletes its ACL', `${kPath}/{{open}}`, { ACL: op('Delete') }),
  get('what is left of the ACL', `${kPath}/{{open}}`),
  put('anybody may write it', `${kPath}/{{open}}`, { n: 11 }),
  ['shut', 'read', 'both'].map((name) => del(`deletes ${name}`, `${kPath}/{{${name}}}`)),
  master.put('the master opens it to all', `${kPath}/{{open}}`, { ACL: { '*': { read: true, write: true } } }),
  put('an ACL that is a text', `${kPath}/{{open}}`, { ACL: 'x' }),
  master.get('what that ACL left', `${kPath}/{{open}}`),
  master.put('an ACL that is a list', `${kPath}/{{open}}`, { ACL: ['*'] }),
  master.put('an ACL whose entry is a text', `${kPath}/{{open}}`, { ACL: { '*': 'read' } }),
  master.get('what the odd ACLs left', `${kPath}/{{open}}`),
]);

export default [keys, routes, bodies, tunnelling, special, acl];
