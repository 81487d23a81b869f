/** The keys of an instance that belong to no partition; all are in one hash slot. */
export interface ControlKeys {
  readonly catalogue: string;
  /** There while an upgrade is under way or was not finished. */
  readonly upgrade: string;
  /** Held by the process that upgrades. */
  readonly upgrader: string;
  /** How far the rows are that it writes. */
  readonly progress: string;
  readonly leases: string;
  readonly workers: string;
  readonly horizons: string;
  readonly claims: string;
  readonly start: string;
}

/** @param tag `{hetu:<instance>}` */
export function controlKeys(tag: string): ControlKeys {
  return {
    catalogue: `${tag}:catalogue`,
    upgrade: `${tag}:upgrade`,
    upgrader: `${tag}:upgrader`,
    progress: `${tag}:upgrade-progress`,
    leases: `${tag}:leases`,
    workers: `${tag}:workers`,
    horizons: `${tag}:horizons`,
    claims: `${tag}:claims`,
    start: `${tag}:start`,
  };
}

/** `{hetu:<instance>}` of partition 3: `{hetu:<instance>:3}`. */
export function partitionTag(tag: string, partition: number): string {
  return `${tag.slice(0, -1)}:${partition}}`;
}

/** The instance that a tag of control keys is of. */
export function instanceOf(tag: string): string {
  return tag.slice(1, -1);
}
