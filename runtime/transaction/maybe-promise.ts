import type { MaybePromise } from "../store/contract.js";

/** Goes on with a value now, or when its promise has it: embedded stores answer at once. */
export function andThen<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/**
 * What is over when both are. A failure of either is that of the result; it counts as seen even when nobody comes to
 * wait for that, because something else has failed before.
 */
export function both(first: Promise<void> | undefined, second: Promise<void> | undefined): Promise<void> | undefined {
  second?.catch(ignored);
  if (first === undefined || second === undefined) return first ?? second;
  const result = Promise.all([first, second]).then(ignored);
  result.catch(ignored);
  return result;
}

function ignored(): void {
  // See both.
}
