import { OperationsListener } from "hetu";
import { expect, test, vi } from "vitest";
import { Hetu2Client } from "../gate/hetu2-client.js";
import { WireClient } from "../gate/wire-client.js";
import { startWorld } from "../gate/world-server.js";

type Samples = ReadonlyMap<string, number>;

/** The text format of Prometheus, version 0.0.4, read back strictly. */
function parseExposition(text: string): Samples {
  const samples = new Map<string, number>();
  const types = new Map<string, string>();
  for (const line of text.split("\n").filter((each) => each !== "")) {
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    if (type !== null) {
      expect(types.has(type[1]!), `second TYPE of ${type[1]}`).toBe(false);
      types.set(type[1]!, type[2]!);
      continue;
    }
    if (/^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .+$/.test(line)) continue;
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (\S+)$/.exec(line);
    expect(sample, line).not.toBeNull();
    const [, name = "", labels = "", value = ""] = sample!;
    expect(Number.isNaN(Number(value.replace("+Inf", "Infinity"))) && value !== "Nan", line).toBe(false);
    expect(samples.has(name + labels), `second sample of ${name}${labels}`).toBe(false);
    expect(types.has(name) || types.has(name.replace(/_(bucket|sum|count)$/, "")), `no TYPE of ${name}`).toBe(true);
    samples.set(name + labels, Number(value));
  }
  return samples;
}

async function scrape(port: number): Promise<Samples> {
  return parseExposition(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
}

test("the metrics tell calls, retries, latencies, connections, subscriptions and updates, and can be parsed", async () => {
  const world = await startWorld();
  const operations = await new OperationsListener(world.server, { port: 0 }).listen();
  const [first, second] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  await first.call("login", 1);
  await second.call("login", 2);
  await first.call("echo", "a");
  await first.call("echo", "b");
  await first.call("echo", 5);
  await first.call("made_up_by_a_client");
  await first.call("transfer", 1, 2, 1000);
  for (let n = 0; n < 3; n++) await second.call("rare");
  first.send("sub", "Position", "range", "x", 0, 10);
  await first.next();
  await second.call("move_to", 1, 1);
  await first.next();

  const samples = await scrape(operations.port);
  const of = (name: string): number | undefined => samples.get(name);
  expect(of('hetu_calls_total{instance="world",system="echo",status="ok"}')).toBe(2);
  expect(of('hetu_calls_total{instance="world",system="echo",status="rejected"}')).toBe(1);
  expect(of('hetu_calls_total{instance="world",system="transfer",status="rejected"}')).toBe(1);
  expect(of('hetu_calls_total{instance="world",system="(unknown)",status="rejected"}')).toBe(1);
  expect(of('hetu_calls_total{instance="world",system="made_up_by_a_client",status="rejected"}')).toBeUndefined();
  expect(of('hetu_call_duration_seconds_bucket{instance="world",system="echo",le="+Inf"}')).toBe(3);
  expect(of('hetu_call_duration_seconds_count{instance="world",system="echo"}')).toBe(3);
  expect(of("hetu_connections")).toBe(2);
  expect(of("hetu_connections_opened_total")).toBe(2);
  expect(of('hetu_users{instance="world"}')).toBe(2);
  expect(of('hetu_subscriptions{instance="world"}')).toBe(1);
  expect(of('hetu_live_queries{instance="world"}')).toBe(1);
  expect(of("hetu_updates_pushed_total")).toBe(1);
  expect(of("hetu_rate_limited_total")).toBe(1);
  expect(of('hetu_feed_lag_commits{instance="world"}')).toBe(0);
  expect(of("process_resident_memory_bytes")).toBeGreaterThan(1e6);
  expect(of("hetu_event_loop_lag_worst_seconds")).toBeGreaterThanOrEqual(0);

  const again = await scrape(operations.port);
  expect(again.get('hetu_calls_total{instance="world",system="echo",status="ok"}')).toBe(2);
  operations.close();
  await world.close();
});

test("sessions of lost links are counted until their clients come back", async () => {
  const world = await startWorld({ wire: { resumeWindow: 3_600_000 } });
  const operations = await new OperationsListener(world.server, { port: 0 }).listen();
  const parked = async (): Promise<number | undefined> =>
    (await scrape(operations.port)).get('hetu_parked_sessions{instance="world"}');
  const client = await Hetu2Client.open(world.port);
  expect(await parked()).toBe(0);
  await client.drop();
  await vi.waitFor(async () => expect(await parked()).toBe(1), { timeout: 30_000 });
  const token = client.welcome.token as Uint8Array;
  const back = await Hetu2Client.open(world.port, { resume: { token, position: client.position } });
  expect(back.welcome.resumed).toBe(true);
  expect(await parked()).toBe(0);
  operations.close();
  await world.close();
});

test("buckets are cumulative", async () => {
  const world = await startWorld();
  const operations = await new OperationsListener(world.server, { port: 0 }).listen();
  const client = await WireClient.open(world.port);
  for (const ms of [0, 3, 12, 30]) await client.call("slow", ms);
  const samples = await scrape(operations.port);
  const buckets = [...samples].filter(
    ([name]) => name.startsWith("hetu_call_duration_seconds_bucket") && name.includes('"slow"'),
  );
  const counts = buckets.map(([, count]) => count);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts.at(-1)).toBe(4);
  operations.close();
  await world.close();
});

test("/healthz answers 200 while the server serves and 503 once it stops", async () => {
  const world = await startWorld();
  const operations = await new OperationsListener(world.server, { port: 0 }).listen();
  const url = `http://127.0.0.1:${operations.port}/healthz`;
  const healthy = await fetch(url);
  expect(healthy.status).toBe(200);
  expect(await healthy.json()).toMatchObject({ healthy: true, state: "serving" });
  await world.close();
  const stopped = await fetch(url);
  expect(stopped.status).toBe(503);
  expect(await stopped.json()).toMatchObject({ healthy: false, state: "closed" });
  expect((await fetch(`http://127.0.0.1:${operations.port}/`)).status).toBe(404);
  operations.close();
});
