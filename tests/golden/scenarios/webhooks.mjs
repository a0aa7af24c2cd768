// Webhooks: how they are registered, what they are sent, and what their answers do. The server behind them is that of
// ../webhooks/main.js.
import { by, del, get, master, post, put, scenario, sign_up } from '../lib/scenario.mjs';

const kServer = 'http://127.0.0.1:18431';
const say = (body, status = 200) => `${kServer}/say?status=${status}&body=${encodeURIComponent(typeof body === 'string' ? body : JSON.stringify(body))}`;
const run = (title, name, params = {}, options = {}) => post(title, `/functions/${name}`, params, options);
const remove = (title, path) => master.put(title, `/hooks/${path}`, { __op: 'Delete' });

/** Registers a function that answers `body`, and calls it. */
const said = (name, body, status) => [
  master.post(`registers ${name}`, '/hooks/functions', { functionName: name, url: say(body, status) }),
  run(`calls ${name}`, name)];

/** Puts a trigger on a class, or another URL behind it. */
const trigger = (title, className, triggerName, url) => master.post(title, '/hooks/triggers', { className, triggerName, url });

const kFunction = { functionName: 'hook_one', url: `${kServer}/echo` };
const kTrigger = { className: 'HookGame', triggerName: 'beforeDelete', url: `${kServer}/echo` };

const crud = [
  master.get('no functions', '/hooks/functions', {}),
  master.get('no triggers', '/hooks/triggers', {}),
  master.get('a function that is not there', '/hooks/functions/hook_one', {}),
  master.get('a trigger that is not there', '/hooks/triggers/HookGame/beforeDelete', {}),
  master.put('changes a function that is not there', '/hooks/functions/hook_one', { url: 'http://x' }),
  master.put('changes a trigger that is not there', '/hooks/triggers/HookGame/beforeDelete', { url: 'http://x' }),
  remove('removes a function that is not there', 'functions/hook_one'),
  remove('removes a trigger that is not there', 'triggers/HookGame/beforeDelete'),
  master.post('makes a function', '/hooks/functions', kFunction),
  master.post('makes it twice', '/hooks/functions', kFunction),
  master.get('reads a function', '/hooks/functions/hook_one', {}),
  master.get('lists functions', '/hooks/functions', {}),
  master.put('changes a function', '/hooks/functions/hook_one', { url: `${kServer}/say?body=%7B%7D` }),
  master.put('changes a function by a body with another name', '/hooks/functions/hook_one', { functionName: 'other', url: `${kServer}/echo` }),
  master.get('lists the changed function', '/hooks/functions', {}),
  master.post('makes a trigger', '/hooks/triggers', kTrigger),
  master.post('makes a trigger twice', '/hooks/triggers', kTrigger),
  master.get('reads a trigger', '/hooks/triggers/HookGame/beforeDelete', {}),
  master.get('lists triggers', '/hooks/triggers', {}),
  master.get('a class alone', '/hooks/triggers/HookGame', {}, { status_only: true }),
  master.put('changes a trigger', '/hooks/triggers/HookGame/beforeDelete', { url: `${kServer}/say?body=%7B%7D` }),
  master.get('lists the changed trigger', '/hooks/triggers', {}),
  master.post('makes a trigger by the path of functions', '/hooks/functions', { ...kTrigger, triggerName: 'afterDelete' }),
  remove('removes a trigger', 'triggers/HookGame/afterDelete'),
  remove('removes the other trigger', 'triggers/HookGame/beforeDelete'),
  remove('removes a function', 'functions/hook_one'),
  master.get('no functions again', '/hooks/functions', {}),
  master.get('no triggers again', '/hooks/triggers', {}),
  run('calls what was removed', 'hook_one'),
  master.del('removes by DELETE', '/hooks/functions/hook_one', { status_only: true }),
];

const bad = [
  ...Object.entries({ 'an empty hook': {}, 'no URL': { functionName: 'f' }, 'no name': { url: 'http://x' }, 'an empty name': { functionName: '', url: 'http://x' },
    'an empty URL': { functionName: 'f', url: '' }, 'a trigger of no class': { triggerName: 'beforeSave', url: 'http://x' },
    'a class without a trigger': { className: 'HookGame', url: 'http://x' }, 'a trigger that is none': { className: 'HookGame', triggerName: 'whenever', url: 'http://x' },
    'a trigger without a URL': { className: 'HookGame', triggerName: 'beforeSave' },
    'a trigger of logging in on another class': { className: 'HookGame', triggerName: 'beforeLogin', url: 'http://x' },
    'a trigger on sessions': { className: '_Session', triggerName: 'beforeSave', url: 'http://x' },
    'a beforeSave of push status': { className: '_PushStatus', triggerName: 'beforeSave', url: 'http://x' },
  }).map(([title, body]) => master.post(`refuses ${title}`, '/hooks/functions', body)),
  master.put('refuses a change without a URL', '/hooks/functions/f', { functionName: 'f' }),
  master.put('refuses a change of a trigger without a URL', '/hooks/triggers/HookGame/beforeSave', {}),
  ...['public', 'readOnly', 'maintenance'].flatMap((as) => [
    get(`functions read by ${as}`, '/hooks/functions', {}, { as }),
    post(`a function made by ${as}`, '/hooks/functions', kFunction, { as }),
    put(`a function changed by ${as}`, '/hooks/functions/hook_one', { url: 'http://x' }, { as }),
    post(`a trigger made by ${as}`, '/hooks/triggers', kTrigger, { as }),
    put(`a trigger removed by ${as}`, '/hooks/triggers/HookGame/beforeSave', { __op: 'Delete' }, { as })]),
  get('the class of hooks', '/classes/_Hooks', {}),
];

const kDate = { __type: 'Date', iso: '2020-01-02T00:00:00.000Z' };
const kParams = { n: 1, s: 'text', list: [1, kDate], map: { a: { b: kDate } }, date: kDate, file: { __type: 'File', name: 'a.txt' },
  geo: { __type: 'GeoPoint', latitude: 1, longitude: 2 }, bytes: { __type: 'Bytes', base64: 'YQ==' },
  pointer: { __type: 'Pointer', className: 'HookGame', objectId: 'abcdefghij' } };
const functions = [
  sign_up('hooked'),
  master.post('registers echo', '/hooks/functions', { functionName: 'hook_echo', url: `${kServer}/echo` }),
  run('nobody calls', 'hook_echo'),
  run('calls with parameters', 'hook_echo', kParams),
  run('a user calls', 'hook_echo', { a: 1 }, by('hooked', { mask: ['result.user.createdAt', 'result.user.updatedAt'] })),
  run('the master calls', 'hook_echo', {}, { as: 'master' }),
  run('the read-only master calls', 'hook_echo', {}, { as: 'readOnly' }),
  run('an installation with a context calls', 'hook_echo', {}, { headers: { 'X-Parse-Installation-Id': 'inst', 'X-Parse-Cloud-Context': '{"a":1}' } }),
  ...said('says_text', { success: 'yes' }), ...said('says_number', { success: 3 }), ...said('says_false', { success: false }), ...said('says_null', { success: null }),
  ...said('says_list', { success: [1, { a: 1 }] }), ...said('says_date', { success: kDate }),
  ...said('says_object', { success: { __type: 'Object', className: 'HookGame', objectId: 'abcdefghij', a: 1 } }),
  ...said('says_nothing', {}), ...said('says_error', { error: 'no' }), ...said('says_error_code', { error: { code: 1404, error: 'none' } }),
  ...said('says_error_message', { error: { code: 1404, message: 'none' } }), ...said('says_error_empty', { error: '' }), ...said('says_error_list', { error: ['a'] }),
  ...said('says_error_number', { error: 7 }), ...said('says_both', { success: 1, error: 'no' }),
  ...said('says_no_json', 'Hello'), ...said('says_empty', ''), ...said('says_json_text', '"{\\"success\\":5}"'), ...said('says_bad_text', '"hello"'),
  ...said('says_json_number', '7'), ...said('says_json_null', 'null'), ...said('says_json_list', '[1]'),
  ...said('says_500', { success: 1 }, 500), ...said('says_404', { error: 'x' }, 404), ...said('says_302', { success: 2 }, 302), ...said('says_201', { success: 2 }, 201),
  master.post('registers a server that is not there', '/hooks/functions', { functionName: 'hook_away', url: 'http://127.0.0.1:9/none' }),
  run('calls a server that is not there', 'hook_away'),
  master.post('registers another protocol', '/hooks/functions', { functionName: 'hook_ftp', url: 'ftp://127.0.0.1/none' }),
  run('calls another protocol', 'hook_ftp'),
  run('a function of the code', 'of_the_code'),
  master.post('stands before the code', '/hooks/functions', { functionName: 'of_the_code', url: say({ success: 'the webhook' }) }),
  run('the webhook in place of the code', 'of_the_code'),
  ...['hook_echo', 'hook_away', 'hook_ftp', 'of_the_code', 'says_text', 'says_number'].map((name) => remove(`removes ${name}`, `functions/${name}`)),
];

const one = '/classes/HookGame/{{one}}';
const saves = [
  trigger('changes what is saved', 'HookGame', 'beforeSave', `${kServer}/change`),
  master.post('saves', '/classes/HookGame', { title: 'a', when: kDate }, { save: 'one' }),
  get('as it was saved', one),
  put('saves again', one, { title: 'b' }),
  get('as it was saved again', one),
  ...['refuse', 'echo'].flatMap((name) => [
    master.put(`beforeSave by ${name}`, '/hooks/triggers/HookGame/beforeSave', { url: `${kServer}/${name}` }),
    post(`a new object by ${name}`, '/classes/HookGame', { title: 'n', ACL: { '*': { read: true } } }, { headers: { 'X-Parse-Cloud-Context': '{"a":1}' } }),
    put(`a change by ${name}`, one, { title: 'c', n: { __op: 'Increment', amount: 1 }, extra: { __op: 'Increment', amount: 1 }, when: { __op: 'Delete' }, tags: { __op: 'Add', objects: ['a'] } })]),
  ...[['text', 'yes'], ['nothing', undefined], ['null', null], ['list', [1]], ['a bad name', { 'a b': 1 }], ['a prototype', { constructor: { a: 1 } }],
    ['a bad type', { title: 7 }], ['another id', { objectId: 'other', title: 'x' }], ['other times', { createdAt: kDate.iso, updatedAt: kDate.iso, className: 'Other' }],
    ['an operator', { n: { __op: 'Increment', amount: 2 } }]].flatMap(([name, success]) => [
    master.put(`beforeSave says ${name}`, '/hooks/triggers/HookGame/beforeSave', { url: say({ success }) }),
    put(`a change when it says ${name}`, one, { title: 'd' }),
    post(`a new object when it says ${name}`, '/classes/HookGame', { title: 'd' }),
    get(`the object when it said ${name}`, one)]),
  master.put('beforeSave says a prototype key', '/hooks/triggers/HookGame/beforeSave', { url: say('{"success":{"__proto__":{"a":1},"title":"p"}}') }),
  put('a change when it says a prototype key', one, { title: 'd' }),
  master.put('beforeSave says an error', '/hooks/triggers/HookGame/beforeSave', { url: say({ error: 'not so' }) }),
  put('a change when it says an error', one, { title: 'd' }),
  master.put('beforeSave refuses again', '/hooks/triggers/HookGame/beforeSave', { url: `${kServer}/refuse` }),
  put('a change of part of a map', one, { 'info.a': 1 }),
  put('a change with the master key', one, { title: 'm' }, { as: 'master' }),
  remove('removes beforeSave', 'triggers/HookGame/beforeSave'),
  trigger('an afterSave', 'HookGame', 'afterSave', say({ success: { title: 'other' } })),
  put('what afterSave says of a change', one, { title: 'e' }),
  post('what afterSave says of a new object', '/classes/HookGame', { title: 'e' }),
  master.put('afterSave fails', '/hooks/triggers/HookGame/afterSave', { url: say({ error: 'no' }) }),
  put('a change when afterSave fails', one, { title: 'e' }),
  remove('removes afterSave', 'triggers/HookGame/afterSave'),
];

const rest = [
  master.post('an object', '/classes/HookRow', { title: 'a', when: kDate }, { save: 'row' }),
  trigger('a beforeFind', 'HookRow', 'beforeFind', `${kServer}/refuse`),
  get('what beforeFind is sent', '/classes/HookRow', { where: { title: 'a' }, limit: 5 }),
  get('what beforeFind of one object is sent', '/classes/HookRow/{{row}}'),
  get('what beforeFind of a count is sent', '/classes/HookRow', { count: 1, limit: 0 }),
  master.put('beforeFind says a query', '/hooks/triggers/HookRow/beforeFind', { url: say({ success: { where: { title: 'none' } } }) }),
  get('a find when beforeFind says a query', '/classes/HookRow', { keys: 'title' }),
  master.put('beforeFind says rows', '/hooks/triggers/HookRow/beforeFind', { url: say({ success: [{ objectId: 'x', className: 'HookRow' }] }) }),
  get('a find when beforeFind says rows', '/classes/HookRow', { keys: 'title' }),
  remove('removes beforeFind', 'triggers/HookRow/beforeFind'),
  trigger('an afterFind', 'HookRow', 'afterFind', `${kServer}/refuse`),
  get('what afterFind is sent', '/classes/HookRow', { keys: 'title' }),
  ...[['rows', [{ objectId: 'x', title: 'other' }]], ['nothing', undefined], ['no rows', []]].flatMap(([name, success]) => [
    master.put(`afterFind says ${name}`, '/hooks/triggers/HookRow/afterFind', { url: say({ success }) }),
    get(`a find when afterFind says ${name}`, '/classes/HookRow', { keys: 'title' })]),
  remove('removes afterFind', 'triggers/HookRow/afterFind'),
  trigger('a beforeDelete', 'HookRow', 'beforeDelete', `${kServer}/refuse`),
  del('what beforeDelete is sent', '/classes/HookRow/{{row}}'),
  master.put('beforeDelete says yes', '/hooks/triggers/HookRow/beforeDelete', { url: say({ success: 'yes' }) }),
  trigger('an afterDelete', 'HookRow', 'afterDelete', say({ error: 'too late' })),
  del('a delete when afterDelete fails', '/classes/HookRow/{{row}}'),
  remove('removes beforeDelete', 'triggers/HookRow/beforeDelete'),
  remove('removes afterDelete', 'triggers/HookRow/afterDelete'),
  trigger('a beforeLogin', '_User', 'beforeLogin', say({ error: 'not today' })),
  sign_up('ann'),
  get('a login that is refused', '/login', { username: 'ann', password: 'secret of ann' }),
  remove('removes beforeLogin', 'triggers/_User/beforeLogin'),
];

export default [
  scenario('webhooks_crud', { profile: 'hooks', classes: ['HookGame'] }, crud),
  scenario('webhooks_bad', { profile: 'hooks', classes: [] }, bad),
  scenario('webhooks_functions', { profile: 'hooks', classes: ['HookGame', '_User', '_Session'] }, functions),
  scenario('webhooks_saves', { profile: 'hooks', classes: ['HookGame'] }, saves),
  scenario('webhooks_rest', { profile: 'hooks', classes: ['HookRow', '_User', '_Session'] }, rest),
];
