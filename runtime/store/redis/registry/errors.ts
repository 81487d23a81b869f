import { IdsPausedError } from "../../ids-paused.js";
import { type UnfinishedUpgrade, waysOut } from "../../migration/unfinished.js";

/** This process is no longer the worker that it was, or cannot tell: it must end. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";

  constructor(
    readonly worker: number,
    reason: string,
  ) {
    super(`the lease of worker ${worker} is lost: ${reason}; the process must end, and may be started again`);
  }
}

/** No id may be given at the moment: the lease was not confirmed in time. The process finds out at once. */
export class LeaseUnconfirmedError extends IdsPausedError {
  override readonly name = "LeaseUnconfirmedError";

  /** @param resumed See {@link IdsPausedError}. */
  constructor(
    readonly worker: number,
    resumed: Promise<void>,
  ) {
    super(
      `worker ${worker} gives no ids now: it stood still, or was out of reach of Redis, for longer than its lease; ` +
        "it asks whether the lease still holds",
      resumed,
    );
  }
}

/** All worker numbers of an instance are in use. */
export class NoWorkerNumberError extends Error {
  override readonly name = "NoWorkerNumberError";

  constructor(
    readonly instance: string,
    readonly limit: number,
  ) {
    super(
      `all ${limit} worker numbers of ${instance} are in use: an instance can have ${limit} processes at most; ` +
        "stop some, or wait a lease time for those that have died",
    );
  }
}

/** `hetu upgrade` is running on this instance, or was killed. */
export class UpgradeUnfinishedError extends Error {
  override readonly name = "UpgradeUnfinishedError";

  constructor(
    readonly instance: string,
    readonly command: string,
    readonly unfinished: UnfinishedUpgrade,
  ) {
    super(
      `the data of ${instance} is being brought to another schema, and that is not finished:\n` +
        `  - wait if it is still under way\n${waysOut(unfinished, command)}`,
    );
  }
}

/** Redis' clock shows a time before the first that an id can have. */
export class RedisClockError extends Error {
  override readonly name = "RedisClockError";

  constructor(readonly time: number) {
    super(
      `the clock of Redis shows ${new Date(time).toISOString()}, which is in the past for certain: ` +
        "set the clock of its machine (date -u shows it; chronyd or systemd-timesyncd keeps it right)",
    );
  }
}

/**
 * What brings data to another schema, where nobody has said how this program was started.
 * @param store As after `--store`.
 */
export function upgradeCommand(store: string | undefined): string {
  return store === undefined ? "hetu upgrade" : `hetu upgrade --store ${store}`;
}
