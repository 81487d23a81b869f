import { addressText, type RedisAddress } from "./address.js";
import type { LinkOptions, RedisLink } from "./link.js";
import { isHopeless } from "./reply-kinds.js";
import { SingleLink } from "./single-link.js";
import { ClusterLink } from "./topology/cluster-link.js";

/** Nobody could be reached where the address says, or nobody who lets us in. `cause` is the last reason. */
export class RedisUnreachableError extends Error {
  override readonly name = "RedisUnreachableError";

  /** @param address without user and password. */
  constructor(
    readonly address: string,
    cause: Error,
  ) {
    super(`cannot use Redis at ${address}: ${cause.message}`, { cause });
  }
}

/** Longer than it takes a server beside this one to start. */
const OPEN_WINDOW_MS = 10_000;

/**
 * Dials and waits for the first answer.
 * @throws RedisUnreachableError
 */
export async function openLink(address: RedisAddress, options: LinkOptions = {}): Promise<RedisLink> {
  const link = address.cluster ? new ClusterLink(address, options) : new SingleLink(address, options);
  try {
    await answered(link);
    return link;
  } catch (error) {
    link.abandon();
    throw new RedisUnreachableError(addressText(address), error instanceof Error ? error : new Error(String(error)));
  }
}

async function answered(link: SingleLink | ClusterLink): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const started = performance.now();
  const refused = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const { error } = link;
      if (error === undefined) return;
      if (isHopeless(error) || performance.now() - started > OPEN_WINDOW_MS) reject(error);
    }, 10);
  });
  try {
    await Promise.race([refused, link.command("ECHO", "hetu", [])]);
  } finally {
    clearInterval(timer);
  }
}
