import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { PORT_ATTEMPTS, somePort } from "./ports.js";

/** Which bytes: of both directions, only requests, or only replies. */
export type Direction = "both" | "toServer" | "toClient";

/** Stands in front of a port and does to its connections what networks do. Nothing comes twice or in another order. */
export class TcpProxy {
  readonly host = "127.0.0.1";
  readonly port: number;
  readonly #server: Server;
  #target: number;
  readonly #pairs = new Set<Pair>();
  #held: Direction | undefined = undefined;
  #refuses = false;
  #delay = 0;

  private constructor(server: Server, port: number, target: number) {
    this.#server = server;
    this.port = port;
    this.#target = target;
    server.on("connection", (client) => this.#accept(client));
  }

  /** @param target the loopback port that it leads to. */
  static async start(target: number): Promise<TcpProxy> {
    for (let attempt = 1; ; attempt++) {
      const port = somePort();
      const server = createServer({ noDelay: true });
      try {
        server.listen(port, "127.0.0.1");
        await once(server, "listening");
        return new TcpProxy(server, port, target);
      } catch (error) {
        if (attempt === PORT_ATTEMPTS) throw error;
      }
    }
  }

  get url(): string {
    return `redis://${this.host}:${this.port}/0`;
  }

  /** New connections lead to this port from now on, as those to an address that has moved; old ones stay. */
  leadTo(target: number): void {
    this.#target = target;
  }

  /** Connections that lead through it now. */
  get connections(): number {
    return this.#pairs.size;
  }

  /** Breaks all connections; what it holds back is lost. New ones are let through. */
  cut(): void {
    for (const pair of this.#pairs) pair.cut();
  }

  /** Breaks all connections and every new one until {@link resume}. */
  refuse(): void {
    this.#refuses = true;
    this.cut();
  }

  /**
   * Lets nothing through, and tells nobody, until {@link resume}: as a network that drops every packet, whose hosts
   * send them again. `toClient` with {@link cut} after it: the server does what was asked, and the answer is lost.
   */
  hold(direction: Direction = "both"): void {
    this.#held = direction;
    for (const pair of this.#pairs) pair.changed();
  }

  /** Everything takes so many milliseconds longer in each direction. */
  delay(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  /** Ends {@link refuse}, {@link hold} and {@link delay}; what was held back goes on. */
  resume(): void {
    this.#refuses = false;
    this.#held = undefined;
    this.#delay = 0;
    for (const pair of this.#pairs) pair.changed();
  }

  async stop(): Promise<void> {
    this.refuse();
    this.#server.close();
    await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    if (this.#refuses) {
      client.resetAndDestroy();
      return;
    }
    const pair = new Pair(client, connect({ port: this.#target, host: this.host, noDelay: true }), {
      holds: (direction) => this.#held === "both" || this.#held === direction,
      delay: () => this.#delay,
      ended: () => this.#pairs.delete(pair),
    });
    this.#pairs.add(pair);
  }
}

interface Rules {
  holds(direction: Direction): boolean;
  delay(): number;
  ended(): void;
}

/** One connection: two sockets, and what is on its way between them. */
class Pair {
  readonly #sockets: readonly [Socket, Socket];
  readonly #lanes: readonly [Lane, Lane];

  constructor(client: Socket, server: Socket, rules: Rules) {
    this.#sockets = [client, server];
    this.#lanes = [new Lane(client, server, "toServer", rules), new Lane(server, client, "toClient", rules)];
    for (const socket of this.#sockets) {
      // An error closes the socket, and one that closes ends the other.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.cut();
        rules.ended();
      });
    }
  }

  changed(): void {
    for (const lane of this.#lanes) lane.flush();
  }

  cut(): void {
    for (const lane of this.#lanes) lane.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** One direction of a connection. */
class Lane {
  readonly #to: Socket;
  readonly #direction: Direction;
  readonly #rules: Rules;
  readonly #waiting: { readonly bytes: Buffer; readonly due: number }[] = [];
  #timer: NodeJS.Timeout | undefined = undefined;
  #closed = false;

  constructor(from: Socket, to: Socket, direction: Direction, rules: Rules) {
    this.#to = to;
    this.#direction = direction;
    this.#rules = rules;
    from.on("data", (bytes) => {
      this.#waiting.push({ bytes, due: performance.now() + rules.delay() });
      this.flush();
    });
  }

  flush(): void {
    while (!this.#closed && !this.#rules.holds(this.#direction)) {
      const next = this.#waiting[0];
      if (next === undefined) return;
      const left = next.due - performance.now();
      if (left > 0) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.flush();
        }, left);
        return;
      }
      this.#to.write(next.bytes);
      this.#waiting.shift();
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#waiting.length = 0;
  }
}
