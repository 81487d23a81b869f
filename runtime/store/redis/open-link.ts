import { addressText, nodeText, type RedisAddress, RedisAddressError } from "./address.js";
import { RedisReplyError } from "./errors.js";
import type { LinkOptions, RedisLink, RedisReply } from "./link.js";
import { wrongTls } from "./port-kind.js";
import { isHopeless, refusalOf } from "./reply-kinds.js";
import { SingleLink } from "./single-link.js";
import { ClusterLink } from "./topology/cluster-link.js";

/** Nobody could be reached where the address says, or nobody who lets us in. `cause` is the last reason. */
export class RedisUnreachableError extends Error {
  override readonly name = "RedisUnreachableError";

  /** Whether it stays so until somebody changes the address, the password or the server. */
  readonly hopeless: boolean;

  /** @param address without user and password. */
  constructor(
    readonly address: string,
    cause: Error,
  ) {
    super(`cannot use Redis at ${address}: ${cause.message}${adviceOn(cause)}`, { cause });
    this.hopeless = isHopeless(cause);
  }
}

/** What to do about a login that was refused. */
function adviceOn(cause: Error): string {
  const where =
    "in the address (HETU_STORE, --store or store.url): redis://:password@host:port or redis://user:password@…";
  switch (refusalOf(cause)) {
    case "NOAUTH":
      return `\nIt wants a password, and the address has none: write it ${where}`;
    case "WRONGPASS":
      return `\nIt does not take this user or password: write the right ones ${where}`;
    case "NOPERM":
      return `\nIts user may not do what HeTu needs: change the user's rights (ACL SETUSER), or write another user ${where}`;
    default:
      return "";
  }
}

/** Longer than it takes a server beside this one to start. */
const OPEN_WINDOW_MS = 10_000;

/**
 * Dials and waits for the first answer.
 * @param onWaiting told once when nobody answers there yet, with the milliseconds that it goes on trying.
 * @throws RedisUnreachableError
 */
export async function openLink(
  address: RedisAddress,
  options: LinkOptions = {},
  onWaiting: (ms: number) => void = () => undefined,
): Promise<RedisLink> {
  const link = address.cluster ? new ClusterLink(address, options) : new SingleLink(address, options);
  try {
    await answered(link, address, onWaiting);
    if (!address.cluster) {
      await refuseNewNode(link, address);
      await refuseCluster(link);
    }
    if (options.onReplicas !== undefined) link.seekReplicas();
    return link;
  } catch (error) {
    link.abandon();
    throw new RedisUnreachableError(addressText(address), error instanceof Error ? error : new Error(String(error)));
  }
}

/** A server that says nothing for so long may be one that waits for, or does not understand, TLS. */
const SILENCE_MS = 1_000;

async function answered(
  link: SingleLink | ClusterLink,
  address: RedisAddress,
  onWaiting: (ms: number) => void,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const started = performance.now();
  let isTold = false;
  let isProbed = false;
  const refused = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const { error } = link;
      if (!isProbed && (error === undefined ? performance.now() - started > SILENCE_MS : !isAbsent(error))) {
        isProbed = true;
        void wrongTls(address).then((mistake) => mistake !== undefined && reject(mistake));
      }
      if (error === undefined) return;
      if (isHopeless(error) || performance.now() - started > OPEN_WINDOW_MS) reject(error);
      else if (!isTold) {
        isTold = true;
        onWaiting(OPEN_WINDOW_MS);
      }
    }, 10);
  });
  try {
    await Promise.race([refused, link.command("ECHO", "hetu", [])]);
  } finally {
    clearInterval(timer);
  }
}

/** Whether nobody listens there. */
function isAbsent(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === "ECONNREFUSED";
}

/** @throws RedisAddressError when it is a node of a cluster that has no hash slots yet: it would refuse every key. */
async function refuseNewNode(link: RedisLink, { nodes: [node] }: RedisAddress): Promise<void> {
  let slots: RedisReply;
  try {
    slots = await link.command("CLUSTER", "SLOTS", []);
  } catch (error) {
    // No cluster, or one that does not say.
    if (error instanceof RedisReplyError) return;
    throw error;
  }
  if (!Array.isArray(slots) || slots.length > 0) return;
  throw new RedisAddressError(
    "scheme",
    `${nodeText(node)} is a node of a cluster without hash slots; make the cluster first (redis-cli --cluster create), ` +
      "and write redis-cluster:// instead of redis://",
  );
}

/** So many keys of a cluster are hardly all on one of its nodes. */
const PROBES = 32;

/** @throws RedisAddressError when another node has some of the keys: later it would only come out as a feed that fails. */
async function refuseCluster(link: RedisLink): Promise<void> {
  const probes = Array.from({ length: PROBES }, (_, i) => link.command("EXISTS", `hetu:probe:${i}`, []));
  for (const probe of await Promise.allSettled(probes)) {
    if (probe.status === "rejected" && probe.reason instanceof RedisAddressError) throw probe.reason;
  }
}
