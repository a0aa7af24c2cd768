// What the app's code has registered.

const FUNCTIONS = 'function';

/** Names that could not be told from code are left out, as in the reference. */
function is_usable(name) {
  return typeof name === 'string' && name !== '' && !/['"`]/.test(name);
}

export function make_registry(logger) {
  const hooks = new Map();
  let tell = () => {};
  const key_of = (kind, name) => `${kind} ${name}`;

  return {
    add(kind, name, handler, validator) {
      if (!is_usable(name)) return;
      if (kind === FUNCTIONS && hooks.has(key_of(kind, name)))
        logger.warn(`Warning: Duplicate cloud functions exist for ${name}. Only the last one will be used and the others will be ignored.`);
      hooks.set(key_of(kind, name), { kind, name, handler, validator });
      tell();
    },
    find: (kind, name) => hooks.get(key_of(kind, name)),
    remove_all() {
      // Options are no hooks: the code does not define them, and cannot take them away.
      for (const [key, { kind }] of hooks) if (kind !== 'option') hooks.delete(key);
      tell();
    },
    names: kind => [...hooks.values()].filter(hook => hook.kind === kind).map(hook => hook.name),
    /** What the server has to know: no code, only where it stands. */
    list: () =>
      [...hooks.values()].map(({ kind, name, validator }) => ({
        kind,
        name,
        skipWithMasterKey: validator?.skipWithMasterKey || undefined,
        needsRoles: !!(validator?.requireAnyUserRoles || validator?.requireAllUserRoles) || undefined,
        rateLimit: validator?.rateLimit,
      })),
    on_change(listener) {
      tell = listener;
    },
  };
}
