// beforeFind and afterFind.
import { base_request, context_of, to_object } from './request_object.mjs';
import { validate } from './validate.mjs';

function find_request(tools, call) {
  return { triggerName: call.hook, ...base_request(tools, call), isGet: !!call.isGet, context: context_of(call) };
}

function query_of(Parse, call) {
  const query = new Parse.Query(call.className);
  query.withJSON(call.query);
  return query;
}

/** A row as the client will get it: values that are set or unset but not saved count, and it says its class. */
function row_of(object) {
  const row = { ...object.toJSON(), className: object.className };
  for (const key of Object.keys(object._getPendingOps()[0])) if (object.get(key) === undefined) delete row[key];
  return row;
}

const PREFERENCES = ['readPreference', 'includeReadPreference', 'subqueryReadPreference'];

export async function run_before_find(tools, hook, call) {
  const { Parse } = tools;
  const request = { ...find_request(tools, call), query: query_of(Parse, call), count: !!call.count };
  await validate(Parse, hook.validator, request, call.roles);
  if (request.master && hook.validator?.skipWithMasterKey) return {};
  const returned = await hook.handler(request);
  const objects = returned instanceof Parse.Object ? [returned] : returned;
  const outcome = { context: { ...request.context } };
  if (Array.isArray(objects)) return { ...outcome, objects: objects.map(row_of) };
  const query = (returned instanceof Parse.Query ? returned : request.query).toJSON();
  for (const key of PREFERENCES) if (request[key]) query[key] = request[key];
  return { ...outcome, query };
}


export async function run_after_find(tools, hook, call) {
  const { Parse } = tools;
  const objects = call.objects.map(row => to_object(Parse, call.className, row));
  const request = { ...find_request(tools, call), query: query_of(Parse, call), objects };
  await validate(Parse, hook.validator, request, call.roles);
  if (request.master && hook.validator?.skipWithMasterKey) return {};
  const returned = (await hook.handler(request)) || request.objects;
  return { objects: returned.map(row_of), context: { ...request.context } };
}
