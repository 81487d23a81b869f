import type { CallableSpec, EndpointSpec, SystemSpec } from "../schema/callable.js";
import type { Store } from "../store/contract.js";
import type { Attempt } from "./attempt.js";

/** User code. */
export type Run = (context: object, ...args: readonly unknown[]) => unknown;

/** A system on one set of tables: its own, or the copies of a suffix. Built once at start. */
export interface SystemPlan {
  readonly kind: "system";
  readonly spec: SystemSpec;
  readonly run: Run;
  /** Makes the context of one call. */
  readonly context: (attempt: Attempt, depth: number) => object;
  /** Where its tables are, and those of all that it calls; the home store when there are none. */
  readonly store: Store;
  /** Given for systems that are `@stale`: what they read from. */
  readonly stale: Store | undefined;
}

export interface EndpointPlan {
  readonly kind: "endpoint";
  readonly spec: EndpointSpec;
  readonly run: Run;
}

export type CallablePlan = SystemPlan | EndpointPlan;

/** Whether somebody may call it over the wire. */
export function permits(spec: CallableSpec, caller: bigint | undefined, group: string | undefined): boolean {
  switch (spec.permission) {
    case "everybody":
      return true;
    case "user":
      return caller !== undefined;
    case "admin":
      return group === "admin";
    case undefined:
      return false;
  }
}
