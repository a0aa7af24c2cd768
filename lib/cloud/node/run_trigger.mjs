// Triggers: of saving, deleting, logging in … here; of finding in find_triggers.
import { base_request, context_of, to_object } from './request_object.mjs';
import { changed_object } from './changed_object.mjs';
import { run_config_trigger } from './config_triggers.mjs';
import { run_after_find, run_before_find } from './find_triggers.mjs';
import { to_parse_error } from './errors.mjs';
import { validate } from './validate.mjs';

const SCRIPT_FAILED = 'Script failed. Unknown error.';

/** The save JSON of an object: what would be sent if it were saved now. */
function save_json(object) {
  return { ...object._getSaveJSON(), objectId: object.id };
}

/** What a handler has set on an object without saving it. */
function pending_values(object) {
  const values = object.toJSON();
  return Object.fromEntries(object.dirtyKeys().filter(key => key in values).map(key => [key, values[key]]));
}

const OUTCOMES = {
  beforeSave(request, returned) {
    const is_other = returned && typeof returned === 'object' && typeof returned._getSaveJSON !== 'function';
    return is_other && returned.object ? { object: returned.object, replaces: true } : { object: save_json(request.object) };
  },
  afterSave(request, returned) {
    if (returned && typeof returned === 'object' && !returned._toFullJSON) return { response: returned };
    return { changes: pending_values(returned ?? request.object) };
  },
};

function object_request(tools, call) {
  const { Parse } = tools;
  const original = call.original && to_object(Parse, call.className, call.original);
  const request = {
    triggerName: call.hook,
    ...base_request(tools, call),
    object: changed_object(Parse, call),
    context: context_of(call),
  };
  if (original) request.original = original;
  return request;
}

async function run_object_trigger(tools, hook, call) {
  const { Parse } = tools;
  const request = object_request(tools, call);
  await validate(Parse, hook.validator, request, call.roles);
  const is_skipped = request.master && hook.validator?.skipWithMasterKey;
  const returned = is_skipped ? undefined : await hook.handler(request);
  const outcome = OUTCOMES[call.hook]?.(request, returned) ?? {};
  return { ...outcome, context: { ...request.context } };
}

const RUNNERS = { beforeFind: run_before_find, afterFind: run_after_find };

export async function run_trigger(tools, hook, call) {
  try {
    const run = call.name === '@Config' ? run_config_trigger : (RUNNERS[call.hook] ?? run_object_trigger);
    return `\n${JSON.stringify(await run(tools, hook, call))}`;
  } catch (error) {
    throw to_parse_error(tools.Parse, error, tools.Parse.Error.SCRIPT_FAILED, SCRIPT_FAILED);
  }
}
