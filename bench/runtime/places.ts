/** Rows in the window that the live benchmark watches: `Spot.x` from 0 to this. */
export const PLACES = 100;
