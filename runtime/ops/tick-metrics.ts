import { Counter, type Registry } from "prom-client";
import type { TickCounts } from "../schedule/scheduler.js";
import type { HetuServer } from "../server/server.js";

/** How the systems `@every` and `@cron` keep to their schedules; what becomes of them is counted with the calls. */
export function tickMetrics(registry: Registry, server: HetuServer): void {
  const counter = (name: string, help: string, of: (counts: TickCounts) => number): void => {
    registry.registerMetric(
      new Counter({
        name,
        help,
        labelNames: ["instance", "system"],
        registers: [],
        collect() {
          this.reset();
          for (const [instance, { ticks }] of server.instances) {
            for (const [system, counts] of ticks) this.inc({ instance, system }, of(counts));
          }
        },
      }),
    );
  };
  counter("hetu_ticks_total", "Ticks of @every and @cron that systems were run for", ({ ticks }) => ticks);
  counter(
    "hetu_tick_delay_seconds_total",
    "From these ticks until they were run, added up",
    ({ delayMs }) => delayMs / 1000,
  );
  counter(
    "hetu_ticks_left_out_total",
    "Ticks that nobody could run in time, and that later ones replaced",
    ({ leftOut }) => leftOut,
  );
}
