// Runs the validator of a hook before the hook itself.
import { to_parse_error } from './errors.mjs';

const FAILED = 'Validation failed.';

function require_value(params, key) {
  if (params[key] == null) throw `${FAILED} Please specify data for ${key}.`;
}

async function check_options(rule, key, value) {
  if (typeof rule.options !== 'function') {
    const allowed = Array.isArray(rule.options) ? rule.options : [rule.options];
    if (allowed.includes(value)) return;
    throw rule.error || `${FAILED} Invalid option for ${key}. Expected: ${allowed.join(', ')}`;
  }
  const refusal = rule.error || `${FAILED} Invalid value for ${key}.`;
  let verdict;
  try {
    verdict = await rule.options(value);
  } catch (error) {
    throw error ? rule.error || error.message || error : refusal;
  }
  if (!verdict && verdict != null) throw refusal;
}

/** "string" of String: what `typeof` says of its values. */
function type_name(type) {
  return (/^\s*function (\w+)/.exec(String(type))?.[1] ?? '').toLowerCase();
}

function check_type(rule, key, value) {
  const wanted = type_name(rule.type);
  const actual = Array.isArray(value) ? 'array' : typeof value;
  if (actual !== wanted) throw `${FAILED} Invalid type for ${key}. Expected: ${wanted}`;
}

/** Defaults and constants are written back into what the hook will see. */
function settle_field(rule, key, params, request) {
  if (rule.default != null && params[key] == null) {
    params[key] = rule.default;
    request.object?.set(key, rule.default);
  }
  if (!rule.constant || !request.object) return;
  if (request.original) request.object.revert(key);
  else if (rule.default != null) request.object.set(key, rule.default);
}

async function check_fields(fields, params, request) {
  if (Array.isArray(fields)) {
    fields.forEach(key => require_value(params, key));
    return;
  }
  const checks = [];
  for (const [key, rule] of Object.entries(fields ?? {})) {
    if (typeof rule === 'string') require_value(params, rule);
    if (typeof rule !== 'object' || rule === null) continue;
    settle_field(rule, key, params, request);
    if (rule.required) require_value(params, key);
    const value = params[key];
    if (!rule.required && value === undefined) continue;
    if (rule.type) check_type(rule, key, value);
    if (rule.options) checks.push(check_options(rule, key, value));
  }
  await Promise.all(checks);
}

async function names_of(roles) {
  return typeof roles === 'function' ? roles() : roles;
}

async function check_roles(validator, roles) {
  const any = await names_of(validator.requireAnyUserRoles);
  if (any && !any.some(name => roles.includes(name))) throw `${FAILED} User does not match the required roles.`;
  const all = await names_of(validator.requireAllUserRoles);
  if (all && !all.every(name => roles.includes(name))) throw `${FAILED} User does not match all the required roles.`;
}

async function check_user_keys(keys, user) {
  if (Array.isArray(keys)) {
    for (const key of keys) {
      if (!user) throw 'Please login to make this request.';
      if (user.get(key) == null) throw `${FAILED} Please set data for ${key} on your account.`;
    }
    return;
  }
  const checks = Object.entries(keys ?? {}).filter(([, rule]) => rule.options);
  if (checks.length > 0 && !user) throw 'Please login to make this request.';
  await Promise.all(checks.map(([key, rule]) => check_options(rule, key, user.get(key))));
}

async function check_rules(validator, request, roles) {
  if (request.master && !validator.validateMasterKey) return;
  const is_new_user = request.object?.className === '_User' && !request.object.existed();
  const user = request.user ?? (is_new_user ? request.object : undefined);
  const needs_user = validator.requireUser || validator.requireAnyUserRoles || validator.requireAllUserRoles;
  if (needs_user && !user) throw `${FAILED} Please login to continue.`;
  if (validator.requireMaster && !request.master) throw `${FAILED} Master key is required to complete this request.`;
  const params = request.object ? request.object.toJSON() : (request.params ?? {});
  await check_fields(validator.fields, params, request);
  await check_roles(validator, roles);
  await check_user_keys(validator.requireUserKeys, user);
}

/** Throws a Parse.Error, 142 unless the validator says otherwise. `roles`: names of the roles that the caller has. */
export async function validate(Parse, validator, request, roles = []) {
  if (!validator) return;
  try {
    await (typeof validator === 'function' ? validator(request) : check_rules(validator, request, roles));
  } catch (error) {
    throw to_parse_error(Parse, error, Parse.Error.VALIDATION_ERROR, FAILED);
  }
}
