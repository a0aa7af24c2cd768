// Which call of the server the running code belongs to, so that its requests count as part of it.
import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage();

export function in_call(number, work) {
  return scope.run(number, work);
}

/** 0 outside of any call. */
export function current_call() {
  return scope.getStore() ?? 0;
}
