// beforeSave and afterSave.
import { by, get, master, op, post, put, scenario, sign_up } from '../lib/scenario.mjs';

const kPath = '/classes/CloudSave';
const kActs = ['set', 'types', 'change', 'same', 'unset', 'revert', 'increment', 'add', 'acl', 'relation', 'text', 'error', 'code', 'nothing', 'reject',
  'return', 'look', 'context', 'type_error', 'none'];
const kAfters = ['throw', 'return', 'set', 'look', 'context', 'object', 'none'];

export default [
  scenario('cloud_saves', { profile: 'cloud', classes: ['CloudSave', 'CloudThing', '_User', '_Session'] }, [
    sign_up('ann'),
    kActs.map((act) => [
      post(`creates: ${act}`, kPath, { act, given: 'as sent', count: 1, tags: ['one'] }),
      master.post(`makes one for ${act}`, kPath, { given: 'before', count: 10, tags: ['old'] }, { save: `for_${act}` }),
      put(`updates: ${act}`, `${kPath}/{{for_${act}}}`, { act, given: 'as sent', count: op('Increment', { amount: 2 }) }),
      get(`reads: ${act}`, `${kPath}/{{for_${act}}}`),
    ]),
    post('a type that does not fit', kPath, { number: 1 }),
    post('a type that the trigger spoils', kPath, { act: 'bad_type' }),
    post('looks at an ACL', kPath, { act: 'look', ACL: { '*': { read: true } } }),
    post('looks at ann', kPath, { act: 'look' }, by('ann')),
    post('looks at the master', kPath, { act: 'look' }, { as: 'master' }),
    post('takes a context', kPath, { act: 'context', after: 'context' }, { headers: { 'X-Parse-Cloud-Context': '{"a":1}' } }),
    kAfters.map((after) => [
      post(`creates, then: ${after}`, kPath, { after, given: 'as sent', act: 'set' }),
      put(`updates, then: ${after}`, `${kPath}/{{for_none}}`, { after, given: `sent ${after}`, count: op('Increment', { amount: 1 }) }),
    ]),
    put('an object that does not exist', `${kPath}/nonexistent`, { act: 'set' }),
    master.post('one that is closed', kPath, { given: 'closed', ACL: {} }, { save: 'closed' }),
    put('changes what is closed', `${kPath}/{{closed}}`, { act: 'set' }),
    master.post('one that may be read', kPath, { given: 'readable', ACL: { '*': { read: true } } }, { save: 'readable' }),
    put('changes what may be read', `${kPath}/{{readable}}`, { act: 'set' }),
    master.post('one that may be written', kPath, { given: 'writable', ACL: { '*': { write: true } } }, { save: 'writable' }),
    put('looks at what may be written', `${kPath}/{{writable}}`, { act: 'look' }),
    put('a dotted key', `${kPath}/{{for_types}}`, { act: 'look', 'map.a': 5 }),
    put('an operator on a dotted key', `${kPath}/{{for_types}}`, { act: 'none', 'map.c': op('Increment', { amount: 1 }) }),
    post('a batch', '/batch', { requests: ['set', 'text', 'none'].map((act) => ({ method: 'POST', path: '/parse/classes/CloudSave', body: { act } })) }),
  ]),
  scenario('cloud_saves_inner', { profile: 'cloud', classes: ['CloudInner', 'CloudAfterOnly', 'CloudLog', 'CloudSetAlways'] }, [
    post('counts in a trigger', '/classes/CloudInner', { a: 1 }),
    post('counts again', '/classes/CloudInner', { a: 2 }),
    post('logs after a save', '/classes/CloudAfterOnly', { title: 'first' }, { save: 'one' }),
    put('logs after a change', '/classes/CloudAfterOnly/{{one}}', { title: 'second' }),
    master.get('the log', '/classes/CloudLog', { order: 'createdAt', keys: 'title,was' }),
    post('sets a field always', '/classes/CloudSetAlways', {}, { save: 'always' }),
    put('and on updates', '/classes/CloudSetAlways/{{always}}', { a: 1 }),
    put('and when it was sent', '/classes/CloudSetAlways/{{always}}', { stamp: 'mine' }),
  ]),
];
