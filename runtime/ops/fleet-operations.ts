import { Counter, Gauge, Registry } from "prom-client";
import { FleetMetrics } from "./fleet-metrics.js";
import type { OperationsPages, Readiness } from "./pages-listener.js";
import type { Supervisor } from "./supervisor.js";
import type { WorkerProcess } from "./worker-process.js";
import type { Health, RequestKind, WorkerRequests } from "./worker-requests.js";

/** A worker that has not answered for so long is not healthy, in milliseconds. */
const ANSWER_WITHIN = 1000;

/** Of a worker that does not answer. */
const SILENT: Health = {
  healthy: false,
  state: "silent",
  ready: false,
  reason: `it does not answer within ${ANSWER_WITHIN} ms`,
  connections: 0,
  lagMs: ANSWER_WITHIN,
  undurableMs: 0,
};

/** What is counted of exchanges of the code. */
export interface ReloadCounts {
  /** {@link CodeVersion.number} of the code that is served. */
  readonly version: number;
  readonly done: number;
  readonly failed: number;
}

/** Health of all workers. */
interface FleetHealth extends Health {
  readonly workers: readonly (Health & { readonly worker: number; readonly pid: number })[];
}

/** Health and metrics of a supervisor and its workers, added up. */
export class FleetOperations implements OperationsPages {
  readonly #supervisor: Supervisor;
  readonly #metrics = new FleetMetrics();
  readonly #own: Registry;

  constructor(supervisor: Supervisor, reloads: () => ReloadCounts) {
    this.#supervisor = supervisor;
    this.#own = ownMetrics(supervisor, reloads);
  }

  /**
   * Good while one worker can do its work: a restart of everything would help the others less than their replacement.
   * That goes for the drain delay as well, in which the workers serve those who are still connected.
   */
  async health(): Promise<FleetHealth> {
    const answers = await this.#ask("health");
    const workers = this.#supervisor.serving.map((worker) => ({
      worker: worker.slot,
      pid: worker.pid,
      ...(answers.get(worker) ?? SILENT),
    }));
    const { state } = this.#supervisor;
    return {
      healthy: state !== "stopping" && workers.some(({ healthy }) => healthy),
      state,
      ready: state === "serving" && workers.some(({ ready }) => ready),
      connections: workers.reduce((sum, { connections }) => sum + connections, 0),
      lagMs: Math.max(0, ...workers.map(({ lagMs }) => lagMs)),
      undurableMs: Math.max(0, ...workers.map(({ undurableMs }) => undurableMs)),
      workers,
    };
  }

  async readiness(): Promise<Readiness> {
    const { state, size, serving } = this.#supervisor;
    if (state === "starting") return { ready: false, reason: `starting: ${serving.length} of ${size} workers serve` };
    if (state !== "serving") return { ready: false, reason: `the server is ${state}` };
    if (serving.length === 0) return { ready: false, reason: "no worker serves now: those that died start again" };
    const answers = await this.#ask("health");
    if ([...answers.values()].some(({ ready }) => ready)) return { ready: true };
    const reasons = serving.map((worker) => {
      const { reason } = answers.get(worker) ?? SILENT;
      return `worker ${worker.slot}: ${reason ?? "it is not ready"}`;
    });
    return { ready: false, reason: `no worker can serve now: ${reasons.join("; ")}` };
  }

  async metrics(): Promise<{ text: string; contentType: string }> {
    const snapshots = await this.#ask("metrics");
    return this.#metrics.sum(snapshots, this.#supervisor.serving, await this.#own.getMetricsAsJSON());
  }

  /** That of the first worker that answers: all serve the same, but for the moment of an exchange. */
  async schema(): Promise<string | undefined> {
    const [schema] = (await this.#ask("schema")).values();
    return schema;
  }

  /** The answers of those that gave one in time. */
  async #ask<K extends RequestKind & ("health" | "metrics" | "schema")>(
    kind: K,
  ): Promise<Map<WorkerProcess, WorkerRequests[K]["answer"]>> {
    const answers = new Map<WorkerProcess, WorkerRequests[K]["answer"]>();
    await Promise.all(
      this.#supervisor.serving.map(async (worker) => {
        try {
          answers.set(worker, await worker.ask(kind, undefined, ANSWER_WITHIN));
        } catch {
          // It is shown as one that does not answer.
        }
      }),
    );
    return answers;
  }
}

function ownMetrics(supervisor: Supervisor, reloads: () => ReloadCounts): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: () => number): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(value());
        },
      }),
    );
  };
  gauge("hetu_workers", "Processes that should serve", () => supervisor.size);
  gauge("hetu_workers_serving", "Those that do", () => supervisor.serving.length);
  gauge(
    "hetu_code_version",
    "Number of the code that is served: 1, and one more for each version that was made",
    () => reloads().version,
  );
  registry.registerMetric(
    new Counter({
      name: "hetu_worker_restarts_total",
      help: "Workers that died and were replaced",
      registers: [],
      collect() {
        this.reset();
        this.inc(supervisor.restarts);
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: "hetu_reloads_total",
      help: "Exchanges of the code by result: done, failed",
      labelNames: ["result"],
      registers: [],
      collect() {
        this.reset();
        const { done, failed } = reloads();
        this.inc({ result: "done" }, done);
        this.inc({ result: "failed" }, failed);
      },
    }),
  );
  return registry;
}
