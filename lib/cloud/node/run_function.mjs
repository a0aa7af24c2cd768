// Parse.Cloud.define
import { base_request, decode_params } from './request_object.mjs';
import { to_parse_error } from './errors.mjs';
import { validate } from './validate.mjs';

const SENT_TWICE = name =>
  `Cannot call ${name}() after response has already been sent. ` +
  'Make sure to call success() or error() only once per cloud function execution.';

/** The second parameter of a handler that takes two: what it answers, with status and headers of its own. */
function make_response(settle, fail) {
  const custom = {};
  let is_sent = false;
  const once = name => {
    if (is_sent) throw new Error(SENT_TWICE(name));
    is_sent = true;
  };
  return {
    custom,
    success(value) {
      once('success');
      settle(value);
    },
    error(reason) {
      once('error');
      fail(reason);
    },
    status(code) {
      custom.status = code;
      return this;
    },
    header(name, value) {
      custom.headers = { ...custom.headers, [name]: value };
      return this;
    },
  };
}

/** A handler with two parameters answers by the second; any other by what it returns. */
async function call_handler(handler, request, custom) {
  if (handler.length < 2) return handler(request);
  return new Promise((settle, fail) => {
    const response = make_response(settle, fail);
    Object.assign(custom, { of: response.custom });
    // Such a handler may also just return a value; without one, its answer is still to come.
    Promise.resolve(handler(request, response)).then(value => value === undefined || settle(value)).catch(fail);
  });
}

export async function run_function({ Parse, ...tools }, hook, call) {
  const request = {
    ...base_request({ Parse, ...tools }, call),
    params: decode_params(Parse, call.params ?? {}),
    functionName: call.name,
    context: call.context ?? {},
  };
  await validate(Parse, hook.validator, request, call.roles);
  const custom = {};
  try {
    const value = await call_handler(hook.handler, request, custom);
    const head = custom.of && Object.keys(custom.of).length > 0 ? JSON.stringify(custom.of) : '';
    return `${head}\n${JSON.stringify({ result: Parse._encode(value) })}`;
  } catch (error) {
    throw Object.assign(to_parse_error(Parse, error), { status: custom.of?.status });
  }
}
