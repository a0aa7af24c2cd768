// What every handler's request has, built from what the server sends.

/** A row of the server as a Parse.Object. */
export function to_object(Parse, className, row) {
  return Parse.Object.fromJSON({ ...row, className });
}

/** The members that say who calls, from where. */
export function base_request(tools, call) {
  const { Parse, logger, app } = tools;
  return {
    master: !!call.master,
    isReadOnly: !!call.isReadOnly,
    user: call.user && to_object(Parse, '_User', call.user),
    installationId: call.installationId,
    headers: call.headers ?? {},
    ip: call.ip,
    log: logger,
    config: app,
  };
}

/** No prototype, so that no member comes from anywhere else. */
export function context_of(call) {
  return Object.assign(Object.create(null), call.context);
}

/** Parameters as handlers get them: Dates (which keep their `iso`), files and pointers become objects. */
export function decode_params(Parse, value) {
  if (Array.isArray(value)) return value.map(item => decode_params(Parse, item));
  if (!value || typeof value !== 'object') return value;
  if (value.__type === 'Date') return Object.assign(new Date(value.iso), value);
  if (value.__type === 'File') return Parse.File.fromJSON(value);
  if (value.__type === 'Pointer') {
    const { className, objectId } = value;
    return Parse.Object.fromJSON({ __type: 'Pointer', className, objectId });
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode_params(Parse, item)]));
}
