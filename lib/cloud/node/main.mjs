// Runs an app's Cloud Code beside the server: `node main.mjs MODULE APP`, with the server's socket as descriptor 3.
import { Link, Kind } from './link.mjs';
import { load_parse } from './parse_sdk.mjs';
import { load_module } from './load_module.mjs';
import { make_rest_controller } from './rest_controller.mjs';
import { make_registry } from './registry.mjs';
import { make_cloud } from './cloud_api.mjs';
import { run_hook } from './run_hook.mjs';
import { current_call, in_call } from './call_scope.mjs';
import { make_logger } from './logger.mjs';

const [module_path, app_json] = process.argv.slice(2);
const app = JSON.parse(app_json);
const link = new Link(3);

/** What of a thing that was thrown a person can use. */
function explain(error) {
  return error?.stack ?? error?.message ?? String(error);
}

async function start() {
  const Parse = load_parse(module_path);
  const logger = make_logger(link);
  const registry = make_registry(logger);
  Parse.initialize(app.applicationId, app.javascriptKey, app.masterKey);
  Parse.serverURL = app.serverURL;
  Parse.CoreManager.setRESTController(make_rest_controller(link, Parse, app, current_call));
  Parse.Cloud = make_cloud({ Parse, registry, logger, app });
  globalThis.Parse = Parse;

  const tools = { Parse, registry, logger, app, link };
  link.on(Kind.call, (number, payload) =>
    in_call(number, async () => {
      try {
        link.send(Kind.result, number, await run_hook(tools, number, JSON.parse(payload)));
      } catch (error) {
        link.send(Kind.fault, number, JSON.stringify({ code: error.code, message: error.message, status: error.status }));
      }
    }));
  // A rejection that nobody handles is a mistake of one request, not a reason to end all the others.
  process.on('unhandledRejection', error => logger.error(`Cloud Code left a rejection unhandled: ${explain(error)}`));

  await load_module(module_path, Parse);
  const announce = () => link.send(Kind.ready, 0, JSON.stringify({ hooks: registry.list() }));
  announce();
  // Functions may also be defined later, inside others.
  registry.on_change(announce);
}

link.on(Kind.ping, () => link.send(Kind.pong, 0, ''));
start().catch(error => link.end(Kind.load_failed, explain(error)));
