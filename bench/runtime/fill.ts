import { encode } from "@msgpack/msgpack";
import { callFrame } from "./workload.js";
import { THINGS } from "./places.js";
import { clientFrame, RawSocket } from "./raw-socket.js";
import { ACCOUNTS, ITEMS } from "./systems.js";

const BATCH = 1000;

const FILLED = [
  ["fill_items", ITEMS],
  ["fill_accounts", ACCOUNTS],
  ["fill_spots", BATCH],
  ["fill_things", THINGS],
] as const;

/**
 * Inserts the rows that the benchmark works on.
 * @param most Of each table; default: as many as it is measured with.
 */
export async function fill(
  server: { readonly port: number; readonly path: string },
  most: number = Infinity,
): Promise<void> {
  const socket = await RawSocket.open(server.port, server.path);
  const answer = (frame: Buffer): Promise<Buffer> =>
    new Promise((resolve) => {
      socket.onMessage = resolve;
      socket.write(frame);
    });
  await answer(clientFrame(encode([])));
  for (const [system, rows] of FILLED) {
    for (let from = 0; from < Math.min(rows, most); from += BATCH) {
      const payload = await answer(callFrame(system, from, BATCH));
      if (!payload.includes("rsp")) throw new Error(`${system}: ${payload.toString("latin1")}`);
    }
  }
  socket.close();
}
