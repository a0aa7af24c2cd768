// For scenarios/cloud_finds.mjs.
Parse.Cloud.beforeFind('CloudFind', request => {
  const { query, count, isGet } = request;
  const { where, limit } = query.toJSON();
  switch (where.act ?? request.context.act) {
    case 'limit': query._where = {}; query.ascending('n').limit(1); break;
    case 'where': query._where = {}; query.greaterThan('n', 1).ascending('n'); break;
    case 'order': query._where = {}; query.descending('n'); break;
    case 'keys': query._where = {}; query.ascending('n').select('n'); break;
    case 'new': return new Parse.Query('CloudFind').equalTo('n', 2);
    case 'objects': return [new Parse.Object('CloudFind', { made: 'by code' })];
    case 'object': return new Parse.Object('CloudFind', { made: 'alone' });
    case 'empty': return [];
    case 'refuse': throw 'not found by order';
    case 'code': throw new Parse.Error(4715, 'a find with a code');
    case 'look': throw JSON.stringify({ count: !!count, isGet, limit, keys: Object.keys(request).filter(key => request[key] !== undefined).sort() });
    case 'include': query._where = {}; query.ascending('n').include('friend'); break;
    default:
  }
  return undefined;
});
Parse.Cloud.afterFind('CloudAfterFind', ({ objects, context }) => {
  if (context.act === 'refuse') throw 'hidden';
  if (context.act === 'none') return [];
  if (context.act === 'other') return [new Parse.Object('CloudThing', { title: 'another class' })];
  if (context.act === 'first') return objects.slice(0, 1);
  objects.forEach(object => object.set('seen', object.get('n') * 10));
  if (context.act === 'return') return objects;
  return undefined;
});
Parse.Cloud.beforeFind('CloudFriend', ({ query }) => { query.equalTo('open', true); });
