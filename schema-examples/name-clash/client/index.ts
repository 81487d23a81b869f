import {
  _Client,
  _Error,
  _Event,
  _Map,
  _Object,
  _Promise,
  type Bool_,
  type Calls,
  Class,
  connect,
  Error_,
  exclusive,
  ObjectKind,
  type String_,
} from "../../../generated/name-clash/client-ts/clash/index.js";

/** What {@link tour} has seen. */
export interface Seen {
  readonly made: String_;
  readonly flags: Bool_ | undefined;
  readonly event: _Event;
  readonly promise: _Promise | undefined;
  readonly ranges: readonly (readonly number[])[];
  readonly found: number;
  readonly entry: _Map | undefined;
  readonly errors: readonly string[];
  readonly text: string;
  readonly client: _Client | undefined;
  readonly imported: readonly (bigint | undefined)[];
  readonly refusal: unknown;
  readonly enums: readonly number[];
}

/** Calls every system and endpoint of the schema and asks for its rows in every way there is. */
export async function tour(url: string): Promise<Seen> {
  using client = connect(url);
  const calls: Calls = client.calls;
  const event = new Promise<_Event>((resolve) => client.events.on(_Event, resolve));
  const made = await calls._constructor(1, 7, 3, 4);

  // Each index: prefixes of composite ones, exclusive and open bounds, both directions.
  const asked = [
    client.query(_Promise).range("id"),
    client.query(_Promise).range("class", 1),
    client.query(_Promise).range("_constructor", 0, exclusive(3)),
    client.query(_Promise).range("class,await", [1], [1, 9], { limit: 5 }),
    client.query(_Promise).range("this,arguments", null, [7, 4], { desc: true }),
  ];
  const promise = client.query(_Promise).get({ this: 7, arguments: 4 });
  const entry = client.query(_Map).get({ key: 7 });
  const entries = client.query(_Map).range("key", 0, 100);
  const errors = client.query(Error_).range("name", "deleted");
  const row = client.query(_Client).get({ connect: 1 });
  await Promise.all([...asked, promise, entry, entries, errors, row].map(({ ready }) => ready));

  const found = await calls._then(1, 2);
  await calls.delete("new_");
  await calls.delete("null", 1000);
  const text = await calls._toString();
  return {
    made,
    flags: made.null,
    event: await event,
    promise: promise.row,
    ranges: asked.map(({ rows }) => rows.map((each) => each.arguments)),
    found,
    entry: entry.row ?? entries.rows[0],
    errors: errors.rows.map(({ message }) => message),
    text,
    client: row.row,
    imported: [await calls.import("toString_"), await calls.import("_constructor")],
    refusal: await calls
      ._constructor(-1, 7, 3, 4)
      .catch((error: unknown) => (error instanceof _Error ? error : undefined)),
    enums: [Class.delete, ObjectKind.class, _Object.toString_],
  };
}
