// One call of the server: builds the request object, validates, calls the handler, encodes what it came to.
import { run_function } from './run_function.mjs';
import { run_auth_module } from './auth_modules.mjs';
import { run_option } from './option_functions.mjs';
import { run_job } from './run_job.mjs';
import { run_trigger } from './run_trigger.mjs';

const RUNNERS = { function: run_function, job: run_job };

/** Returns the payload of the result: a line of JSON (which may be empty), then the value as JSON. Throws Parse.Error. */
export async function run_hook(tools, number, call) {
  if (call.hook === 'authModule') return run_auth_module(tools, call);
  if (call.hook === 'option') return run_option(tools, call);
  const hook = tools.registry.find(call.hook, call.name);
  if (!hook) throw new tools.Parse.Error(tools.Parse.Error.SCRIPT_FAILED, `Invalid ${call.hook}: "${call.name}"`);
  return (RUNNERS[call.hook] ?? run_trigger)(tools, hook, call, number);
}
