import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";
import { type Client, connect } from "../../fixtures/world/generated/client-ts/world/index.js";
import { Program, type Programs } from "./program.js";

/** The server of the world. */
export const entry = fileURLToPath(new URL("./world-entry.ts", import.meta.url));

/** What `/healthz` tells of a supervisor and its workers. */
export interface FleetHealth {
  readonly healthy: boolean;
  readonly ready: boolean;
  readonly workers: readonly { readonly pid: number; readonly connections: number; readonly state: string }[];
}

/** `hetu start` of the world, on any port. */
export class Fleet {
  private constructor(
    readonly program: Program,
    readonly port: number,
    readonly pages: number,
  ) {}

  static async start(programs: Programs, cwd: string, workers: number, args: readonly string[]): Promise<Fleet> {
    const free = ["--entry", entry, "--port", "0", "--host", "127.0.0.1", "--metrics", "0", "--no-pretty"];
    const all = ["start", ...free, "--workers", String(workers), ...args];
    const program = new Program(programs.hetu, all, { cwd });
    const pages = Number((await program.line(/\/readyz and \/metrics on port (\d+)/))[1]);
    const port = Number((await program.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/world/))[1]);
    if (workers > 1) await program.line(/all \d+ workers serve/);
    return new Fleet(program, port, pages);
  }

  async health(): Promise<FleetHealth> {
    return (await (await fetch(`http://127.0.0.1:${this.pages}/healthz`)).json()) as FleetHealth;
  }

  /** Status of `/readyz`; 0: nobody answers. */
  async readyz(): Promise<number> {
    return fetch(`http://127.0.0.1:${this.pages}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  }
}

/** Shoppers buy as fast as they are answered, which no player does: `server.limits` for their servers. */
export const UNLIMITED = { messages_per_second: 1_000_000, messages_burst: 1_000_000 };

/** Things of a kind that a shopper buys; below the limit of `Inventory.count`. */
const OF_ONE_THING = 900;

/** Buys one thing after the other; each purchase is a call that may happen only once. */
export class Shopper {
  /** How many things there were after each purchase. */
  readonly counts: bigint[] = [];
  readonly client: Client;
  readonly ended: Promise<void>;
  #going = true;

  constructor(url: string, user: bigint) {
    this.client = connect(url, {
      webSocket: WebSocket,
      callTimeoutMs: 60_000,
      reconnect: { baseMs: 20, maxMs: 200 },
      bootstrap: async ({ calls }) => {
        await calls.login(user);
      },
    });
    this.ended = this.#shop();
    // Whoever stops it learns of the error.
    this.ended.catch(() => (this.#going = false));
  }

  /** Resolves after so many purchases more. */
  async more(purchases: number): Promise<void> {
    const wanted = this.counts.length + purchases;
    while (this.counts.length < wanted && this.#going) await new Promise((resolve) => setImmediate(resolve));
  }

  async stop(): Promise<void> {
    this.#going = false;
    await this.ended;
    this.client.close();
  }

  async #shop(): Promise<void> {
    while (this.#going) {
      // Nobody may have more of one thing than the schema says: then it is the turn of the next one.
      const shelf = Math.floor(this.counts.length / OF_ONE_THING);
      const { left } = await this.client.calls.buy(shelf + 1, 1);
      this.counts.push(left + BigInt(shelf * OF_ONE_THING));
    }
  }
}

/** What a shopper has to see when nothing was lost and nothing happened twice. */
export function consecutive(length: number): bigint[] {
  return Array.from({ length }, (_, at) => BigInt(at + 1));
}
