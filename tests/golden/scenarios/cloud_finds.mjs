// beforeFind and afterFind.
import { get, master, pointer, scenario, seed } from '../lib/scenario.mjs';

const kPath = '/classes/CloudFind';
const kActs = ['limit', 'where', 'order', 'keys', 'new', 'objects', 'object', 'empty', 'refuse', 'code', 'look', 'include', 'none'];
const context = (act) => ({ headers: { 'X-Parse-Cloud-Context': JSON.stringify({ act }) } });

export default [
  scenario('cloud_finds', { profile: 'cloud', classes: ['CloudFind', 'CloudFriend'] }, [
    seed('CloudFriend', { open: { title: 'open', open: true }, shut: { title: 'shut', open: false } }),
    seed('CloudFind', { one: { n: 1, friend: pointer('CloudFriend', '{{open}}') }, two: { n: 2, friend: pointer('CloudFriend', '{{shut}}') }, three: { n: 3 } }),
    kActs.map((act) => [
      get(`finds: ${act}`, kPath, { where: { act } }, { unordered: true }),
      get(`counts: ${act}`, kPath, { where: { act }, count: 1, limit: 0 }),
      get(`gets: ${act}`, `${kPath}/{{one}}`, {}, context(act)),
    ]),
    get('finds friends', '/classes/CloudFriend', { order: 'title' }),
    get('includes friends', kPath, { order: 'n', include: 'friend' }),
    get('finds by a friend', kPath, { where: { friend: { $inQuery: { className: 'CloudFriend', where: {} } } }, order: 'n' }),
    get('a friend that is shut', '/classes/CloudFriend/{{shut}}'),
    master.get('finds friends as the master', '/classes/CloudFriend', { order: 'title' }),
  ]),
  scenario('cloud_after_finds', { profile: 'cloud', classes: ['CloudAfterFind'] }, [
    seed('CloudAfterFind', { one: { n: 1 }, two: { n: 2 } }),
    ['none', 'refuse', 'other', 'first', 'return', 'plain'].map((act) => [
      get(`finds: ${act}`, '/classes/CloudAfterFind', { order: 'n' }, context(act)),
      get(`gets: ${act}`, '/classes/CloudAfterFind/{{one}}', {}, context(act)),
    ]),
    get('finds nothing', '/classes/CloudAfterFind', { where: { n: 9 } }),
    get('gets nothing', '/classes/CloudAfterFind/nonexistent'),
    get('counts', '/classes/CloudAfterFind', { count: 1, limit: 0 }),
    get('a field only', '/classes/CloudAfterFind', { order: 'n', keys: 'n' }),
  ]),
];
