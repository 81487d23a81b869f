import type { Place } from "./places.js";

/** What one argument must be. Durations are in milliseconds; bounds are inclusive. */
export type ArgumentKind =
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "integer"; readonly min: number; readonly max: number }
  | { readonly kind: "number" }
  | { readonly kind: "duration"; readonly min: number; readonly max: number }
  | { readonly kind: "string" }
  | { readonly kind: "name" }
  | { readonly kind: "rule" };

export interface ParameterSpec {
  readonly name: string;
  readonly kind: ArgumentKind;
}

export interface AttributeSpec {
  readonly name: string;
  /** As help lines show it. */
  readonly form: string;
  readonly places: readonly Place[];
  readonly parameters: readonly ParameterSpec[];
  /** Arguments are written `name: value`, otherwise by position only. */
  readonly named?: true;
  /** The last parameter takes one argument or more. */
  readonly variadic?: true;
  /** May stand more than once on the same thing. */
  readonly repeatable?: true;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const MOST_RETRIES = 1_000_000;
const MOST_CALLS = 1_000_000;

const FIELDS = ["column", "struct field", "error field", "event field", "parameter"] as const;
const NAME: ArgumentKind = { kind: "name" };

/** Every attribute, once for each form that it has. */
export const ATTRIBUTES: readonly AttributeSpec[] = [
  { name: "unique", form: "@unique", places: ["column"], parameters: [] },
  { name: "index", form: "@index", places: ["column"], parameters: [] },
  composite("unique"),
  composite("index"),
  {
    name: "range",
    form: "@range(min, max)",
    places: FIELDS,
    parameters: [
      { name: "min", kind: { kind: "number" } },
      { name: "max", kind: { kind: "number" } },
    ],
  },
  permission(["column"], ["admin", "owner"]),
  permission(["component"], ["everybody", "user", "owner", "admin"]),
  permission(["system", "endpoint"], ["everybody", "user", "admin"]),
  {
    name: "was",
    form: "@was(old_name, older_name)",
    places: ["column", "component"],
    parameters: [{ name: "name", kind: NAME }],
    variadic: true,
  },
  {
    name: "deprecated",
    form: '@deprecated("why")',
    places: [
      ...FIELDS,
      "session field",
      "enum",
      "enum value",
      "component",
      "struct",
      "error",
      "event",
      "system",
      "endpoint",
    ],
    parameters: [{ name: "why", kind: { kind: "string" } }],
  },
  {
    name: "rls",
    form: "@rls(column == ctx.name)",
    places: ["component"],
    parameters: [{ name: "rule", kind: { kind: "rule" } }],
    repeatable: true,
  },
  { name: "volatile", form: "@volatile", places: ["component"], parameters: [] },
  { name: "backend", form: "@backend(name)", places: ["component"], parameters: [{ name: "name", kind: NAME }] },
  {
    name: "retry",
    form: "@retry(times)",
    places: ["system"],
    parameters: [{ name: "times", kind: { kind: "integer", min: 0, max: MOST_RETRIES } }],
  },
  { name: "once", form: "@once", places: ["system"], parameters: [] },
  {
    name: "stale",
    form: "@stale(5s)",
    places: ["system"],
    // Below, no replica could be known to be so new: servers ask how far it is a few times a second.
    parameters: [{ name: "age", kind: { kind: "duration", min: 500, max: HOUR } }],
  },
  {
    name: "limit",
    form: "@limit(times: 20, per: 1s)",
    places: ["system", "endpoint"],
    parameters: [
      { name: "times", kind: { kind: "integer", min: 1, max: MOST_CALLS } },
      { name: "per", kind: { kind: "duration", min: 1, max: 30 * DAY } },
    ],
    named: true,
  },
  {
    name: "on",
    form: "@on(start)",
    places: ["system"],
    parameters: [{ name: "event", kind: { kind: "choice", values: ["start", "connect", "disconnect"] } }],
  },
  {
    name: "every",
    form: "@every(60s)",
    places: ["system"],
    parameters: [{ name: "interval", kind: { kind: "duration", min: 10, max: 365 * DAY } }],
  },
  {
    name: "cron",
    form: '@cron("0 3 * * *")',
    places: ["system"],
    parameters: [{ name: "expression", kind: { kind: "string" } }],
  },
  {
    name: "timeout",
    form: "@timeout(5s)",
    places: ["system", "endpoint"],
    parameters: [{ name: "duration", kind: { kind: "duration", min: 1, max: DAY } }],
  },
];

const byPlace = new Map<Place, Map<string, AttributeSpec>>();
for (const spec of ATTRIBUTES) {
  for (const place of spec.places) {
    const specs = byPlace.get(place) ?? new Map<string, AttributeSpec>();
    byPlace.set(place, specs.set(spec.name, spec));
  }
}

/** The form of an attribute that belongs on a place. */
export function attributeSpec(name: string, place: Place): AttributeSpec | undefined {
  return byPlace.get(place)?.get(name);
}

function composite(name: "unique" | "index"): AttributeSpec {
  return {
    name,
    form: `@${name}(first_column, second_column)`,
    places: ["component"],
    parameters: [{ name: "column", kind: NAME }],
    variadic: true,
    repeatable: true,
  };
}

function permission(places: readonly Place[], values: readonly string[]): AttributeSpec {
  return {
    name: "permission",
    form: `@permission(${values.join(" | ")})`,
    places,
    parameters: [{ name: "who", kind: { kind: "choice", values } }],
  };
}
