/** Every kind of change, in the order of docs/compatibility.md. Names of kinds that concern data are those of `hetu upgrade`. */
export const changeKinds = [
  "namespace-added",
  "namespace-removed",
  "order-changed",

  "component-added",
  "component-removed",
  "component-renamed",
  "component-hidden",
  "component-shown",
  "readers-restricted",
  "readers-widened",
  "rls-added",
  "rls-removed",
  "volatile-added",
  "volatile-removed",
  "backend-changed",
  "clusters-joined",
  "copy-added",
  "copy-removed",

  "column-added",
  "column-removed",
  "column-renamed",
  "column-type-widened",
  "column-type-narrowed",
  "column-type-changed",
  "column-hidden",
  "column-restricted",
  "column-shown",
  "default-changed",
  "column-range-changed",
  "column-order-changed",

  "index-added",
  "index-removed",
  "index-hidden",
  "unique-added",
  "unique-removed",

  "enum-added",
  "enum-removed",
  "enum-value-added",
  "enum-value-removed",
  "enum-value-renamed",
  "enum-value-renumbered",
  "enum-base-changed",

  "struct-added",
  "struct-removed",
  "struct-field-added",
  "struct-field-removed",
  "struct-field-changed",
  "struct-fields-reordered",

  "error-added",
  "error-removed",
  "error-field-added",
  "error-field-removed",
  "error-field-changed",
  "event-added",
  "event-removed",
  "event-field-added",
  "event-field-removed",
  "event-field-changed",

  "session-changed",

  "callable-added",
  "callable-removed",
  "callable-hidden",
  "callable-shown",
  "permission-raised",
  "permission-lowered",
  "param-added",
  "param-removed",
  "param-renamed",
  "param-moved",
  "param-changed",
  "result-changed",
  "bounds-widened",
  "bounds-narrowed",
  "rejects-changed",
  "limit-lowered",
  "limit-raised",
  "once-added",
  "once-removed",
  "execution-changed",
] as const;

export type ChangeKind = (typeof changeKinds)[number];

const known: ReadonlySet<string> = new Set(changeKinds);

export function isChangeKind(text: string): text is ChangeKind {
  return known.has(text);
}
