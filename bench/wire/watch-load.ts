import { Connection } from "./connection.js";
import { isSubscribed, windowMessage } from "./messages.js";
import type { Wire } from "./wire.js";

/** The order of a process that watches the window with many connections until it is told to stop. */
export interface WatchOrder {
  readonly port: number;
  readonly path: string;
  readonly wire: Wire;
  readonly connections: number;
}

/** What has come so far; told whenever it is asked for. */
export interface WatchReport {
  readonly messages: number;
  readonly bytes: number;
}

process.once("message", (order: WatchOrder) => void watch(order));

async function watch({ wire, connections, ...server }: WatchOrder): Promise<void> {
  let messages = 0;
  let bytes = 0;
  for (let i = 0; i < connections; i++) {
    const connection = await Connection.open({ ...server, wire });
    const answer = await connection.ask(windowMessage(wire));
    if (!isSubscribed(wire, answer)) throw new Error(`the window: ${Buffer.from(answer).toString("latin1")}`);
    connection.onMessage = (payload) => {
      messages++;
      bytes += payload.length;
    };
  }
  process.on("message", () => process.send!({ messages, bytes } satisfies WatchReport));
  process.on("disconnect", () => process.exit());
  process.send!({ ready: true });
}
