// What a thrown value means to the client.

/** A Parse.Error as it is; anything else gets `code`, and `message` when it says nothing. */
export function to_parse_error(Parse, thrown, code = Parse.Error.SCRIPT_FAILED, message = 'Script failed.') {
  if (!thrown) return new Parse.Error(code, message);
  if (thrown instanceof Parse.Error) return thrown;
  if (typeof thrown === 'string') return new Parse.Error(code, thrown);
  return new Parse.Error(code, String(thrown.message || thrown));
}
