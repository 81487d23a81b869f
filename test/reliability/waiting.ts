/** Something that has to come about did not, in a time that no slow machine explains. */
export class HangError extends Error {
  override readonly name = "HangError";
}

/** How long anything may take before it counts as hanging, in milliseconds. */
export const HANG = 90_000;

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Looks again and again until something holds.
 * @returns the milliseconds that it took, to about 10.
 * @throws HangError
 */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  since = performance.now(),
) {
  const end = performance.now() + HANG;
  while (!(await holds())) {
    if (performance.now() > end)
      throw new HangError(`after ${HANG / 1000} s it still does not hold: ${typeof what === "string" ? what : what()}`);
    await pause(10);
  }
  return performance.now() - since;
}

/** @throws HangError when it is not settled in time. */
export async function bounded<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HangError(`${what}: not done after ${HANG / 1000} s`)), HANG);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Random numbers below 1 that a seed repeats (SplitMix32: Steele, Lea and Flood, OOPSLA 2014). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
