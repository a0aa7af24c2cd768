// Parse.Cloud as Cloud Code sees it: what the SDK has, and what only exists beside a server.
import { RATE_LIMIT_ZONES, check_validator } from './validator_shape.mjs';
import { check_trigger_class, class_name_of, is_class } from './trigger_class.mjs';
import { make_http_request } from './http_request.mjs';

const CLASS_TRIGGERS = ['beforeSave', 'afterSave', 'beforeDelete', 'afterDelete', 'beforeFind', 'afterFind'];
/** Triggers of one built-in class, which may be left out of the call. */
const FIXED_TRIGGERS = {
  beforeLogin: '_User', afterLogin: '_User', beforePasswordResetRequest: '_User', afterLogout: '_Session',
};

/** What belongs to LiveQuery: code that has them must load all the same. */
const LIVE_TRIGGERS = { beforeConnect: '@Connect', beforeSubscribe: undefined, afterLiveQueryEvent: undefined };

function add_live_triggers(cloud, add, logger) {
  const keep = (kind, name, handler, validator) => {
    logger.warn(`${kind} is kept, but this server has no LiveQuery yet: it is never called.`);
    add(kind, name, handler, validator);
  };
  for (const [kind, only] of Object.entries(LIVE_TRIGGERS)) {
    cloud[kind] = only
      ? (handler, validator) => keep(kind, only, handler, validator)
      : (of_class, handler, validator) => keep(kind, class_name_of(of_class), handler, validator);
  }
  cloud.onLiveQueryEvent = handler => keep('onLiveQueryEvent', '@Event', handler);
}

function make_send_email({ logger, app, direct }) {
  return async function sendEmail(mail) {
    if (!app.hasMailer) {
      logger.error('Failed to send email because no mail adapter is configured for Parse Server.');
      return;
    }
    await direct.request('POST', 'cloud/email', mail, { useMasterKey: true });
  };
}

export function make_cloud({ Parse, registry, logger, app, direct }) {
  const add = (kind, name, handler, validator) => {
    check_validator(validator);
    registry.add(kind, name, handler, validator);
  };
  const cloud = { ...Parse.Cloud };
  Parse.Server = { ...Parse.Server, RateLimitZone: RATE_LIMIT_ZONES };
  cloud.define = (name, handler, validator) => add('function', name, handler, validator);
  cloud.job = (name, handler) => add('job', name, handler);
  for (const kind of CLASS_TRIGGERS) {
    cloud[kind] = (of_class, handler, validator) => {
      const name = class_name_of(of_class);
      check_trigger_class(kind, name);
      add(kind, name, handler, validator);
    };
  }
  for (const [kind, only] of Object.entries(FIXED_TRIGGERS)) {
    cloud[kind] = (first, ...rest) => {
      const [handler, validator] = is_class(first) ? rest : [first, ...rest];
      const name = is_class(first) ? class_name_of(first) : only;
      check_trigger_class(kind, name);
      add(kind, name, handler, validator);
    };
  }
  add_live_triggers(cloud, add, logger);
  cloud.sendEmail = make_send_email({ logger, app, direct });
  cloud.httpRequest = make_http_request(app);
  cloud.useMasterKey = () =>
    logger.warn('Parse.Cloud.useMasterKey has no effect: pass { useMasterKey: true } to the call that needs it.');
  cloud._removeAllHooks = () => registry.remove_all();
  return cloud;
}
