import type { Registry } from "prom-client";
import type { HetuServer } from "../server/server.js";
import { EventLoopLag } from "./event-loop-lag.js";
import { createMetrics } from "./metrics.js";
import type { OperationsPages, Readiness } from "./pages-listener.js";
import { servedSchema } from "./served-schema.js";
import type { Health, MetricsSnapshot } from "./worker-requests.js";

const DEFAULT_MAX_LAG = 2000;
/** Commits that are not durable after so many times as long are a sign of the same. */
const UNDURABLE_FACTOR = 5;

/** Health and metrics of the server in this process. */
export class ServerOperations implements OperationsPages {
  readonly #server: HetuServer;
  readonly #lag = new EventLoopLag();
  readonly #registry: Registry;
  readonly #maxLag: number;
  #draining = false;

  /** @param maxLag milliseconds of event-loop lag from which the process is not healthy. */
  constructor(server: HetuServer, maxLag = DEFAULT_MAX_LAG) {
    this.#server = server;
    this.#maxLag = maxLag;
    this.#registry = createMetrics(server, this.#lag);
    this.#lag.start();
  }

  /** The process will stop: nobody should be sent here any more. */
  drain(): void {
    this.#draining = true;
  }

  /** Whether the server can do its work: it serves, is not stopping, its store is written to, its event loop turns. */
  async health(): Promise<Health> {
    const lagMs = Math.round(this.#lag.worst);
    const undurableMs = Math.round(Math.max(0, ...[...this.#server.instances.values()].map(({ lag }) => lag?.ms ?? 0)));
    const { state } = this.#server;
    const healthy = state === "serving" && lagMs < this.#maxLag && undurableMs < UNDURABLE_FACTOR * this.#maxLag;
    const { connections } = this.#server;
    return { healthy, state, ...(await this.readiness()), connections, lagMs, undurableMs };
  }

  async readiness(): Promise<Readiness> {
    if (this.#draining) return { ready: false, reason: "the server is draining" };
    const { state, ready } = this.#server;
    if (ready) return { ready: true };
    if (state !== "serving") return { ready: false, reason: `the server is ${state}` };
    const without = [...this.#server.instances].flatMap(([name, instance]) => (instance.ready ? [] : [name]));
    const reason = `no confirmed lease for ${without.join(", ")}: Redis does not answer or takes no writes, or the lease is lost`;
    return { ready: false, reason };
  }

  async metrics(): Promise<{ text: string; contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  async schema(): Promise<string> {
    return servedSchema([...this.#server.instances.values()].map(({ implementation }) => implementation.schema));
  }

  /** The metrics for a supervisor, which adds them up. */
  async snapshot(): Promise<MetricsSnapshot> {
    return this.#registry.getMetricsAsJSON();
  }

  close(): void {
    this.#lag.stop();
  }
}
