// For scenarios/cloud_saves.mjs.
const { beforeSave, afterSave } = Parse.Cloud;

beforeSave('CloudSave', ({ object, original, context, master, user, installationId }) => {
  switch (object.get('act')) {
    case 'set': object.set('added', 'by the trigger'); break;
    case 'types':
      object.set('when', new Date(Date.UTC(2020, 0, 2)));
      object.set('where', new Parse.GeoPoint(1, 2));
      object.set('list', [1, { a: 2 }]);
      object.set('map', { a: { b: 1 } });
      object.set('to', Parse.Object.fromJSON({ __type: 'Pointer', className: 'CloudThing', objectId: 'abcdefghij' }));
      break;
    case 'change': object.set('given', 'changed'); break;
    case 'same': object.set('given', object.get('given')); break;
    case 'unset': object.unset('given'); break;
    case 'revert': object.revert('given'); break;
    case 'increment': object.increment('count', 5); break;
    case 'add': object.add('tags', 'added'); break;
    case 'acl': object.setACL(new Parse.ACL({ '*': { read: true } })); break;
    case 'relation': object.relation('friends').add(Parse.Object.fromJSON({ __type: 'Pointer', className: 'CloudThing', objectId: 'abcdefghij' })); break;
    case 'text': throw 'refused';
    case 'error': throw new Error('refused by an error');
    case 'code': throw new Parse.Error(4713, 'refused with a code');
    case 'nothing': throw undefined;
    case 'reject': return Promise.reject(new Error('rejected'));
    case 'return': return { returned: true };
    case 'look':
      object.set('seen', { isNew: object.isNew(), existed: object.existed(), id: object.id ?? null, dirty: object.dirtyKeys().sort(),
        original: original ? original.toJSON().given ?? 'none' : null, op: object.op('count')?._amount ?? null,
        master, user: user?.get('username') ?? null, installationId: installationId ?? null, acl: object.getACL()?.toJSON() ?? null });
      break;
    case 'context': object.set('seen', { ...context }); context.more = 'from before'; break;
    case 'type_error': return object.nothing.here;
    case 'bad_type': object.set('number', 'a text'); break;
    default:
  }
  return undefined;
});

afterSave('CloudSave', ({ object, context }) => {
  switch (object.get('after')) {
    case 'throw': throw 'after all';
    case 'return': return { instead: true };
    case 'set': object.set('late', 'set after'); break;
    case 'look': return { keys: Object.keys(object.toJSON()).sort(), existed: object.existed(), dirty: object.dirtyKeys() };
    case 'context': return { context: { ...context } };
    case 'object': return object;
    default:
  }
  return undefined;
});

afterSave('CloudAfterOnly', async ({ object, original }) => {
  const log = new Parse.Object('CloudLog');
  await log.save({ title: object.get('title') ?? 'none', was: original?.get('title') ?? 'nothing' }, { useMasterKey: true });
});

beforeSave('CloudInner', async ({ object }) => {
  const others = await new Parse.Query('CloudInner').find({ useMasterKey: true });
  object.set('number', others.length + 1);
});

beforeSave('CloudSetAlways', ({ object }) => { object.set('stamp', 'always'); });
