import { Counter, Histogram, type MetricValueWithName, type Registry } from "prom-client";
import { type CallCounts, LATENCY_BUCKETS } from "../server/call-statistics.js";
import type { HetuServer } from "../server/server.js";

const NAME = "hetu_call_duration_seconds";
const HELP = "From a call's arrival at the runner to its outcome";

type Label = "instance" | "system";

/** Calls, retries, conflicts and latencies of each system. */
export function callMetrics(registry: Registry, server: HetuServer): void {
  registry.registerMetric(
    new Counter({
      name: "hetu_calls_total",
      help: "Calls of systems and endpoints by outcome: ok, rejected, failed",
      labelNames: ["instance", "system", "status"],
      registers: [],
      collect() {
        this.reset();
        for (const [instance, system, counts] of allCounts(server)) {
          for (const status of ["ok", "rejected", "failed"] as const) {
            this.inc({ instance, system, status }, counts[status]);
          }
        }
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: "hetu_call_retries_total",
      help: "Transactions that were run again after a conflict",
      labelNames: ["instance", "system"],
      registers: [],
      collect() {
        this.reset();
        for (const [instance, system, counts] of allCounts(server)) this.inc({ instance, system }, counts.retries);
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: "hetu_call_conflicts_total",
      help: "Conflicts by the table in which they were found",
      labelNames: ["instance", "system", "table"],
      registers: [],
      collect() {
        this.reset();
        for (const [instance, system, counts] of allCounts(server)) {
          for (const [table, count] of counts.conflicts) this.inc({ instance, system, table }, count);
        }
      },
    }),
  );
  registry.registerMetric(new LatencyHistogram(server));
}

/** The library's histogram observes one value at a time; this one shows buckets that were counted elsewhere. */
class LatencyHistogram extends Histogram<Label> {
  readonly #server: HetuServer;

  constructor(server: HetuServer) {
    super({
      name: NAME,
      help: HELP,
      labelNames: ["instance", "system"],
      buckets: [...LATENCY_BUCKETS],
      registers: [],
    });
    this.#server = server;
  }

  /** What a registry prints, and what `get` is made of; the library's types do not show it. */
  async getForPromString(): Promise<object> {
    const values: BucketValue[] = [];
    for (const [instance, system, counts] of allCounts(this.#server)) {
      values.push(...histogramValues(NAME, { instance, system }, counts));
    }
    return { name: NAME, help: HELP, type: "histogram", aggregator: "sum", values };
  }
}

/** `get` joins the labels with those that many values share; here none do. */
type BucketValue = MetricValueWithName<Label> & { readonly sharedLabels: object };

function histogramValues(
  name: string,
  labels: { readonly instance: string; readonly system: string },
  counts: CallCounts,
): BucketValue[] {
  const sharedLabels = {};
  const values: BucketValue[] = [];
  let cumulated = 0;
  counts.buckets.forEach((count, bucket) => {
    cumulated += count;
    const le = LATENCY_BUCKETS[bucket] ?? "+Inf";
    const bucketLabels = { ...labels, le };
    values.push({ metricName: `${name}_bucket`, labels: bucketLabels, sharedLabels, value: cumulated });
  });
  values.push({ metricName: `${name}_sum`, labels: { ...labels }, sharedLabels, value: counts.totalMs / 1000 });
  values.push({ metricName: `${name}_count`, labels: { ...labels }, sharedLabels, value: cumulated });
  return values;
}

function* allCounts(server: HetuServer): Generator<readonly [string, string, CallCounts]> {
  for (const [instance, { statistics }] of server.instances) {
    for (const [system, counts] of statistics.calls) yield [instance, system, counts];
  }
}
