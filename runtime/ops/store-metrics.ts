import { type Aggregator, Counter, Gauge, type Registry } from "prom-client";
import type { HetuServer } from "../server/server.js";
import type { RedisStores } from "../store/redis/redis-stores.js";

type Labels = Readonly<Record<string, string>>;

/** Which store an instance has, and on Redis what is asked of it and how far this process is behind the others. */
export function storeMetrics(registry: Registry, server: HetuServer): void {
  const gauge = (
    name: string,
    help: string,
    labels: readonly string[],
    aggregator: Aggregator,
    values: Values,
  ): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        aggregator,
        labelNames: [...labels],
        registers: [],
        collect() {
          this.reset();
          for (const [each, value] of values()) this.set({ ...each }, value);
        },
      }),
    );
  };
  const counter = (name: string, help: string, labels: readonly string[], values: Values): void => {
    registry.registerMetric(
      new Counter({
        name,
        help,
        labelNames: [...labels],
        registers: [],
        collect() {
          this.reset();
          for (const [each, value] of values()) this.inc({ ...each }, value);
        },
      }),
    );
  };
  const asked = ["instance", "backend"];
  const fed = ["instance", "partition"];

  gauge("hetu_store_info", "1; which store an instance has", ["instance", "kind"], "max", () =>
    [...server.instances].map(([instance, { redis }]) => [
      { instance, kind: redis === undefined ? "embedded" : "redis" },
      1,
    ]),
  );
  gauge("hetu_redis_lease_held", "Processes whose lease is confirmed", ["instance"], "sum", () =>
    onRedis(server).map(([instance, { lease }]) => [{ instance }, lease.held ? 1 : 0]),
  );
  counter("hetu_redis_commands_total", "Scripts and commands asked of Redis, without the feed", asked, () =>
    counts(server, ({ commands }) => commands),
  );
  counter("hetu_redis_command_seconds_total", "Time until their answers, added up", asked, () =>
    counts(server, ({ ms }) => ms / 1000),
  );
  counter("hetu_redis_errors_total", "Of these, those that ended with an error", asked, () =>
    counts(server, ({ errors }) => errors),
  );
  counter("hetu_redis_links_lost_total", "Connections for commits that broke", asked, () =>
    counts(server, ({ lost }) => lost),
  );
  gauge("hetu_redis_replicas", "Replicas that follow, and are read from", asked, "max", () =>
    onRedis(server).flatMap(([instance, { replicas }]) =>
      [...replicas].map(([backend, names]) => [{ instance, backend }, names.length] as const),
    ),
  );
  gauge("hetu_redis_unfit_servers", "Servers that no process would start with, as last looked at", asked, "max", () =>
    onRedis(server).flatMap(([instance, { unfit }]) =>
      [...unfit].map(([backend, nodes]) => [{ instance, backend }, nodes.length] as const),
    ),
  );
  gauge("hetu_redis_feed_lag_seconds", "Since when commits of others may be missed", fed, "max", () =>
    partitions(server, ({ store }) => store.lag.milliseconds / 1000),
  );
  gauge("hetu_redis_feed_lag_commits", "Commits not heard of yet, as far as it is known", fed, "max", () =>
    partitions(server, ({ store }) => store.lag.positions),
  );
  counter("hetu_redis_commits_total", "Commits heard of, by who made them", [...fed, "from"], () => [
    ...partitions(server, ({ commits }) => commits.here, { from: "here" }),
    ...partitions(server, ({ commits }) => commits.elsewhere, { from: "elsewhere" }),
  ]);
}

type Values = () => Iterable<readonly [labels: Labels, value: number]>;
type Counts = RedisStores["counts"] extends ReadonlyMap<string, infer C> ? C : never;
type Fed = RedisStores["partitions"] extends ReadonlyMap<number, infer P> ? P : never;

function onRedis(server: HetuServer): (readonly [instance: string, stores: RedisStores])[] {
  return [...server.instances].flatMap(([instance, { redis }]) => (redis === undefined ? [] : [[instance, redis]]));
}

function counts(server: HetuServer, value: (counts: Counts) => number): (readonly [Labels, number])[] {
  return onRedis(server).flatMap(([instance, stores]) =>
    [...stores.counts].map(([backend, each]) => [{ instance, backend }, value(each)] as const),
  );
}

function partitions(
  server: HetuServer,
  value: (partition: Fed) => number,
  more: Labels = {},
): (readonly [Labels, number])[] {
  return onRedis(server).flatMap(([instance, stores]) =>
    [...stores.partitions].map(
      ([number, each]) => [{ instance, partition: String(number), ...more }, value(each)] as const,
    ),
  );
}
