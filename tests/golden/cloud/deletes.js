// For scenarios/cloud_deletes.mjs.
Parse.Cloud.beforeDelete('CloudDelete', ({ object }) => {
  if (object.get('act') === 'refuse') throw 'not this one';
  if (object.get('act') === 'code') throw new Parse.Error(4714, 'with a code');
});
Parse.Cloud.afterDelete('CloudDelete', async ({ object }) => {
  if (object.get('act') === 'after') throw 'too late';
  await new Parse.Object('CloudLog').save({ title: `deleted ${object.get('title')}` }, { useMasterKey: true });
});
