import { DEFAULT_RETRY_WINDOW_MS, type HeldCalls, type RedisLink } from "./link.js";
import type { RegistryLog } from "./registry/registry.js";

/** What is told of a Redis that is out of reach. */
export interface LinkLogOptions {
  /** Without user and password. */
  readonly where: string;
  /** Milliseconds; `undefined`: the default. */
  readonly retryWindow: number | undefined;
  readonly log: RegistryLog;
}

/** Says when a Redis goes away and when it is back: calls only wait meanwhile, so nothing else in the log would. */
export function logAbsence(link: RedisLink, { where, retryWindow, log }: LinkLogOptions): void {
  link.onAbsence(({ node, over }) => {
    const window = retryWindow ?? DEFAULT_RETRY_WINDOW_MS;
    const consequence = `calls wait, and this process ends if it stays away for ${window} ms (retry_window)`;
    const name = node === undefined ? where : `${where} (${node})`;
    const fields = { store: where, ...(node === undefined ? {} : { node }) };
    log.warn(fields, `a connection to Redis at ${name} broke, or did not answer: ${consequence}`);
    over.then(
      (ms) => {
        const milliseconds = Math.round(ms);
        log.info({ ...fields, milliseconds }, `Redis at ${name} answers again, after ${milliseconds} ms`);
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
export function logHeld({ where, retryWindow, log }: LinkLogOptions): (held: HeldCalls) => void {
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
