/** Rows in the window that the live benchmark watches: `Spot.x` from 0 to this. */
export const PLACES = 100;

/** Of `Thing`; a thing with the number `n` is in room `n % ROOMS`. */
export const ROOMS = 1_000;
export const THINGS = 10 * ROOMS;
