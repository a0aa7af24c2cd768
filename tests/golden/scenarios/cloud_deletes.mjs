// beforeDelete and afterDelete.
import { del, get, master, post, scenario } from '../lib/scenario.mjs';

const kPath = '/classes/CloudDelete';
const kActs = ['none', 'refuse', 'code', 'after'];

export default [scenario('cloud_deletes', { profile: 'cloud', classes: ['CloudDelete', 'CloudLog'] }, [
  kActs.map((act) => [
    post(`makes one: ${act}`, kPath, { act, title: act }, { save: act }),
    del(`deletes it: ${act}`, `${kPath}/{{${act}}}`),
    get(`reads it: ${act}`, `${kPath}/{{${act}}}`),
  ]),
  del('one that does not exist', `${kPath}/nonexistent`),
  master.post('a closed one', kPath, { title: 'closed', ACL: {} }, { save: 'closed' }),
  del('deletes the closed one', `${kPath}/{{closed}}`),
  master.post('one that may be read', kPath, { title: 'readable', ACL: { '*': { read: true } } }, { save: 'readable' }),
  del('deletes the readable one', `${kPath}/{{readable}}`),
  master.post('one that may be written', kPath, { title: 'writable', ACL: { '*': { write: true } } }, { save: 'writable' }),
  del('deletes the writable one', `${kPath}/{{writable}}`),
  master.get('the log', '/classes/CloudLog', { order: 'createdAt', keys: 'title' }),
])];
