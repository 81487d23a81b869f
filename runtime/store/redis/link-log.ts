import { DEFAULT_RETRY_WINDOW_MS, type HeldCalls } from "./link.js";
import type { MeteredLink } from "./metered-link.js";
import type { RegistryLog } from "./registry/registry.js";

/** What is told of a Redis that is out of reach. */
export interface LinkLogOptions {
  /** Without user and password. */
  readonly where: string;
  /** Any key of the instance: whether it can be asked for tells when the server is back. */
  readonly key: string;
  /** Milliseconds; `undefined`: the default. */
  readonly retryWindow: number | undefined;
  readonly log: RegistryLog;
}

/** Says when a Redis goes away and when it is back: calls only wait meanwhile, so nothing else in the log would. */
export function logAbsence(link: MeteredLink, { where, key, retryWindow, log }: LinkLogOptions): void {
  let away = false;
  link.onLost(() => {
    if (away || link.closed) return;
    away = true;
    const since = performance.now();
    const window = retryWindow ?? DEFAULT_RETRY_WINDOW_MS;
    const consequence = `calls wait, and this process ends if it stays away for ${window} ms (retry_window)`;
    log.warn({ store: where }, `a connection to Redis at ${where} broke, or did not answer: ${consequence}`);
    link.command("EXISTS", key, []).then(
      () => {
        away = false;
        const milliseconds = Math.round(performance.now() - since);
        log.info({ store: where, milliseconds }, `Redis at ${where} answers again, after ${milliseconds} ms`);
      },
      // It has failed, which ends the process and is told there, or it is closed.
      () => undefined,
    );
  });
}

/** Says which replicas are read from. @returns what is to be told when it is others. */
export function logReplicas({
  where,
  log,
}: Pick<LinkLogOptions, "where" | "log">): (replicas: readonly string[]) => void {
  return (replicas) => {
    const text =
      replicas.length === 0
        ? "no replica follows it any more: it answers them itself"
        : `these replicas follow it and answer them: ${replicas.join(", ")}`;
    log.info({ store: where, replicas }, `subscriptions and @stale systems on Redis at ${where}: ${text}`);
  };
}

/**
 * Says which calls wait though Redis answers: for a slot that moves, or a primary that is to be elected.
 * @returns what is to be told.
 */
export function logHeld({ where, retryWindow, log }: Omit<LinkLogOptions, "key">): (held: HeldCalls) => void {
  const window = retryWindow ?? DEFAULT_RETRY_WINDOW_MS;
  return ({ partition, reason, milliseconds }) => {
    const waited = Math.round(milliseconds);
    log.warn(
      { store: where, partition, reason: reason.message, milliseconds: waited },
      `calls of partition ${partition} on Redis at ${where} have waited for ${waited} ms: ${reason.message}; ` +
        `this process ends when one has waited for ${window} ms (retry_window)`,
    );
  };
}
