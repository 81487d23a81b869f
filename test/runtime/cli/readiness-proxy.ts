import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import type { Fleet } from "./fleet.js";

/** How often the servers are asked whether they are ready, in milliseconds. */
const EVERY = 50;

/** A load balancer in small: new connections go, in turn, to the servers whose `/readyz` answers 200. */
export class ReadinessProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #timer: NodeJS.Timeout;
  #backends: Fleet[] = [];
  #ready: readonly Fleet[] = [];
  #turn = 0;

  private constructor() {
    this.#server = createServer((client) => this.#take(client));
    this.#timer = setInterval(() => void this.#ask(), EVERY);
  }

  static async start(): Promise<ReadinessProxy> {
    const proxy = new ReadinessProxy();
    await new Promise<void>((resolve) => proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Sends connections to these from now on. */
  async use(...backends: Fleet[]): Promise<void> {
    this.#backends = backends;
    await this.#ask();
  }

  /** Those that were ready when they were last asked. */
  get ready(): readonly Fleet[] {
    return this.#ready;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #ask(): Promise<void> {
    const answers = await Promise.all(
      this.#backends.map(async (backend) => [backend, await backend.readyz()] as const),
    );
    this.#ready = answers.filter(([, status]) => status === 200).map(([backend]) => backend);
  }

  #take(client: Socket): void {
    const backend = this.#ready[this.#turn++ % Math.max(1, this.#ready.length)];
    if (backend === undefined) {
      client.destroy();
      return;
    }
    const server = connect(backend.port, "127.0.0.1");
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }
}
