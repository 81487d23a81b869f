import { AggregatorRegistry } from "prom-client";
import type { WorkerProcess } from "./worker-process.js";
import type { MetricsSnapshot } from "./worker-requests.js";

/**
 * Adds up the metrics of workers. What a dead worker had counted when it was last asked stays in the sums: a counter
 * that went down would be taken for one that began anew, and everything else in it be counted twice.
 */
export class FleetMetrics {
  readonly #last = new Map<WorkerProcess, MetricsSnapshot>();
  #retired: MetricsSnapshot = [];

  /**
   * @param snapshots of the workers that answered.
   * @param alive those whose counts go on.
   * @param own the supervisor's.
   */
  async sum(
    snapshots: ReadonlyMap<WorkerProcess, MetricsSnapshot>,
    alive: readonly WorkerProcess[],
    own: MetricsSnapshot,
  ): Promise<{ text: string; contentType: string }> {
    for (const [worker, snapshot] of snapshots) this.#last.set(worker, snapshot);
    await this.#retire(alive);
    const registry = AggregatorRegistry.aggregate(
      [...this.#last.values(), this.#retired, own].map((part) => [...part]),
    );
    return { text: await registry.metrics(), contentType: registry.contentType };
  }

  async #retire(alive: readonly WorkerProcess[]): Promise<void> {
    const dead = [...this.#last].filter(([worker]) => !alive.includes(worker));
    if (dead.length === 0) return;
    for (const [worker] of dead) this.#last.delete(worker);
    const counted = [this.#retired, ...dead.map(([, last]) => last.filter(isCounted))];
    this.#retired = await AggregatorRegistry.aggregate(counted.map((part) => [...part])).getMetricsAsJSON();
  }
}

/** What only grows; of gauges nothing is left when a process is gone. */
function isCounted({ type }: MetricsSnapshot[number]): boolean {
  return String(type) === "counter" || String(type) === "histogram";
}
