// What the reference writes once this server has written: into everything that this server made.
import { by, geo, master, op, pointer, post, put } from '../../golden/lib/scenario.mjs';

export default [
  put('back, an object of ours', '/classes/Everything/{{our_full}}', { text: 'back', number: op('Increment', { amount: 1 }), list: op('Add', { objects: ['back'] }), nested: { back: true }, place: geo(7, 7) }),
  put('back, relations of ours', '/classes/Everything/{{our_full}}', { fans: op('AddRelation', { objects: [pointer('_User', '{{premysl}}')] }), mates: op('RemoveRelation', { objects: [pointer('Everything', '{{full}}')] }) }),
  put('back, a class of ours', '/classes/OurGrown/{{our_class_row}}', { a: 'back', added: 'a new field', g: op('Increment', { amount: -1 }) }),
  post('back, a row for a class of ours', '/classes/OurGrown', { a: 'new', f: op('AddRelation', { objects: [pointer('_User', '{{bob}}')] }) }),
  post('back, a row for the twin', '/classes/OurTwin', { text: 'theirs' }),
  put('back, an object of another ACL', '/classes/Guarded/{{our_guarded}}', { n: 21 }, by('alice')),
  put('back, a user of ours', '/users/{{premysl}}', { nickname: 'back' }, by('premysl')),
  put('back, the password of a user of ours', '/users/{{rosa}}', { password: 'new secret of rosa' }, by('rosa', { save: { rosa_token: 'sessionToken' } })),
  put('back, a password that was used before is refused', '/users/{{quentin}}', { password: 'secret of quentin' }, by('quentin', { refused: true })),
  master.put('back, a role of ours', '/roles/{{role_Ours}}', { users: op('AddRelation', { objects: [pointer('_User', '{{quentin}}')] }) }),
  master.put('back, a definition of ours', '/schemas/OurTwin', { className: 'OurTwin', fields: { back: { type: 'String' }, grownList: op('Delete') }, indexes: { OurTwin_more: op('Delete'), OurTwin_back: { back: 1 } } }),
  master.put('back, an index of ours goes', '/schemas/OurIndexes', { className: 'OurIndexes', indexes: { our_ab: op('Delete') } }),
  put('back, a device of ours', '/installations/{{our_device}}', { badge: 1, channels: op('Add', { objects: ['back'] }) }),
  master.put('back, the config', '/config', { params: { ours: op('Delete'), theirs: [1] } }),
];
