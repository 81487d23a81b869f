import type { OldClient } from "../old-client.js";
import type { RandomCode } from "./code.js";
import type { RandomField, RandomSchema } from "./schema.js";
import { valueOf } from "./values.js";

/** What a client of a schema finds out, by what it did. */
export type Observed = Readonly<Record<string, unknown>>;

/**
 * Does all that a client built with a schema can do, before it has logged in and afterwards: reads every component by
 * every index, changes rows, calls what there is, hears of events.
 *
 * @param code what runs on the server.
 */
export async function observe(client: OldClient, schema: RandomSchema, code: RandomCode): Promise<Observed> {
  const found: Record<string, unknown> = {};
  const heard = listen(client, schema);
  await readAll(client, schema, "before the login", found);
  await callAll(client, schema, code, "before the login", found);
  await client.call("login", 2n);
  await callAll(client, schema, code, "behind the login", found);
  await readAll(client, schema, "behind the login", found);
  await client.call("fire", 1n);
  // An event may come behind the answer of its call, and comes before that of the next.
  await client.call("login", 7n);
  const ranges = await readAll(client, schema, "as another user", found);
  await client.call("touch", 1n);
  await client.call("change", 1n);
  for (const [what, rows] of ranges) found[`${what}, touched`] = rows();
  return { ...found, heard, errors: client.errors.map(String).toSorted() };
}

function listen(client: OldClient, { groups }: RandomSchema): unknown[] {
  const heard: unknown[] = [];
  for (const { kind, name, fields } of groups) {
    if (kind !== "event") continue;
    client.client.events.on(client.module[name], (value) => heard.push([name, picked(value, fields)]));
  }
  return heard;
}

type Ranges = readonly (readonly [what: string, rows: () => unknown])[];

async function readAll(
  client: OldClient,
  { components }: RandomSchema,
  when: string,
  found: Record<string, unknown>,
): Promise<Ranges> {
  const ranges: (readonly [string, () => unknown])[] = [];
  for (const { name, readers, columns, composite } of components) {
    if (readers === "admin") continue;
    const seen = columns.filter(({ permission }) => permission !== "admin");
    const isOpen = (column: string): boolean =>
      columns.some((each) => each.name === column && each.permission === undefined);
    const indexes = [
      "id",
      ...seen.flatMap((column) => (column.index !== undefined && isOpen(column.name) ? [column.name] : [])),
      ...(composite?.columns.every(isOpen) === true ? [composite.columns.join(",")] : []),
    ];
    for (const index of indexes) {
      const what = `${name} by ${index}, ${when}`;
      const range = client.query(name).range(index);
      const rows = (): unknown => range.rows.map((row) => picked(row, seen));
      found[what] = await range.ready.then(rows, described);
      ranges.push([what, rows]);
    }
  }
  return ranges;
}

async function callAll(
  client: OldClient,
  schema: RandomSchema,
  { given }: RandomCode,
  when: string,
  found: Record<string, unknown>,
): Promise<void> {
  for (const { name, permission, params, rejects } of schema.callables) {
    if (permission !== "everybody" && permission !== "user") continue;
    const what = `${name}, ${when}`;
    // Optional parameters are left out the second time.
    const sent = when === "before the login" ? params : params.filter(({ optional }) => optional !== true);
    const args = sent.map((param, at) => valueOf(param, at + 1, schema, "extreme"));
    given.delete(name);
    const fields = schema.groups.find((group) => group.name === rejects)?.fields ?? [];
    found[what] = await client.call(name, ...args).then(text, (error: unknown) => {
      return { error: described(error), ...picked(error as object, fields) };
    });
    found[`${what}, given`] = { ...given.get(name) };
  }
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, refusal } = error as { readonly code?: unknown; readonly refusal?: unknown };
  return [error.name, code, refusal].filter((part) => part !== undefined).join(" ");
}

/** What a client of the schema knows of a value. */
function picked(value: object, fields: readonly RandomField[]): Readonly<Record<string, string>> {
  const known = fields.map(({ name }) => [name, Reflect.get(value, name) as unknown] as const);
  return Object.fromEntries(known.flatMap(([name, each]) => (each === undefined ? [] : [[name, text(each)]])));
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? `${each}n` : each)) ?? "nothing";
}

/**
 * In what two observations differ, for a client that knew the first. It does not mind where it gets what it was
 * refused, or a column that it did not get of this row, and knows a parameter by its position.
 */
export function differences(before: Observed, after: Observed): readonly string[] {
  return Object.entries(before).flatMap(([what, old]) => {
    const now = after[what];
    return covers(old, now, what.endsWith(", given")) ? [] : [`${what}: ${text(old)} -> ${text(now)}`];
  });
}

const REFUSED = /(?:FORBIDDEN|RATE_LIMITED)$/;

function covers(old: unknown, now: unknown, mayLack: boolean): boolean {
  if (typeof old === "string") return old === now || REFUSED.test(old);
  if (Array.isArray(old)) {
    return Array.isArray(now) && old.length === now.length && old.every((each, at) => covers(each, now[at], mayLack));
  }
  const [was, is] = [old, now] as readonly Readonly<Record<string, unknown>>[];
  if (was === undefined || is === undefined) return was === is;
  if (typeof was["error"] === "string" && REFUSED.test(was["error"])) return true;
  return Object.entries(was).every(([name, each]) => {
    return (mayLack && is[name] === undefined) || covers(each, is[name], mayLack);
  });
}
