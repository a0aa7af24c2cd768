// For scenarios/cloud_functions.mjs.
const { define } = Parse.Cloud;

define('nothing', () => {});
define('null', () => null);
define('text', () => 'hello');
define('number', () => 1.5);
define('list', () => [1, 'a', null, { b: true }]);
define('date', () => new Date(Date.UTC(2020, 0, 2)));
define('later', async () => 'later');
define('echo', request => request.params);
define('types', ({ params }) => Object.fromEntries(Object.entries(params).map(([key, value]) =>
  [key, value === null ? 'null' : value?.constructor?.name ?? typeof value])));
define('date_iso', ({ params }) => [params.when instanceof Date, params.when.iso, params.when.getTime()]);
define('request_members', request => Object.keys(request).filter(key => request[key] !== undefined).sort());
define('who', ({ user, master, isReadOnly, installationId }) =>
  ({ user: user?.get('username'), token: !!user?.getSessionToken(), master, isReadOnly, installationId }));
define('context', ({ context }) => context);
define('context_prototype', ({ context }) => Object.getPrototypeOf(context) === null);
define('function_name', ({ functionName }) => functionName);
define('header', ({ headers }) => headers['x-extra']);
define('space.of.names', () => 'in a space');
define("it's", () => 'odd');
define('throws_text', () => { throw 'a text'; });
define('throws_error', () => { throw new Error('an error'); });
define('throws_type_error', () => undefined.x);
define('throws_parse_error', () => { throw new Parse.Error(4711, 'a code'); });
define('throws_not_found', () => { throw new Parse.Error(Parse.Error.OBJECT_NOT_FOUND, 'not here'); });
define('throws_internal', () => { throw new Parse.Error(1, 'inner'); });
define('throws_nothing', () => { throw undefined; });
define('throws_object', () => { throw { message: 'of an object', code: 77 }; });
define('throws_number', () => { throw 5; });
define('rejects', () => Promise.reject('no'));
define('response_success', (request, response) => response.success('old style'));
define('response_error', (request, response) => response.error('old error'));
define('response_error_code', (request, response) => response.error({ code: 99, message: 'old code' }));
define('response_status', (request, response) => response.status(201).header('X-Extra', 'yes').success({ made: 1 }));
define('response_error_status', (request, response) => response.status(418).error('a teapot'));
define('response_returns', (request, response) => 'returned');
define('response_throws', (request, response) => { if (response) throw 'thrown all the same'; });
define('object', async () => {
  const made = new Parse.Object('CloudThing');
  await made.save({ title: 'made', at: new Parse.GeoPoint(1, 2) }, { useMasterKey: true });
  return made;
});
define('find_all', async () => new Parse.Query('CloudThing').find({ useMasterKey: true }));
define('pointer', () => Parse.Object.fromJSON({ __type: 'Pointer', className: 'CloudThing', objectId: 'abcdefghij' }));
define('file', () => new Parse.File('a.txt', { base64: 'YQ==' }));
define('as_user', async ({ user }) => {
  const found = await new Parse.Query('CloudSecret').find({ sessionToken: user.getSessionToken() });
  return found.map(object => object.get('title'));
});
define('as_nobody', async () => (await new Parse.Query('CloudSecret').find()).length);
define('inner_error', async () => new Parse.Query('CloudThing').get('nonexistent', { useMasterKey: true }));
define('inner_function', async () => Parse.Cloud.run('text'));
define('inner_batch', async () => {
  const objects = [1, 2, 3].map(n => new Parse.Object('CloudThing', { n }));
  await Parse.Object.saveAll(objects, { useMasterKey: true });
  return objects.map(object => object.get('n'));
});
define('inner_status', async () => {
  const answer = await Parse.CoreManager.getRESTController().request('POST', 'classes/CloudThing', { n: 4 }, { useMasterKey: true, returnStatus: true });
  return [answer._status, typeof answer.objectId];
});
define('inner_context', async () => Parse.Cloud.run('context', {}, { context: { inner: 1 } }));
define('replaced', () => 'the first');
define('replaced', () => 'the second');
