/** Servers of the instance are running. */
export class InstanceRunningError extends Error {
  override readonly name = "InstanceRunningError";

  constructor(
    readonly instance: string,
    readonly workers: readonly { readonly worker: number; readonly place: string; readonly lastSeen: number }[],
  ) {
    super(
      `${instance} is running, and its data cannot be changed under it:\n` +
        workers
          .map(({ worker, place, lastSeen }) => {
            const [host, pid] = [place.slice(0, place.lastIndexOf(":")), place.slice(place.lastIndexOf(":") + 1)];
            return `  - worker ${worker}: process ${pid} on ${host}, heard of ${(lastSeen / 1000).toFixed(1)} s ago`;
          })
          .join("\n") +
        "\nstop them, or wait until those that were killed have lost their leases (10 s unless lease_time says otherwise)",
    );
  }
}

/** Another process is upgrading the instance. */
export class UpgradeRunningError extends Error {
  override readonly name = "UpgradeRunningError";

  constructor(readonly instance: string) {
    super(`another hetu upgrade of ${instance} is under way: wait until it has ended`);
  }
}

/** What an upgrade has written is not there; nothing was changed. */
export class UpgradeRowsLostError extends Error {
  override readonly name = "UpgradeRowsLostError";

  /** @param expected entries that were written. @param found those that are there. */
  constructor(
    readonly table: string,
    readonly expected: number,
    readonly found: number,
  ) {
    super(
      `of ${table}, ${expected} rows were written and ${found} are there, and nothing was changed: a Redis has lost ` +
        "writes, as it may when a replica takes over or when it is started again; look after it, then run hetu upgrade again",
    );
  }
}

/** The rows of a table and its index on id do not belong together. */
export class UpgradeTableDamagedError extends Error {
  override readonly name = "UpgradeTableDamagedError";

  constructor(
    readonly table: string,
    readonly rows: number,
    readonly indexed: number,
  ) {
    super(
      `${table} has ${rows} rows, and its index on id leads to ${indexed}; nothing was changed: something else has ` +
        "written to the keys of the instance, or a Redis has lost a part of it; bring a copy back that is whole",
    );
  }
}

/** This upgrade stood still for so long that another one may have begun. */
export class UpgradeTurnLostError extends Error {
  override readonly name = "UpgradeTurnLostError";

  constructor() {
    super("the upgrade stood still for too long, and another one may have begun: run it again");
  }
}
