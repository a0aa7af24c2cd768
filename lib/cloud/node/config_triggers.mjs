// beforeSave and afterSave of Parse.Config.
import { base_request } from './request_object.mjs';
import { validate } from './validate.mjs';

/** `params` are those of the client, as they came, or those of the database. */
function config_of(Parse, params, is_stored) {
  const config = new Parse.Config();
  config.attributes = is_stored ? Parse._decode(undefined, params) : params;
  return config;
}

/** What the handler changes or returns means nothing: the change has been drawn up. */
export async function run_config_trigger(tools, hook, call) {
  const { Parse } = tools;
  const request = {
    triggerName: call.hook,
    ...base_request(tools, call),
    object: config_of(Parse, call.object, call.isStored),
    context: Object.create(null),
  };
  if (!request.user) delete request.user;
  if (call.original) request.original = config_of(Parse, call.original, true);
  await validate(Parse, hook.validator, request, call.roles);
  await hook.handler(request);
  return {};
}
