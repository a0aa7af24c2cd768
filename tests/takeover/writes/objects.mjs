// What is written into the database through this server: objects, users, roles, devices.
import { by, bytes, date, del, file, geo, master, op, pointer, polygon, post, put, seed, session_of } from '../../golden/lib/scenario.mjs';

const kWhole = { text: 'ours "it\'s" \\ 中文 😀', number: -0.5, flag: false, when: date('1999-12-31T23:59:59.001Z'), nested: { a: { b: [1, null, { c: date('2002-02-02T02:02:02.002Z') }] }, e: {} },
  list: [1, 'two', null, true, { three: 3 }, [4], pointer('_User', '{{alice}}'), geo(3, 4)], raw: bytes('b3Vycw=='), photo: file('ours.png'), owner: pointer('_User', '{{bob}}'),
  next: pointer('Everything', '{{full}}'), place: geo(-33.5, 151.25), area: polygon([1, 1], [1, 2], [2, 2]) };

const objects = [
  seed('Everything', { our_full: kWhole, our_empty: {}, our_changed: kWhole, our_gone: kWhole, our_emptied: kWhole }),
  put('changes every field', '/classes/Everything/{{our_changed}}', { text: 'changed', number: 1e20, flag: true, when: date('2030-01-01T00:00:00.000Z'), nested: { new: [1] }, list: ['new'],
    photo: file('changed.png'), owner: pointer('_User', '{{olga}}'), next: pointer('Everything', '{{our_full}}'), place: geo(1, 1), area: polygon([0, 0], [0, 5], [5, 5]) }),
  put('changes bytes', '/classes/Everything/{{our_changed}}', { raw: bytes('AA==') }, { ours_only: true }),
  put('empties every field', '/classes/Everything/{{our_emptied}}', Object.fromEntries(Object.keys(kWhole).map((name) => [name, op('Delete')]))),
  del('deletes an object', '/classes/Everything/{{our_gone}}'),
  put('changes an old object', '/classes/Everything/{{percent}}', { text: '99% done', number: op('Increment', { amount: 2.5 }) }),
  put('operations on an old object', '/classes/Grown/{{grown}}', { counter: op('Increment', { amount: 3 }), list: op('AddUnique', { objects: [1, 9, 8] }), 'nested.a': 11, 'nested.d': { e: 1 } }),
  put('more operations', '/classes/Grown/{{grown}}', { list: op('Remove', { objects: [1] }), 'nested.c': op('Increment', { amount: 4 }), 'nested.b': op('Delete') }),
  put('and more', '/classes/Grown/{{grown}}', { list: op('Add', { objects: [{ z: 1 }, 9] }) }),
  put('relations of an old object', '/classes/Everything/{{full}}', { mates: op('AddRelation', { objects: [pointer('Everything', '{{our_full}}'), pointer('Everything', '{{zero}}')] }),
    fans: op('RemoveRelation', { objects: [pointer('_User', '{{bob}}')] }) }),
  put('relations of a new object', '/classes/Everything/{{our_full}}', { mates: op('AddRelation', { objects: [pointer('Everything', '{{full}}')] }), fans: op('AddRelation', { objects: [pointer('_User', '{{alice}}')] }) }),
  post('an object of defaults', '/classes/Required', { must: 'ours' }, { save: 'our_required' }),
  post('fields nobody had', '/classes/Grown', { newText: 't', newNumber: 1, newFlag: true, newDate: date('2020-01-01T00:00:00.000Z'), newList: [1], newObject: { a: 1 }, newBytes: bytes('AA=='), newFile: file('f.txt'),
    newPointer: pointer('Everything', '{{full}}'), newPlace: geo(1, 2), newArea: polygon([0, 0], [0, 1], [1, 1]), newRelation: op('AddRelation', { objects: [pointer('Everything', '{{full}}')] }) }, { save: 'our_grown' }),
  post('a class nobody had', '/classes/OurGrown', { a: 'text', b: 2.5, c: [{ d: 1 }], e: geo(5, 6), f: op('AddRelation', { objects: [pointer('_User', '{{alice}}')] }), g: op('Increment', { amount: 2 }) }, { save: 'our_class_row' }),
  post('a transaction', '/batch', { transaction: true, requests: [
    { method: 'POST', path: '/parse/classes/OurGrown', body: { a: 'first of two' } }, { method: 'POST', path: '/parse/classes/OurGrown', body: { a: 'second of two' } }] }),
  post('odd names', '/classes/select', { n: 77, order: 77, from: false, select: 'y', table: { where: 2 } }, { save: 'our_select' }),
  post('an object for one user', '/classes/Guarded', { n: 20, ACL: { '{{alice}}': { read: true, write: true }, 'role:Ours': { read: true } } }, { save: 'our_guarded' }),
  put('a new ACL for an old object', '/classes/Guarded/{{acl_read}}', { ACL: { '{{bob}}': { read: true } } }, { as: 'master' }),
  post('an object of a polygon', '/classes/Polygons', { area: polygon([50, 100], [51, 100], [51, 101]) }, { save: 'our_polygon' }),
  post('words', '/classes/Texts', { body: 'Our quick fox writes', rank: 4 }, { save: 'our_text' }),
  post('once, through ours', '/classes/Once', { n: 3 }, { headers: { 'X-Parse-Request-Id': 'request-to-ours' } }),
  seed('GameScore', Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`our_game${n}`, { score: 1000 + n, playerName: `Our ${n % 2}`, cheatMode: n === 1, tags: ['ours', `t${n}`], where: geo(10 + n, 10), at: date('2025-01-01T00:00:00.000Z'),
    meta: { level: n, path: { deep: n, name: 'ours' } }, champion: pointer('_User', '{{alice}}'), first: pointer('Everything', '{{our_full}}'), parts: [pointer('Everything', '{{our_full}}')] }]))),
];

const users = [
  post('signs a user up', '/users', { username: 'Přemysl', password: 'secret of premysl', email: 'Premysl@Example.com', nickname: 'P', settings: { a: 1 }, badges: [1] }, { save: session_of('premysl') }),
  post('signs another up', '/users', { username: 'quentin', password: 'secret of quentin' }, { save: session_of('quentin'), headers: { 'X-Parse-Installation-Id': 'phone-of-quentin' } }),
  post('signs an anonymous user up', '/users', { authData: { anonymous: { id: 'our-anonymous-id' } } }, { save: session_of('our_anna') }),
  put('quentin changes his password', '/users/{{quentin}}', { password: 'new secret of quentin' }, by('quentin', { save: { quentin_token: 'sessionToken' } })),
  put('alice changes her password', '/users/{{alice}}', { password: 'new secret of alice' }, by('alice', { save: { alice_token: 'sessionToken' } })),
  put('carol links an anonymous account', '/users/{{carol}}', { authData: { anonymous: { id: 'carols-anonymous-id' } } }, by('carol')),
  put('dave links an anonymous account', '/users/{{dave}}', { authData: { anonymous: { id: 'daves-anonymous-id' } } }, by('dave')),
  put('dave gives it back', '/users/{{dave}}', { authData: { anonymous: null } }, by('dave')),
  post('signs up one whose password the reference changes', '/users', { username: 'rosa', password: 'secret of rosa' }, { save: session_of('rosa') }),
  put('olga changes herself', '/users/{{olga}}', { level: op('Increment', { amount: 1 }), home: geo(0, 0), friends: op('AddRelation', { objects: [pointer('_User', '{{premysl}}')] }) }, by('olga')),
  put('a password that was used before is refused', '/users/{{carol}}', { password: 'secret of carol' }, by('carol', { refused: true })),
  post('signs up one who goes again', '/users', { username: 'brief', password: 'secret of brief' }, { save: session_of('brief') }),
  del('that one goes', '/users/{{brief}}', by('brief')),
  post('zofie fails to log in', '/login', { username: 'Žofie "Z" O\'Neil; --', password: 'wrong' }, { refused: true }),
  post('bob logs out of his second session', '/logout', {}, by('bob_second')),
  post('premysl makes a session', '/sessions', {}, by('premysl', { save: { premysl_second_token: 'sessionToken' } })),
];

const others = [
  master.post('a role', '/roles', { name: 'Ours', ACL: { '*': { read: true } }, users: op('AddRelation', { objects: [pointer('_User', '{{premysl}}')] }), roles: op('AddRelation', { objects: [pointer('_Role', '{{role_Admins}}')] }) }, { save: 'role_Ours' }),
  master.put('a member joins a role', '/roles/{{role_Members}}', { users: op('AddRelation', { objects: [pointer('_User', '{{quentin}}')] }) }),
  master.put('a member leaves a role', '/roles/{{role_Moderators}}', { users: op('RemoveRelation', { objects: [pointer('_User', '{{bob}}')] }) }),
  master.del('a role goes', '/roles/{{role_Empty}}'),
  post('a device', '/installations', { deviceType: 'android', installationId: 'our-device', deviceToken: 'b'.repeat(32), channels: ['ours'] }, { save: 'our_device' }),
  put('a device changes', '/installations/{{phone}}', { badge: 9, channels: op('AddUnique', { objects: ['ours'] }) }),
  master.put('the config', '/config', { params: { welcome: 'hello from ours', ours: { deep: [1, { x: date('2020-02-02T00:00:00.000Z') }] }, later: op('Delete') }, masterKeyOnly: { ours: true } }),
];

export default [users, objects, others];
