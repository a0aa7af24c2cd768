// Parse.Server: what code may know of the server it runs beside.

/** The version whose behaviour this server has; see GET /serverInfo. */
const COMPATIBLE_VERSION = '9.10.0';
const RATE_LIMIT_ZONES = Object.freeze({ global: 'global', session: 'session', user: 'user', ip: 'ip' });

export function add_server(Parse, app, logger) {
  let config = { ...app, appId: app.applicationId, version: COMPATIBLE_VERSION };
  Object.defineProperty(Parse, 'Server', {
    get: () => ({ ...config, RateLimitZone: RATE_LIMIT_ZONES }),
    set(given) {
      logger.warn('Parse.Server was set: Cloud Code sees the new values, the server keeps the options it was started with.');
      config = { ...given, appId: app.applicationId };
    },
    configurable: true,
  });
}
