// Cloud functions: values, errors, the request object, and what they may do to the server.
import { by, call, master, post, scenario, sign_up } from '../lib/scenario.mjs';

const run = (title, name, params = {}, options = {}) => post(title, `/functions/${name}`, params, options);
const kAll = ['nothing', 'null', 'text', 'number', 'list', 'date', 'later', 'request_members', 'context_prototype', 'function_name',
  'space.of.names', "it's", 'throws_text', 'throws_error', 'throws_type_error', 'throws_parse_error', 'throws_not_found', 'throws_internal',
  'throws_nothing', 'throws_object', 'throws_number', 'rejects', 'response_success', 'response_error', 'response_error_code', 'response_throws', 'response_returns',
  'pointer', 'inner_error', 'inner_function', 'inner_batch', 'inner_status', 'inner_context', 'replaced', 'missing',
  'space', 'constructor', 'toString', '__proto__', 'as_nobody'];
const kParams = { n: 1, f: 1.5, s: 'text', b: true, nothing: null, list: [1], map: { a: 1 }, date: { __type: 'Date', iso: '2020-01-02T00:00:00.000Z' },
  pointer: { __type: 'Pointer', className: 'CloudThing', objectId: 'abcdefghij' }, geo: { __type: 'GeoPoint', latitude: 1, longitude: 2 },
  bytes: { __type: 'Bytes', base64: 'YQ==' } };
const kTypes = { ...kParams, deep: { date: kParams.date }, dates: [kParams.date], file: { __type: 'File', name: 'a.txt' } };

export default [scenario('cloud_functions', { profile: 'cloud', classes: ['CloudThing', 'CloudSecret', '_User', '_Session'] }, [
  sign_up('ann'),
  master.post('a secret for ann', '/classes/CloudSecret', { title: 'for ann', ACL: { '{{ann}}': { read: true } } }),
  ...kAll.map((name) => run(`calls ${name}`, name)),
  run('calls with status and fields', 'response_status', {}, { watch: ['x-extra'] }),
  run('an error with a status', 'response_error_status'),
  run('echoes its parameters', 'echo', kParams),
  run('decodes its parameters', 'types', kTypes),
  run('keeps the text of a date', 'date_iso', { when: kParams.date }),
  call('POST', 'takes parameters of the query string', '/functions/echo', { query: { a: '1', b: 'x' }, body: { a: 2, c: 3 } }),
  run('nobody', 'who'),
  run('ann', 'who', {}, by('ann')),
  run('the master', 'who', {}, { as: 'master' }),
  run('the read-only master', 'who', {}, { as: 'readOnly' }),
  run('an installation', 'who', {}, { headers: { 'X-Parse-Installation-Id': 'inst' } }),
  run('a bad session', 'who', {}, { headers: { 'X-Parse-Session-Token': 'r:bad' } }),
  run('a field of the header', 'header', {}, { headers: { 'X-Extra': 'seen' } }),
  run('a context', 'context', {}, { headers: { 'X-Parse-Cloud-Context': '{"a":1}' } }),
  run('a context that is no object', 'context', {}, { headers: { 'X-Parse-Cloud-Context': '[1]' } }),
  run('makes an object', 'object', {}, { save: { made: 'result.objectId' } }),
  run('reads as the user', 'as_user', {}, by('ann')),
])];
