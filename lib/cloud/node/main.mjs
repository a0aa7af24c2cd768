// Runs an app's Cloud Code beside the server: `node main.mjs MODULE`, with the server's socket as descriptor 3.
import { Link, Kind } from './link.mjs';
import { load_parse } from './parse_sdk.mjs';
import { load_auth_modules } from './auth_modules.mjs';
import { load_option_functions } from './option_functions.mjs';
import { load_module } from './load_module.mjs';
import { make_rest_controller } from './rest_controller.mjs';
import { make_registry } from './registry.mjs';
import { make_cloud } from './cloud_api.mjs';
import { run_hook } from './run_hook.mjs';
import { current_call, in_call } from './call_scope.mjs';
import { add_server } from './server_info.mjs';
import { LegacyPromise } from './legacy_promise.mjs';
import { make_logger } from './logger.mjs';
import { explain, explain_load } from './explain.mjs';

const [module_path] = process.argv.slice(2);
const link = new Link(3);

const LONGEST_MESSAGE = 100_000;

function fault_json({ code, message, status }) {
  return JSON.stringify({ code, message: String(message).slice(0, LONGEST_MESSAGE), status });
}

async function start(app) {
  const Parse = load_parse(module_path);
  const logger = make_logger(link);
  const registry = make_registry(logger);
  Parse.initialize(app.applicationId, app.javascriptKey, app.masterKey);
  Parse.serverURL = app.serverURL;
  const direct = make_rest_controller(link, Parse, app, current_call);
  if (app.directAccess) Parse.CoreManager.setRESTController(direct);
  Parse.Cloud = make_cloud({ Parse, registry, logger, app, direct });
  add_server(Parse, app, logger);
  Parse.Promise ??= LegacyPromise;
  globalThis.Parse = Parse;

  const tools = { Parse, registry, logger, app, link, auth_modules: new Map() };
  link.on(Kind.call, (number, payload) =>
    in_call(number, async () => {
      try {
        link.send(Kind.result, number, await run_hook(tools, number, JSON.parse(payload)));
      } catch (error) {
        link.send(Kind.fault, number, fault_json(error));
      }
    }));
  // A rejection that nobody handles is a mistake of one request, not a reason to end all the others.
  process.on('unhandledRejection', error => logger.error(`Cloud Code left a rejection unhandled: ${explain(error)}`));
  // After an exception that nobody caught, nothing about the process is certain.
  process.on('uncaughtException', error =>
    link.end(Kind.log, JSON.stringify({ level: 'error', message: `Cloud Code ends by an uncaught exception: ${explain(error)}` })));

  tools.auth_modules = await load_auth_modules(app.authModules);
  await load_option_functions(tools);
  await load_module(module_path, Parse);
  const announce = () => link.send(Kind.ready, 0, JSON.stringify({ hooks: registry.list() }));
  announce();
  // Functions may also be defined later, inside others.
  registry.on_change(announce);
}

link.on(Kind.ping, () => link.send(Kind.pong, 0, ''));
link.on(Kind.start, (number, payload) =>
  start(JSON.parse(payload)).catch(error => link.end(Kind.load_failed, explain_load(error, module_path))));
