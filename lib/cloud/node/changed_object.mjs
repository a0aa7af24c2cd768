// The object that a write is about, as a handler sees it: the stored one with the changes on top, not yet saved.
import { to_object } from './request_object.mjs';

const FIELD_NAME = /^[A-Za-z][0-9A-Za-z_]*$/;

function is_operator(value) {
  return typeof value?.__op === 'string';
}

/** `{"a.b": 1}` changes `b` of the value that `a` has. */
function set_dotted(object, path, value) {
  if (is_operator(value)) {
    object.set(path, value);
    return;
  }
  const [field, key] = path.split('.');
  const nested = object.get(field);
  object.set(field, { ...(nested && typeof nested === 'object' ? nested : {}), [key]: value });
}

/** `call`: className, objectId?, original? (the stored row), object? (it as it is now), changes? (a save body). */
export function changed_object(Parse, call) {
  const { className, original, changes } = call;
  const object = to_object(Parse, className, { ...(call.object ?? original), objectId: call.objectId });
  if (call.created) object._setExisted(false);
  if (!changes) return object;
  const read_only = object.constructor.readOnlyAttributes?.() ?? [];
  const plain = {};
  for (const [key, value] of Object.entries(changes)) {
    if (read_only.includes(key)) continue;
    if (key.indexOf('.') > 0) set_dotted(object, key, value);
    else if (FIELD_NAME.test(key) && key !== 'objectId') plain[key] = value;
  }
  object.set(Parse._decode(undefined, plain));
  return object;
}
