// Login providers that are modules of the app: option auth.<name>.module.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { base_request, to_object } from './request_object.mjs';
import { to_parse_error } from './errors.mjs';

const PHASES = ['validateSetUp', 'validateLogin', 'validateUpdate'];
const RESULT_KEYS = ['doNotSave', 'save', 'response'];

/** A file, relative to the folder of the server, or a package. */
async function import_module(place) {
  const require = createRequire(path.join(process.cwd(), 'cloud.js'));
  let file;
  try {
    file = require.resolve(path.resolve(place));
  } catch {
    file = require.resolve(place);
  }
  const loaded = (await import(pathToFileURL(file).href)).default;
  const adapter = loaded?.default ?? loaded;
  return typeof adapter === 'function' ? new adapter() : adapter;
}

function has(adapter, method) {
  return typeof adapter[method] === 'function';
}

function check(name, adapter, options) {
  const wanted = options.policy ?? 'default';
  const policy = adapter?.policy ?? wanted;
  if (!adapter || (!has(adapter, 'validateAuthData') && !PHASES.every(method => has(adapter, method))))
    throw new Error(`auth.${name}: the module needs validateAuthData, or ${PHASES.join(', ')}`);
  if (policy !== wanted)
    throw new Error(`auth.${name}: the module's policy is ${typeof policy === 'string' ? `"${policy}"` : 'a function'}, the option says "${wanted}"`);
  if (has(adapter, 'validateOptions')) adapter.validateOptions(options);
}

/** Name -> `{adapter, options}`. Throws when one cannot be loaded or used. */
export async function load_auth_modules(settings = {}) {
  const modules = new Map();
  for (const [name, options] of Object.entries(settings)) {
    const adapter = await import_module(options.module).catch(error => {
      throw new Error(`auth.${name}: ${error.message}`, { cause: error });
    });
    check(name, adapter, options);
    modules.set(name, { adapter, options });
  }
  return modules;
}

function request_of(tools, given = {}) {
  const user = given.user && to_object(tools.Parse, '_User', given.user);
  return { ...base_request(tools, { ...given, user: undefined }), user, isChallenge: !!given.isChallenge };
}

/** Only what the server knows of; false stays, as it must not pass for a yes. */
function validation_result(value) {
  if (value === false) return false;
  if (!value || typeof value !== 'object') return null;
  return Object.fromEntries(RESULT_KEYS.filter(key => key in value).map(key => [key, value[key]]));
}

async function validate({ adapter, options }, method, authData, request) {
  if (options.appIds && has(adapter, 'validateAppId')) await adapter.validateAppId(options.appIds, authData, options, request);
  const used = has(adapter, 'validateAuthData') ? 'validateAuthData' : method;
  return validation_result(await adapter[used](authData, options, request));
}

/** undefined: the module has no such function. */
async function call_adapter(module, call, request) {
  const { adapter, options } = module;
  const { method, authData, challengeData } = call;
  if (PHASES.includes(method)) return validate(module, method, authData, request);
  if (!has(adapter, method)) return undefined;
  // It may change the authData that it gets.
  if (method === 'beforeFind') return (await adapter.beforeFind(authData)) ?? authData;
  if (method === 'afterFind') return (await adapter.afterFind(authData, options, request)) ?? null;
  return (await adapter.challenge(challengeData, authData, options, { ...request, isChallenge: true })) ?? null;
}

export async function run_auth_module(tools, call) {
  const module = tools.auth_modules.get(call.name);
  if (!module) throw new tools.Parse.Error(tools.Parse.Error.UNSUPPORTED_SERVICE, 'This authentication method is unsupported.');
  try {
    return `\n${JSON.stringify({ result: await call_adapter(module, call, request_of(tools, call.request)) })}`;
  } catch (error) {
    throw to_parse_error(tools.Parse, error);
  }
}
