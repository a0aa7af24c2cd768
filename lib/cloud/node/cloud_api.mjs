// Parse.Cloud as Cloud Code sees it: what the SDK has, and what only exists beside a server.
import { RATE_LIMIT_ZONES, check_validator } from './validator_shape.mjs';
import { check_trigger_class, class_name_of, is_class } from './trigger_class.mjs';
import { make_http_request } from './http_request.mjs';

const CLASS_TRIGGERS = ['beforeSave', 'afterSave', 'beforeDelete', 'afterDelete', 'beforeFind', 'afterFind'];
/** Triggers of one built-in class, which may be left out of the call. */
const FIXED_TRIGGERS = {
  beforeLogin: '_User', afterLogin: '_User', beforePasswordResetRequest: '_User', afterLogout: '_Session',
};

export function make_cloud({ Parse, registry, logger, app }) {
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
  cloud.httpRequest = make_http_request(app);
  cloud.useMasterKey = () =>
    logger.warn('Parse.Cloud.useMasterKey has no effect: pass { useMasterKey: true } to the call that needs it.');
  cloud._removeAllHooks = () => registry.remove_all();
  return cloud;
}
