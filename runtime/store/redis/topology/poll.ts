import type { NodeConnection } from "../connection.js";
import { LinkLostError, type RedisReplyError } from "../errors.js";
import { type CallOwner, RedisCall } from "../redis-call.js";
import { readReplicationInfo, type ReplicationInfo } from "./replication-info.js";

/** A question whose failure is an answer, too: nothing is tried again. */
const once: CallOwner = {
  refused: (call: RedisCall, error: RedisReplyError) => call.fail(error),
  lost: (call: RedisCall) => call.fail(new LinkLostError("a node")),
  ended: () => undefined,
};

/** @returns how far a server is in its history; `undefined` when it does not say. */
export async function askReplication(connection: NodeConnection): Promise<ReplicationInfo | undefined> {
  if (!connection.ready) return undefined;
  const call = new RedisCall(once, "info", ["replication"], "", false);
  connection.send(call);
  try {
    const reply = await call.promise;
    return reply instanceof Buffer ? readReplicationInfo(reply.toString("latin1")) : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
