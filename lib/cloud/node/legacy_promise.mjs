// Parse.Promise of SDKs before 2.0, as far as old Cloud Code uses it: on top of what the language has.

export class LegacyPromise extends Promise {
  /** Without an executor it is settled from outside, by `resolve` and `reject`. */
  constructor(executor) {
    const settle = {};
    super((resolve, reject) => {
      Object.assign(settle, { resolve, reject });
      executor?.(resolve, reject);
    });
    this.settle = settle;
  }
  resolve(value) {
    this.settle.resolve(value);
    return this;
  }
  reject(reason) {
    this.settle.reject(reason);
    return this;
  }
  done(work) {
    return this.then(work);
  }
  fail(work) {
    return this.catch(work);
  }
  always(work) {
    return this.then(work, work);
  }
  static as(value) {
    return LegacyPromise.resolve(value);
  }
  static error(reason) {
    return LegacyPromise.reject(reason);
  }
  static is(value) {
    return typeof value?.then === 'function';
  }
  /** `when([a, b])` gives a list, `when(a, b)` too: a promise has one value. */
  static when(...given) {
    return LegacyPromise.all(given.length === 1 && Array.isArray(given[0]) ? given[0] : given);
  }
}
