import { list, text } from "./values.js";

export type FieldDescription = readonly [name: string, type: string];

/** Name, columns without `id`, and indexes without the one on `id`, which is index 0 on the wire. */
export type ComponentDescription = readonly [
  name: string,
  columns: readonly FieldDescription[],
  indexes: readonly string[],
];

/** A system or endpoint; `result` is empty when there is none. */
export type CallableDescription = readonly [name: string, params: readonly string[], result: string];

/** An error or an event. */
export type MessageDescription = readonly [name: string, fields: readonly FieldDescription[]];

/** What the numbers of hetu.2 stand for, and how everything travels; the same value as in the welcome. */
export type WireDescription = readonly [
  components: readonly ComponentDescription[],
  callables: readonly CallableDescription[],
  errors: readonly MessageDescription[],
  events: readonly MessageDescription[],
];

/** The description that generated code carries. */
export interface NamespaceWire {
  /** SHA-256 of the description as JSON without spaces, in hex. */
  readonly fingerprint: string;
  readonly description: WireDescription;
}

/** Columns beyond this number (without `id`) have no bit in a mask: such a component has no partial updates. */
export const MASK_COLUMNS = 32;

/**
 * Checks a description that came in a welcome. Elements that a newer server adds behind those known here are ignored.
 *
 * @throws WireError
 */
export function readDescription(value: unknown): WireDescription {
  const [components, callables, errors, events] = list(value, "the description");
  return [
    list(components, "the description's components").map(readComponent),
    list(callables, "the description's callables").map(readCallable),
    list(errors, "the description's errors").map(readMessage),
    list(events, "the description's events").map(readMessage),
  ];
}

/** The bytes of a fingerprint in hex. */
export function fingerprintBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

function readComponent(value: unknown): ComponentDescription {
  const [name, columns, indexes] = list(value, "a component of the description");
  return [
    text(name, "a component's name"),
    readFields(columns),
    list(indexes, "a component's indexes").map((index) => text(index, "an index")),
  ];
}

function readCallable(value: unknown): CallableDescription {
  const [name, params, result] = list(value, "a callable of the description");
  return [
    text(name, "a callable's name"),
    list(params, "a callable's parameters").map((type) => text(type, "a parameter's type")),
    text(result, "a callable's result"),
  ];
}

function readMessage(value: unknown): MessageDescription {
  const [name, fields] = list(value, "an error or event of the description");
  return [text(name, "an error's or event's name"), readFields(fields)];
}

function readFields(value: unknown): readonly FieldDescription[] {
  return list(value, "a list of columns or fields").map((field) => {
    const [name, type] = list(field, "a column or field");
    return [text(name, "a column's or field's name"), text(type, "a column's or field's type")];
  });
}
