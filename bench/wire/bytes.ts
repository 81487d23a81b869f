import { Connection } from "./connection.js";
import { callMessage, isResult, windowMessage } from "./messages.js";
import type { ServerProcess } from "../runtime/processes.js";
import type { Wire } from "./wire.js";

/** Bytes in WebSocket messages, without the headers of WebSocket and below. Means of many messages. */
export interface Bytes {
  readonly call: number;
  readonly answer: number;
  readonly update: number;
}

/** Calls and watches as a client does, one call after the other. */
export async function countBytes(server: ServerProcess, wire: Wire, count: number): Promise<Bytes> {
  const options = { port: server.port, path: server.path, wire, likeAClient: true };
  const caller = await Connection.open(options);
  const watcher = await Connection.open(options);
  await watcher.ask(windowMessage(wire));
  const totals = { call: 0, answer: 0, update: 0 };
  for (let i = 0; i < count; i++) {
    const { sent, received } = await call(caller, callMessage(wire, "get_update"), wire);
    totals.call += sent;
    totals.answer += received;
  }
  for (let i = 0; i < count; i++) {
    const update = new Promise<Buffer>((resolve) => (watcher.onMessage = resolve));
    await call(caller, callMessage(wire, "walk"), wire);
    totals.update += (await update).length;
  }
  caller.close();
  watcher.close();
  return { call: totals.call / count, answer: totals.answer / count, update: totals.update / count };
}

async function call(
  connection: Connection,
  message: Uint8Array,
  wire: Wire,
): Promise<{ sent: number; received: number }> {
  const encoded = connection.encode(message);
  const payload = await new Promise<Buffer>((resolve) => {
    connection.onMessage = resolve;
    connection.write(encoded);
  });
  const answer = connection.decode(payload);
  if (!isResult(wire, answer)) throw new Error(`a call: ${Buffer.from(answer).toString("latin1")}`);
  return { sent: encoded.length, received: payload.length };
}
