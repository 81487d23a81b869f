import { type Aggregator, collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import type { HetuServer } from "../server/server.js";
import { callMetrics } from "./call-metrics.js";
import { storeMetrics } from "./store-metrics.js";
import { tickMetrics } from "./tick-metrics.js";
import type { EventLoopLag } from "./event-loop-lag.js";

/**
 * A registry whose metrics copy the server's own counters when they are asked for. While the server runs, nothing here
 * costs it anything.
 */
export function createMetrics(server: HetuServer, lag: EventLoopLag): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  callMetrics(registry, server);
  gateMetrics(registry, server);
  instanceMetrics(registry, server);
  storeMetrics(registry, server);
  tickMetrics(registry, server);
  gauge(
    registry,
    "hetu_event_loop_lag_mean_seconds",
    "Lag of timers, mean of the last five seconds",
    () => lag.mean / 1000,
    "average",
  );
  gauge(
    registry,
    "hetu_event_loop_lag_worst_seconds",
    "Lag of timers, worst of the last five seconds",
    () => lag.worst / 1000,
    "max",
  );
  return registry;
}

function gateMetrics(registry: Registry, server: HetuServer): void {
  const { counters } = server;
  gauge(registry, "hetu_connections", "Open connections, before or after their handshake", () => server.connections);
  counter(
    registry,
    "hetu_connections_opened_total",
    "Connections after their handshake",
    () => counters.openedConnections,
  );
  labelled(
    registry,
    "hetu_connections_closed_total",
    "Closed connections by close code",
    "code",
    () => counters.closedConnections,
  );
  labelled(
    registry,
    "hetu_connections_refused_total",
    "Refused connections by reason",
    "reason",
    () => counters.refusedUpgrades,
  );
  counter(registry, "hetu_messages_received_total", "Messages of clients", () => counters.receivedMessages);
  counter(registry, "hetu_message_bytes_received_total", "Bytes of these messages", () => counters.receivedBytes);
  counter(registry, "hetu_messages_sent_total", "Messages to clients", () => counters.sentMessages);
  counter(registry, "hetu_message_bytes_sent_total", "Bytes of these messages", () => counters.sentBytes);
  counter(
    registry,
    "hetu_updates_pushed_total",
    "Updates of subscriptions, for each subscriber",
    () => counters.pushedUpdates,
  );
  counter(registry, "hetu_updates_merged_total", "Updates merged for slow readers", () => counters.mergedUpdates);
  counter(registry, "hetu_events_pushed_total", "Events, for each receiver", () => counters.pushedEvents);
  counter(registry, "hetu_rate_limited_total", "Calls above a rate or @limit", () => counters.rateLimited);
  counter(registry, "hetu_slow_readers_total", "Clients disconnected as slow readers", () => counters.slowReaders);
}

function instanceMetrics(registry: Registry, server: HetuServer): void {
  const each = (name: string, help: string, value: (instance: string) => number, aggregator: Aggregator = "sum") => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        aggregator,
        labelNames: ["instance"],
        registers: [],
        collect() {
          this.reset();
          for (const instance of server.instances.keys()) this.set({ instance }, value(instance));
        },
      }),
    );
  };
  const of = (name: string) => server.instances.get(name);
  each("hetu_clients", "Connections after their handshake", (name) => of(name)?.gate.clients.size ?? 0);
  each("hetu_users", "Users with a connection", (name) => of(name)?.gate.clients.users ?? 0);
  each(
    "hetu_parked_sessions",
    "Sessions of lost links that wait for their clients",
    (name) => of(name)?.gate.sessions.parked ?? 0,
  );
  each("hetu_subscriptions", "Subscriptions of all clients", (name) => of(name)?.engine?.live.subscriptions ?? 0);
  each("hetu_live_queries", "Distinct queries that they share", (name) => of(name)?.engine?.live.queries ?? 0);
  each(
    "hetu_feed_position",
    "Transactions that were committed, by position",
    (name) => of(name)?.engine?.stores.all.reduce((sum, { position }) => sum + position, 0) ?? 0,
    "max",
  );
  each(
    "hetu_feed_lag_commits",
    "Committed transactions that are not durable yet",
    (name) => of(name)?.lag?.commits ?? 0,
  );
  each(
    "hetu_feed_lag_seconds",
    "Age of the oldest of these, at least",
    (name) => (of(name)?.lag?.ms ?? 0) / 1000,
    "max",
  );
  each(
    "hetu_waiting_connections",
    "Connections whose answers wait for durability",
    (name) => of(name)?.gate.outboxes.durability.waiting ?? 0,
  );
}

/** @param aggregator how a supervisor makes one value of those of its workers. */
function gauge(
  registry: Registry,
  name: string,
  help: string,
  value: () => number,
  aggregator: Aggregator = "sum",
): void {
  registry.registerMetric(
    new Gauge({
      name,
      help,
      aggregator,
      registers: [],
      collect() {
        this.set(value());
      },
    }),
  );
}

function counter(registry: Registry, name: string, help: string, value: () => number): void {
  registry.registerMetric(
    new Counter({
      name,
      help,
      registers: [],
      collect() {
        this.reset();
        this.inc(value());
      },
    }),
  );
}

function labelled(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  values: () => ReadonlyMap<string | number, number>,
): void {
  registry.registerMetric(
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [],
      collect() {
        this.reset();
        for (const [key, value] of values()) this.inc({ [label]: String(key) }, value);
      },
    }),
  );
}
