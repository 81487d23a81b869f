import type { Client } from "./client.js";
import { CloseCode } from "./close-code.js";
import type { GateLimits } from "./limits.js";
import { noHandshake } from "./refusals.js";

/** Looks at all clients now and then: one timer instead of several for each connection. */
export class Heartbeat {
  readonly #clients: ReadonlySet<Client>;
  readonly #limits: GateLimits;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #pingedAt = -Infinity;

  constructor(clients: ReadonlySet<Client>, limits: GateLimits) {
    this.#clients = clients;
    this.#limits = limits;
    this.#everyMs = Math.min(1000, Math.max(10, Math.min(limits.handshakeTimeout, limits.idleTimeout) / 8));
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(performance.now()), this.#everyMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(now: number): void {
    const { handshakeTimeout, idleTimeout } = this.#limits;
    const pings = now - this.#pingedAt >= idleTimeout / 2;
    if (pings) this.#pingedAt = now;
    for (const client of this.#clients) {
      if (client.gone) continue;
      if (!client.shaken) {
        if (now - client.openedAt > handshakeTimeout) {
          client.close(CloseCode.timeout, noHandshake(handshakeTimeout));
        }
      } else if (client.stalledAt !== undefined && now - client.stalledAt > idleTimeout) {
        client.close(CloseCode.tryAgainLater, `nothing was read within idle_timeout (${idleTimeout} ms)`);
      } else if (!client.paused && now - client.heardAt > idleTimeout) {
        client.close(CloseCode.timeout, `no sign of life within idle_timeout (${idleTimeout} ms)`);
      } else if (pings && !client.paused && now - client.heardAt > idleTimeout / 4) {
        client.ping();
      }
    }
  }
}
