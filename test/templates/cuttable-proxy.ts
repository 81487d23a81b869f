import { createServer, connect as dial, type AddressInfo, type Server, type Socket } from "node:net";

type Side = "client" | "server";

/** Both halves of one link through the proxy. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** TCP between clients and a server: links through it can be cut, held up and half closed, and the server moved. */
export class CuttableProxy {
  readonly #listener: Server;
  readonly #pairs: Set<Pair> = new Set();
  #isHolding = false;
  /** Where the server listens now; `undefined`: nowhere. */
  target: number | undefined;

  private constructor() {
    this.#listener = createServer((client) => this.#accept(client));
  }

  static async start(target: number): Promise<CuttableProxy> {
    const proxy = new CuttableProxy();
    proxy.target = target;
    await new Promise<void>((resolve) => proxy.#listener.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Links that are open. */
  get links(): number {
    return this.#pairs.size;
  }

  /** Ends one link without a word to either side. */
  cut(which: number): void {
    const pair = this.#pick(which);
    pair?.client.resetAndDestroy();
    pair?.server.resetAndDestroy();
  }

  /** Says to one side that the other will send no more; the other direction stays open. */
  halfClose(which: number, toward: Side): void {
    this.#pick(which)?.[toward].end();
  }

  /** Nothing passes, in either direction, until {@link release}. */
  hold(): void {
    this.#isHolding = true;
    for (const { client, server } of this.#pairs) {
      client.pause();
      server.pause();
    }
  }

  release(): void {
    this.#isHolding = false;
    for (const { client, server } of this.#pairs) {
      client.resume();
      server.resume();
    }
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
    await closed;
  }

  #pick(which: number): Pair | undefined {
    return [...this.#pairs][which % Math.max(1, this.#pairs.size)];
  }

  #accept(client: Socket): void {
    if (this.target === undefined) {
      client.on("error", () => undefined).resetAndDestroy();
      return;
    }
    const pair: Pair = { client, server: dial(this.target, "127.0.0.1") };
    this.#pairs.add(pair);
    this.#pass(pair, "client", "server");
    this.#pass(pair, "server", "client");
    if (this.#isHolding) this.hold();
  }

  #pass(pair: Pair, from: Side, to: Side): void {
    const [source, sink] = [pair[from], pair[to]];
    source.setNoDelay(true);
    source.on("data", (bytes) => {
      if (sink.writable) sink.write(bytes);
    });
    source.on("end", () => sink.end());
    source.on("error", () => sink.destroy());
    source.on("close", () => {
      sink.destroy();
      this.#pairs.delete(pair);
    });
  }
}
