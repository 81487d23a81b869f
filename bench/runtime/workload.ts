import { encode } from "@msgpack/msgpack";
import { clientFrame } from "./raw-socket.js";
import { zipfSampler } from "./zipf.js";

/** What a load process calls. Plain JSON: it is sent to the process. */
export type Workload =
  | { readonly kind: "hello" }
  | { readonly kind: "get" | "get_update" | "get2_update2"; readonly keys: number }
  /** `skew` is the exponent of Zipf's law over the accounts; 0 is uniform. */
  | { readonly kind: "transfer"; readonly accounts: number; readonly skew: number }
  /** One row read and written, by turns in each of three clusters of the schema. */
  | { readonly kind: "independent"; readonly items: number; readonly accounts: number; readonly things: number };

/** How many frames are prepared and then sent over and over, in random order. */
const POOL = 16_384;

/** Prepared `rpc` frames of a workload. */
export function framesOf(workload: Workload): Buffer[] {
  switch (workload.kind) {
    case "hello":
      return [callFrame("hello", "hello, world: thirty-two letters")];
    case "get":
    case "get_update":
    case "get2_update2":
      return Array.from({ length: POOL }, () => callFrame(workload.kind, Math.floor(Math.random() * workload.keys)));
    case "independent":
      return Array.from({ length: POOL }, (_, i) => independentFrame(workload, i % 3));
    case "transfer": {
      const account = zipfSampler(workload.accounts, workload.skew);
      return Array.from({ length: POOL }, () => {
        const from = account();
        let to = account();
        while (to === from) to = account();
        return callFrame("transfer", from, to, 1);
      });
    }
  }
}

function independentFrame(workload: Workload & { readonly kind: "independent" }, cluster: number): Buffer {
  switch (cluster) {
    case 0:
      return callFrame("get_update", Math.floor(Math.random() * workload.items));
    case 1:
      return callFrame("deposit", Math.floor(Math.random() * workload.accounts));
    default:
      return callFrame("touch", Math.floor(Math.random() * workload.things), Math.random());
  }
}

/** A client's frame of one call. */
export function callFrame(system: string, ...args: readonly unknown[]): Buffer {
  return clientFrame(encode(["rpc", system, ...args]));
}
