import type { ChangeKind } from "./change-kind.js";

/**
 * What a change does to those who have the old schema, from harmless to irrevocable. A change has several where it
 * concerns clients and data.
 */
export const effects = ["safe", "breaks clients", "needs a migration", "loses data"] as const;

export type Effect = (typeof effects)[number];

/** The declaration of the new schema, or what is left of its surroundings, that an editor should show for a change. */
export interface Place {
  readonly kind: "namespace" | "enum" | "struct" | "component" | "error" | "event" | "session" | "callable";
  /** Empty for a namespace and its session. */
  readonly name: string;
  /** A column, field, parameter or enum value. */
  readonly member?: string;
}

/** One difference between two schemas. */
export interface Change {
  /** The row of docs/compatibility.md. */
  readonly kind: ChangeKind;
  /** Which of the rows of this kind, where there are several: `with a default`. */
  readonly when?: string;
  /** Never empty, in the order of {@link effects}; `safe` stands alone. */
  readonly effects: readonly Effect[];
  readonly namespace: string;
  /** `component Position`, `column Position.x`. */
  readonly subject: string;
  /** What has changed, as a sentence without full stop. */
  readonly message: string;
  readonly why: string;
  /** What to do. */
  readonly help: string;
  /** `column-removed:walking.Position.x`: what an accepted change is named by. */
  readonly id: string;
  readonly place: Place;
}

/** The worst of a change's effects. */
export function worstEffect(change: Change): Effect {
  return change.effects.at(-1) ?? "safe";
}

/** Whether a change does as much as `level`, or worse. */
export function reaches(change: Change, level: Effect): boolean {
  return effects.indexOf(worstEffect(change)) >= effects.indexOf(level);
}
