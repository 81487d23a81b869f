import { nodeText, type RedisNode } from "../address.js";
import type { RedisReply } from "../link.js";
import { SLOTS } from "./hash-slot.js";

/** One primary and its replicas, which all have the same slots. */
export interface Shard {
  readonly primary: RedisNode;
  readonly replicas: readonly RedisNode[];
}

/** Which node has which slot, as one node of the cluster sees it. */
export class SlotMap {
  readonly shards: readonly Shard[];
  readonly #bySlot: (Shard | undefined)[];

  private constructor(shards: readonly Shard[], bySlot: (Shard | undefined)[]) {
    this.shards = shards;
    this.#bySlot = bySlot;
  }

  static readonly empty = new SlotMap([], []);

  /**
   * Reads the reply to `CLUSTER SLOTS`: `[low, high, [host, port, …] of the primary, [host, port, …] of a replica …]`.
   * @param asked whose reply it is: a node that does not know its own address leaves it out.
   * @returns `undefined` when the node knows of no slot at all.
   */
  static read(reply: RedisReply, asked: RedisNode): SlotMap | undefined {
    const shards = new Map<string, Shard>();
    const bySlot = new Array<Shard | undefined>(SLOTS).fill(undefined);
    for (const entry of listOf(reply)) {
      const [low, high, ...nodes] = listOf(entry);
      const [primary, ...replicas] = nodes.map((node) => readNode(node, asked));
      if (primary === undefined) continue;
      const name = nodeText(primary);
      const shard = shards.get(name) ?? { primary, replicas: replicas.filter((node) => node !== undefined) };
      shards.set(name, shard);
      bySlot.fill(shard, Number(low), Number(high) + 1);
    }
    return shards.size === 0 ? undefined : new SlotMap([...shards.values()], bySlot);
  }

  shardOf(slot: number): Shard | undefined {
    return this.#bySlot[slot];
  }

  /** The map with one slot at another primary, as a redirection has told. */
  moved(slot: number, to: RedisNode): SlotMap {
    const name = nodeText(to);
    const known = this.shards.find(({ primary }) => nodeText(primary) === name);
    const shard = known ?? { primary: to, replicas: [] };
    const bySlot = [...this.#bySlot];
    bySlot[slot] = shard;
    return new SlotMap(known === undefined ? [...this.shards, shard] : this.shards, bySlot);
  }
}

/** Where a node sends us instead: for good, or for this call only, while the slot is on its way. */
export interface Redirection {
  readonly kind: "moved" | "ask";
  readonly slot: number;
  readonly node: RedisNode;
}

/**
 * Reads `MOVED 3999 127.0.0.1:6381` and `ASK 3999 127.0.0.1:6381`.
 * @param asked the node that said it; an empty host stands for its own.
 */
export function readRedirection(error: string, asked: RedisNode): Redirection | undefined {
  const found = /^(MOVED|ASK) (\d+) (.*):(\d+)$/.exec(error);
  if (found === null) return undefined;
  const [, kind, slot, host = "", port] = found;
  return {
    kind: kind === "MOVED" ? "moved" : "ask",
    slot: Number(slot),
    node: { host: host === "" || host === "?" ? asked.host : host, port: Number(port) },
  };
}

function readNode(node: RedisReply, asked: RedisNode): RedisNode | undefined {
  const [host, port] = listOf(node);
  if (typeof port !== "number") return undefined;
  const name = host instanceof Buffer ? host.toString() : "";
  return { host: name === "" || name === "?" ? asked.host : name, port };
}

function listOf(reply: RedisReply | undefined): readonly RedisReply[] {
  return Array.isArray(reply) ? (reply as readonly RedisReply[]) : [];
}
