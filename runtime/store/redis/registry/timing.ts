/** What follows from a lease time; all in milliseconds. */
export interface Timing {
  /** A lease that was not renewed for so long is over. The rest of the lease time is for finding out and cleaning up. */
  readonly ttl: number;
  /** From one renewal to the next, which also looks for leases that are over. */
  readonly beat: number;
  /** After Redis was out of reach, or its clock was changed, everybody has so long to be back. */
  readonly comeback: number;
  /** How often a process looks whether it stood still. */
  readonly tick: number;
  /** Longer than anything that a living process may be cut off for. */
  readonly forsaken: number;
  /** How far ids may run ahead of the last renewal. */
  readonly grant: number;
  /** From one question to the next while waiting for a start, at most: the first ones follow faster. */
  readonly poll: number;
}

export const DEFAULT_LEASE_TIME_MS = 10_000;

/** A minute: twice as long as a link is given to come back. */
const LONGEST_ABSENCE_MS = 60_000;

/** Links dial at least every 1.25 s, but not all of them at the same moment. */
const SHORTEST_COMEBACK_MS = 3_000;

export function timingOf(leaseTime: number): Timing {
  const ttl = Math.ceil(leaseTime * 0.7);
  return {
    ttl,
    comeback: Math.max(ttl, SHORTEST_COMEBACK_MS),
    beat: leaseTime / 10,
    tick: leaseTime / 20,
    forsaken: Math.max(LONGEST_ABSENCE_MS, leaseTime * 6),
    grant: Math.max(LONGEST_ABSENCE_MS, leaseTime * 6),
    poll: Math.max(10, leaseTime / 50),
  };
}
