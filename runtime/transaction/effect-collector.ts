import type { Effects, Recipient } from "./contract.js";

/** Gathers what a transaction does outside of the store, until it has committed. */
export class EffectCollector implements Effects {
  elevate: Effects["elevate"] = undefined;
  session: Record<string, unknown> | undefined = undefined;
  readonly events: { readonly to: Recipient; readonly event: string; readonly value: Uint8Array }[] = [];

  setSession(property: string, value: unknown): void {
    (this.session ??= {})[property] = value;
  }
}
