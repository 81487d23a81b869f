import { nodeText, type RedisAddress, type RedisNode } from "../address.js";
import { NodeConnection } from "../connection.js";
import { LinkLostError, RedisReplyError } from "../errors.js";
import type { RedisLink, RedisReply } from "../link.js";
import type { RedisPlace } from "../place.js";
import { type CallOwner, RedisCall } from "../redis-call.js";
import { isUnknownScript } from "../reply-kinds.js";
import { readReplicationInfo } from "../topology/replication-info.js";
import { SlotMap } from "../topology/slot-map.js";
import { textOf } from "./replies.js";
import { INFO } from "./scripts.js";
import { readServerInfo, type ServerInfo } from "./server-info.js";

/** Milliseconds that a node may take to be reached and to answer. */
const WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 10;

/** A server that has the data, or would have it after a failover. */
export interface NodeReport {
  /** `host:port` */
  readonly node: string;
  /** What it says of itself, or why it says nothing. */
  readonly answer: ServerInfo | Error;
  /** That it refuses the script which is the usual way to ask. */
  readonly refused?: RedisReplyError;
}

/**
 * What each server of a store says of itself: all primaries and replicas of a cluster, or a server and its replicas.
 * Each is dialled for it, so this is nothing to do often.
 * @param key any key, by which the primary is found that tells of its replicas.
 */
export async function askEachNode(
  link: RedisLink,
  { address, replicas }: Pick<RedisPlace, "address" | "replicas">,
  key: string,
): Promise<readonly NodeReport[]> {
  const [first] = address.nodes;
  if (address.cluster) {
    const map = SlotMap.read(await link.command("CLUSTER", "SLOTS", []), first);
    const nodes = new Map<string, RedisNode>();
    for (const shard of map?.shards ?? []) {
      for (const node of [shard.primary, ...shard.replicas]) nodes.set(nodeText(node), node);
    }
    return Promise.all([...nodes.values()].map((node) => ask(node, address, true)));
  }
  const own = await askOverLink(link, key, nodeText(first));
  const told = own.answer instanceof Error ? undefined : replicasOf(own.answer);
  const others: readonly RedisAddress[] =
    replicas ?? (told ?? []).map((node): RedisAddress => ({ ...address, nodes: [node] }));
  return [own, ...(await Promise.all(others.map((other) => ask(other.nodes[0], other, true))))];
}

function replicasOf({ fields }: ServerInfo): readonly RedisNode[] {
  const text = [...fields].map(([name, value]) => `${name}:${value}`).join("\n");
  return readReplicationInfo(text)?.replicas ?? [];
}

async function askOverLink(link: RedisLink, key: string, node: string): Promise<NodeReport> {
  try {
    return { node, answer: readServerInfo(textOf(await link.run(INFO, [key], []))) };
  } catch (error) {
    return { node, answer: error instanceof Error ? error : new Error(String(error)) };
  }
}

async function ask(node: RedisNode, address: RedisAddress, replica: boolean): Promise<NodeReport> {
  const name = nodeText(node);
  const connection = new NodeConnection(node, address, { name: "hetu:look", replyTimeout: WITHIN_MS, replica });
  try {
    const reason = await whenReady(connection);
    if (reason !== undefined) return { node: name, answer: reason };
    // Without keys, it runs wherever it is sent.
    const script = (owner: CallOwner): RedisCall => RedisCall.script(owner, INFO, [], [], false);
    try {
      return { node: name, answer: readServerInfo(textOf(await send(connection, script))) };
    } catch (error) {
      if (!(error instanceof RedisReplyError)) throw error;
      const plain = (owner: CallOwner): RedisCall => new RedisCall(owner, "info", [], "", false);
      return { node: name, answer: readServerInfo(textOf(await send(connection, plain))), refused: error };
    }
  } catch (error) {
    return { node: name, answer: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    connection.close();
  }
}

function send(connection: NodeConnection, make: (owner: CallOwner) => RedisCall): Promise<RedisReply> {
  const call = make({
    refused: (refused, error) => {
      if (isUnknownScript(error) && refused.sendSource()) connection.send(refused);
      else refused.fail(error);
    },
    lost: (lost) => lost.fail(new LinkLostError(connection.where)),
    ended: () => undefined,
  });
  connection.send(call);
  return call.promise;
}

/** @returns why there is no connection; `undefined`: there is. */
function whenReady(connection: NodeConnection): Promise<Error | undefined> {
  const until = performance.now() + WITHIN_MS;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const { ready, error } = connection;
      const isOver = performance.now() > until;
      if (!ready && error === undefined && !isOver) return;
      clearInterval(timer);
      resolve(ready ? undefined : (error ?? new Error(`${connection.where} did not answer within ${WITHIN_MS} ms`)));
    }, LOOK_EVERY_MS);
  });
}
