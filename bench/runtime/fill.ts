import { encode } from "@msgpack/msgpack";
import { callFrame } from "./workload.js";
import type { ServerProcess } from "./processes.js";
import { clientFrame, RawSocket } from "./raw-socket.js";
import { ACCOUNTS } from "./systems.js";

const BATCH = 1000;

/** Inserts the rows that the benchmark works on. */
export async function fill(server: ServerProcess): Promise<void> {
  const socket = await RawSocket.open(server.port, server.path);
  const answer = (frame: Buffer): Promise<Buffer> =>
    new Promise((resolve) => {
      socket.onMessage = resolve;
      socket.write(frame);
    });
  await answer(clientFrame(encode([])));
  for (let from = 0; from < ACCOUNTS; from += BATCH) {
    const payload = await answer(callFrame("fill", from, BATCH));
    if (!payload.includes("rsp")) throw new Error(`fill: ${payload.toString("latin1")}`);
  }
  socket.close();
}
