import { describe, it } from 'node:test';
import { Parse, assert, fails_with, found, fresh_class, make, make_all, query, server } from './client.mjs';
import { send } from '../support/http.mjs';

const kThing = fresh_class('TraThing');
const rest = () => Parse.CoreManager.getRESTController();

describe('how the SDK talks', () => {
  it('tunnels every verb through POST with a text body', async () => {
    const seen = [];
    const controller = rest();
    const ajax = controller.ajax;
    controller.ajax = (method, url, data, headers, options) => {
      seen.push({ method, body: JSON.parse(data) });
      return ajax.call(controller, method, url, data, headers, options);
    };
    try {
      const object = await make(kThing, { n: 1 }).save();
      await object.save({ n: 2 });
      await query(kThing).equalTo('n', 2).find();
      await object.destroy();
    } finally {
      controller.ajax = ajax;
    }
    assert.deepEqual(seen.map((one) => one.method), ['POST', 'POST', 'POST', 'POST']);
    assert.deepEqual(seen.map((one) => one.body._method), [undefined, 'PUT', 'GET', 'DELETE']);
    assert.ok(seen.every((one) => one.body._ApplicationId && one.body._ClientVersion));
  });

  it('none of its reserved keys is stored', async () => {
    const object = await make(kThing, { n: 3 }).save();
    const again = (await query(kThing).get(object.id)).toJSON();
    assert.deepEqual(Object.keys(again).filter((key) => key.startsWith('_')), []);
  });

  it('a long query goes in the body', async () => {
    const [object] = await make_all(kThing, [{ n: 4 }]);
    const ids = Array.from({ length: 3000 }, (_, index) => `id${String(index).padStart(8, '0')}`);
    assert.deepEqual(await found(query(kThing).containedIn('objectId', [...ids, object.id])), [4]);
  });

  it('the master key goes in the body', async () => {
    assert.ok((await rest().request('GET', 'schemas', {}, { useMasterKey: true })).results);
    await assert.rejects(rest().request('GET', 'schemas', {}, {}));
  });

  it('the server is healthy', async () => assert.equal(await Parse.getServerHealth().then(({ status }) => status), 'ok'));

  it('events are accepted', async () => {
    await Parse.Analytics.track('search', { source: 'test' });
  });

  it('a hundred saves at once', async () => {
    const objects = await Promise.all(Array.from({ length: 100 }, (_, n) => make(kThing, { n: 1000 + n }).save()));
    assert.equal(new Set(objects.map((object) => object.id)).size, 100);
    assert.equal(await query(kThing).greaterThanOrEqualTo('n', 1000).count(), 100);
  });

  it('new columns from many clients at once', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, n) => make(kThing, { [`column${n % 5}`]: n }).save()));
    assert.equal(await query(kThing).exists('column0').count(), 2);
  });

  it('new classes from many clients at once', async () => {
    const kFresh = fresh_class('TraFresh');
    await Promise.all(Array.from({ length: 8 }, (_, n) => make(kFresh, { n }).save()));
    assert.equal(await query(kFresh).exists('n').count(), 8);
  });
});

describe('errors arrive as Parse.Error', () => {
  const kErrors = {
    'a bad key name': [Parse.Error.INVALID_KEY_NAME, () => query(kThing).equalTo('a b', 1).find()],
    'a query on the ACL': [Parse.Error.INVALID_QUERY, () => query(kThing).equalTo('ACL', {}).find()],
    'a class that needs the master key': [Parse.Error.OPERATION_FORBIDDEN, () => query('_Hooks').find()],
    'a bad order': [Parse.Error.INVALID_KEY_NAME, () => query(kThing).ascending("n';").find()],
    'a bad operator': [Parse.Error.INVALID_JSON, () => query(kThing)._addCondition('n', '$in', 'x').find()],
    'a missing object': [Parse.Error.OBJECT_NOT_FOUND, () => query(kThing).get('nobody0000')],
    'a denied keyword': [Parse.Error.INVALID_KEY_NAME, () => rest().request('POST', `classes/${kThing}`, { o: { _bsontype: 'Code' } })],
    'an objectId in a create': [Parse.Error.INVALID_KEY_NAME, () => rest().request('POST', `classes/${kThing}`, { objectId: 'abcdefghij' })],
    'an unknown session token': [Parse.Error.INVALID_SESSION_TOKEN, () => query(kThing).find({ sessionToken: 'r:00000000000000000000000000000000' })],
    'a bad pointer permission': [Parse.Error.INVALID_JSON, () => rest().request('POST', `schemas/${fresh_class('TraBad')}`,
      { classLevelPermissions: { find: { pointerFields: ['nowhere'] } } }, { useMasterKey: true })],
  };
  for (const [title, [code, action]] of Object.entries(kErrors)) it(title, () => fails_with(code, action));

  it('a wrong application', async () => {
    const { status, text } = await send({ url: `${server.url}/classes/${kThing}`, headers: { 'X-Parse-Application-Id': 'wrong' } });
    assert.equal(status, 403);
    assert.deepEqual(JSON.parse(text), { error: 'unauthorized' });
  });
});
