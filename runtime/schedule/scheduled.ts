import type { SystemSpec } from "../schema/callable.js";
import { Cron } from "./cron.js";
import { Every, type Schedule } from "./schedule.js";

/** A system that the engine runs at the ticks of its schedule. */
export interface Scheduled {
  readonly name: string;
  readonly schedule: Schedule;
}

/** The systems with `@every` and `@cron`, in declaration order. */
export function scheduled(systems: readonly SystemSpec[]): Scheduled[] {
  return systems.flatMap(({ name, trigger }) => {
    if (trigger?.kind === "every") return [{ name, schedule: new Every(trigger.everyMs) }];
    if (trigger?.kind === "cron") return [{ name, schedule: new Cron(trigger.expression) }];
    return [];
  });
}
