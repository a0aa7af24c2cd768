// Options that are functions of the app: the module of option cloudOptions.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { to_object } from './request_object.mjs';
import { to_parse_error } from './errors.mjs';

const KIND = 'option';

/** What the server asks is yes or no; as in the reference, some options want a plain true. */
const is_true = answer => answer === true;
const is_truthy = answer => !!answer;

/** Option -> how its function is called, and which answers are a yes. */
const FUNCTIONS = {
  verifyUserEmails: { argument: request_of, yes: is_true },
  preventLoginWithUnverifiedEmail: { argument: request_of, yes: is_true },
  sendUserEmailVerification: { argument: request_of, yes: is_truthy },
  'passwordPolicy.validatorCallback': { argument: (Parse, { password }) => password, yes: is_truthy },
};
const GROUPS = ['passwordPolicy'];

function request_of(Parse, given) {
  const request = { ...given };
  for (const name of ['object', 'original', 'user']) {
    if (given[name]) request[name] = to_object(Parse, '_User', given[name]);
  }
  return request;
}

function check_member(name, value) {
  if (!Object.hasOwn(FUNCTIONS, name))
    throw new Error(`cloudOptions: ${name} is no option that may be a function; those are ${Object.keys(FUNCTIONS).join(', ')}`);
  if (typeof value !== 'function') throw new Error(`cloudOptions: ${name} must be a function`);
}

/** `verifyUserEmails` or `passwordPolicy.validatorCallback` -> the value. */
function flatten(members) {
  return Object.entries(members).flatMap(([name, value]) =>
    GROUPS.includes(name) && value && typeof value === 'object'
      ? Object.entries(value).map(([inner, item]) => [`${name}.${inner}`, item])
      : [[name, value]]);
}

function check_mail(name, app) {
  if (name !== 'verifyUserEmails') return;
  const missing = [['appName', app.appName], ['publicServerURL', app.publicServerURL], ['emailAdapter', app.hasMailer]]
    .filter(([, value]) => !value).map(([option]) => option);
  if (missing.length > 0) throw new Error(`cloudOptions: verifyUserEmails needs the option ${missing.join(', ')}`);
}

/** Puts the functions into the registry. Throws when the module cannot be loaded, or has something else. */
export async function load_option_functions({ app, registry }) {
  if (!app.cloudOptions) return;
  const file = createRequire(path.join(process.cwd(), 'cloud.js')).resolve(path.resolve(app.cloudOptions));
  const loaded = await import(pathToFileURL(file).href);
  const members = loaded.default?.default ?? loaded.default;
  if (!members || typeof members !== 'object') throw new Error('cloudOptions: the module must export an object');
  for (const [name, value] of flatten(members)) {
    check_member(name, value);
    check_mail(name, app);
    registry.add(KIND, name, value);
  }
}

export async function run_option(tools, { hook: _, name, ...request }) {
  const { Parse, registry } = tools;
  const hook = registry.find(KIND, name);
  if (!hook) throw new Parse.Error(Parse.Error.SCRIPT_FAILED, `The option ${name} is no function.`);
  const { argument, yes } = FUNCTIONS[name];
  try {
    return `\n${JSON.stringify({ result: yes(await hook.handler(argument(Parse, request))) })}`;
  } catch (error) {
    throw to_parse_error(Parse, error);
  }
}
