// Triggers of Parse.Config.
import { master, post, put, scenario } from '../lib/scenario.mjs';

const seen = (title) => post(title, '/functions/config_seen', {}, { as: 'master' });
const kTyped = { n: 1, s: 'text', date: { __type: 'Date', iso: '2020-01-02T00:00:00.000Z' }, map: { a: 1 }, list: [1],
  pointer: { __type: 'Pointer', className: 'CloudThing', objectId: 'abcdefghij' } };
const save = (title, params, rest = {}, options = {}) => master.put(title, '/config', { params, ...rest }, options);
const read = (title) => master.get(title, '/config', {});

export default [scenario('cloud_config', { profile: 'cloud', classes: ['_GlobalConfig'] }, [
  save('makes the config', kTyped, { masterKeyOnly: { s: true } }),
  seen('what triggers see of a new config'),
  read('as it was made'),
  save('changes the config', { n: 2, date: { __type: 'Date', iso: '2021-01-02T00:00:00.000Z' } }, {}, { headers: { 'X-Parse-Cloud-Context': '{"a":1}' } }),
  seen('what triggers see of a change'),
  save('removes a parameter', { map: { __op: 'Delete' } }),
  seen('what triggers see of a removal'),
  ...['text', 'error', 'nothing'].flatMap((how) => [save(`is refused with ${how}`, { refuse: how, n: 3 }), read(`as it was when refused with ${how}`)]),
  save('the trigger changes a parameter', { change: 'as sent' }),
  read('as the trigger changed it'),
  save('the trigger adds a parameter', { add: true }),
  read('as the trigger added to it'),
  save('the trigger returns something', { returns: 'as sent' }),
  read('as the trigger returned it'),
  save('afterSave fails', { fail_after: true, n: 9 }),
  read('as it was when afterSave failed'),
  save('afterSave fails no more', { fail_after: { __op: 'Delete' } }),
  put('without the master key', '/config', { params: { n: 1 } }),
  put('with the read-only master key', '/config', { params: { n: 1 } }, { as: 'readOnly' }),
  save('a denied keyword', { deep: { __proto: 1, constructor: 1 } }),
])];
