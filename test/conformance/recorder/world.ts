import { createServer, type HetuServer, type ServerOptions } from "hetu";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnyContext } from "../../fixtures/world/generated/server-ts/world/systems/any.js";
import { worldSystems } from "../../runtime/gate/world-server.js";
import type { Notation } from "../notation.js";
import { type Message, Peer, type Protocol } from "./peer.js";
import { numberOfCallable } from "./world-schema.js";

/** What one transaction does. */
export type Work = (context: AnyContext) => Promise<unknown>;

/** The time of everything recorded: 2027-01-15T08:00:00Z. */
export const RECORDED_AT = 1_800_000_000_000;

/** The user that recordings are logged in as. */
export const USER = 7;

/** A real server of the fixture schema on an empty folder, whose clock stands still: so its ids are the same each time. */
export class RecordedWorld {
  readonly #server: HetuServer;
  readonly #folder: string;
  readonly #setWork: (work: Work) => void;

  private constructor(server: HetuServer, folder: string, setWork: (work: Work) => void) {
    this.#server = server;
    this.#folder = folder;
    this.#setWork = setWork;
  }

  static async start(options: Partial<ServerOptions> = {}): Promise<RecordedWorld> {
    const folder = await mkdtemp(join(tmpdir(), "hetu-conformance-"));
    let work: Work = () => Promise.resolve();
    const implementation = worldSystems({
      async any(context) {
        await work(context);
      },
    });
    const server = createServer({ implementation, data: folder, host: "127.0.0.1", port: 0, ...options });
    await server.listen();
    return new RecordedWorld(server, folder, (next) => (work = next));
  }

  /** @returns `undefined` when the server does not speak the protocol. */
  open(protocol: Protocol): Promise<Peer | undefined> {
    return Peer.open(this.#server.port, protocol);
  }

  /** Cuts a connection, and waits until the server has noticed. */
  async drop(peer: Peer): Promise<void> {
    const before = this.#server.connections;
    await peer.drop();
    while (this.#server.connections === before) await new Promise((resolve) => setImmediate(resolve));
  }

  /** What the system `any` does from now on. */
  nextWork(work: Work): void {
    this.#setWork(work);
  }

  /**
   * Runs the work as one transaction that this connection calls.
   * @returns the messages up to the answer, which is in the last one.
   */
  change(peer: Peer, work: Work): Promise<readonly Message[]> {
    this.nextWork(work);
    return call(peer, "any");
  }

  async stop(): Promise<void> {
    await this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Calls a system. @returns the messages up to the answer, which is in the last one. */
export function call(peer: Peer, name: string, ...args: readonly Notation[]): Promise<Message[]> {
  return peer.protocol === "hetu.2"
    ? peer.ask([1, numberOfCallable(name), ...args], 1, 2, 3)
    : peer.ask(["rpc", name, ...args], "rsp", "rej", "err");
}
