import type { Attribute, SystemDeclaration } from "../syntax/tree.js";

/** The attributes that have the engine run a system by itself. */
const TRIGGERS: ReadonlySet<string> = new Set(["on", "every", "cron"]);

/** All triggers that are written on a system, in order. */
export function triggersOf(system: SystemDeclaration): readonly Attribute[] {
  return system.attributes.filter(({ name }) => TRIGGERS.has(name.text));
}
