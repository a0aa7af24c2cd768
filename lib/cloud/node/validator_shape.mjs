// Whether a validator can be understood, told where it is registered.

const ANY = () => true;
const is_boolean = value => typeof value === 'boolean';
const is_array = value => Array.isArray(value);
const is_function = value => typeof value === 'function';
const is_object = value => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Key -> [what a message calls its types, the test]. */
const KEYS = {
  requireUser: ['boolean', is_boolean],
  requireAnyUserRoles: ['array|function', value => is_array(value) || is_function(value)],
  requireAllUserRoles: ['array|function', value => is_array(value) || is_function(value)],
  requireMaster: ['boolean', is_boolean],
  validateMasterKey: ['boolean', is_boolean],
  skipWithMasterKey: ['boolean', is_boolean],
  requireUserKeys: ['array|object', value => is_array(value) || is_object(value)],
  fields: ['array|object', value => is_array(value) || is_object(value)],
  rateLimit: ['object', is_object],
};
const FIELD_KEYS = {
  type: ['Any', ANY],
  constant: ['boolean', is_boolean],
  default: ['Any', ANY],
  options: ['array|function|Any', ANY],
  required: ['boolean', is_boolean],
  error: ['string', value => typeof value === 'string'],
};

const is_number = value => typeof value === 'number' && Number.isFinite(value);
const is_text = value => typeof value === 'string';

/** Zones, as `Parse.Server.RateLimitZone` names them. */
export const RATE_LIMIT_ZONES = { global: 'global', session: 'session', user: 'user', ip: 'ip' };

/** Key -> [what its value must be, the test]. */
const RATE_LIMIT_KEYS = {
  requestPath: ['a string', is_text],
  requestTimeWindow: ['a number', is_number],
  requestCount: ['a number', is_number],
  requestMethods: ['a string or an array of strings', value => is_text(value) || (is_array(value) && value.every(is_text))],
  errorResponseMessage: ['a string', is_text],
  includeMasterKey: ['a boolean', is_boolean],
  includeInternalRequests: ['a boolean', is_boolean],
  zone: ['ip, session, user, or global', value => Object.hasOwn(RATE_LIMIT_ZONES, value)],
  redisUrl: ['absent: limits are counted in this server alone', () => false],
};

function check_rate_limit(limit) {
  for (const [key, value] of Object.entries(limit)) {
    const rule = Object.hasOwn(RATE_LIMIT_KEYS, key) ? RATE_LIMIT_KEYS[key] : undefined;
    if (!rule) throw `Invalid rate limit option "${key}"`;
    if (value !== undefined && !rule[1](value)) throw `rateLimit.${key} must be ${rule[0]}`;
  }
}

function type_of(value) {
  if (is_array(value)) return 'array';
  return typeof value;
}

function check_keys(values, known) {
  for (const [key, value] of Object.entries(values)) {
    const rule = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!rule) throw `${key} is not a supported parameter for Cloud Function validations.`;
    if (!rule[1](value))
      throw `Invalid type for Cloud Function validation key ${key}. Expected ${rule[0]}, actual ${type_of(value)}`;
  }
}

/** Throws a text when the validator is neither absent, nor a function, nor an object with known keys. */
export function check_validator(validator) {
  if (!validator || is_function(validator)) return;
  check_keys(validator, KEYS);
  if (validator.rateLimit) check_rate_limit(validator.rateLimit);
  for (const group of [validator.fields, validator.requireUserKeys]) {
    if (!is_object(group)) continue;
    for (const rules of Object.values(group)) if (is_object(rules)) check_keys(rules, FIELD_KEYS);
  }
}
