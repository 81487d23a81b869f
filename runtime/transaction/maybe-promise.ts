import type { MaybePromise } from "../store/contract.js";

/** Goes on with a value now, or when its promise has it: embedded stores answer at once. */
export function andThen<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
