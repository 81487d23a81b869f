import type { Effect } from "../../diff/change.js";

/** What `--fail-on` takes, and the effect from which it fails. */
export const failLevels = {
  clients: "breaks clients",
  migration: "needs a migration",
  "data-loss": "loses data",
} as const satisfies Readonly<Record<string, Effect>>;

export type FailLevel = keyof typeof failLevels;
