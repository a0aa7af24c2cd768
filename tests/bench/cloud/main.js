// The Cloud Code that cloud.mjs measures, under either server.
/* global Parse */
Parse.Cloud.define('empty', () => {});
Parse.Cloud.beforeSave('Set', ({ object }) => { object.set('seen', true); });
Parse.Cloud.beforeSave('Noop', () => {});
