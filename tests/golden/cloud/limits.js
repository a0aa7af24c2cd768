// Rate limits of validators. The tests call from this machine, which counts only where it is said.
/* global Parse */
const kHour = 3600000;
const limit = (requestCount, more = {}) => ({ rateLimit: { requestCount, requestTimeWindow: kHour, includeInternalRequests: true, ...more } });

// The reference forgets the limits of code that it loads while it starts, so these come a moment later.
setTimeout(() => {
  Parse.Cloud.define('limited', () => 'ran', limit(2, { errorResponseMessage: 'Slowly.' }));
  Parse.Cloud.define('limited_plainly', () => 'ran', limit(1));
  Parse.Cloud.define('limited_from_elsewhere', () => 'ran', { rateLimit: { requestCount: 1, requestTimeWindow: kHour } });
  Parse.Cloud.define('limited_master', () => 'ran', limit(1, { includeMasterKey: true }));
  Parse.Cloud.define('limited_session', () => 'ran', limit(1, { zone: Parse.Server.RateLimitZone.session }));
  Parse.Cloud.define('limited_user', () => 'ran', limit(1, { zone: 'user' }));
  Parse.Cloud.define('limited_global', () => 'ran', limit(1, { zone: Parse.Server.RateLimitZone.global }));
  Parse.Cloud.beforeSave('LimitedSave', () => {}, limit(2));
  Parse.Cloud.beforeDelete('LimitedDelete', () => {}, limit(1));
  Parse.Cloud.beforeFind('LimitedFind', () => {}, limit(2));
}, 100);
