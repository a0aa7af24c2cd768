// Which classes a trigger may stand on.

const USER_ONLY = ['beforeLogin', 'afterLogin', 'beforePasswordResetRequest'];

/** A class given as such, not the handler of a trigger whose class is known. */
export function is_class(value) {
  return typeof value === 'string' || (typeof value === 'function' && Object.hasOwn(value, 'className'));
}

/** "Game" of "Game" and of the class Game, "@File" of Parse.File. */
export function class_name_of(value) {
  if (value?.className) return value.className;
  if (typeof value === 'function') return value.name.replace('Parse', '@');
  return value;
}

/** Throws for a trigger that its class cannot have; the texts are part of the contract. */
export function check_trigger_class(kind, name) {
  if (kind === 'beforeSave' && name === '_PushStatus') throw 'Only afterSave is allowed on _PushStatus';
  if (USER_ONLY.includes(kind) && name !== '_User')
    throw 'Only the _User class is allowed for the beforeLogin, afterLogin, and beforePasswordResetRequest triggers';
  if (kind === 'afterLogout' && name !== '_Session')
    throw 'Only the _Session class is allowed for the afterLogout trigger.';
  if (name === '_Session' && kind !== 'afterLogout')
    throw 'Only the afterLogout trigger is allowed for the _Session class.';
}
