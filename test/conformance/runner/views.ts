import { expect } from "vitest";
import { ManualClock } from "../../templates/manual-clock.js";
import { meaningOf } from "../frame-meaning.js";
import type { Notation } from "../notation.js";
import { camelCase, fromApplication, toApplication } from "./application-values.js";
import { type ScriptedLink, scriptedTransport, settle } from "./scripted-link.js";
import { type AnyLive, type AnyQuery, rowsOf, type Sdk } from "./sdk.js";
import { columnType, schemaVector } from "./vectors.js";

type ByProtocol = Readonly<Record<string, readonly string[]>>;

/** A case of the kind `view`. */
export interface ViewCase {
  readonly name: string;
  readonly query: {
    readonly component: string;
    readonly index: string;
    readonly left: Notation;
    readonly right: Notation;
    readonly limit: number;
    readonly desc: boolean;
  };
  readonly opening: ByProtocol;
  readonly answer: ByProtocol;
  readonly rows: readonly Notation[];
  readonly steps: readonly {
    readonly name: string;
    readonly messages: ByProtocol;
    readonly changes: readonly Notation[];
    readonly rows: readonly Notation[];
  }[];
}

/** Shows the recorded messages to a client, and looks at what it shows. */
export async function runView(sdk: Sdk, view: ViewCase, protocol: "hetu.1" | "hetu.2"): Promise<void> {
  const links: ScriptedLink[] = [];
  using client = sdk.world.connect("ws://conformance/hetu/world", {
    transport: scriptedTransport(sdk, links),
    clock: new ManualClock(),
    protocols: [protocol],
    warnOfLeaks: false,
  });
  const [link] = links;
  if (link === undefined) throw new Error("the client has not dialled");
  link.open(protocol === "hetu.2" ? protocol : "");
  for (const hex of ["90", ...(view.opening[protocol] ?? [])]) link.message(hex);
  await client.connected();
  link.takeSent();

  const live = liveQuery(sdk, client, view);
  const told = tellChanges(live);
  await settle();
  expect(link.takeSent().map((frame) => asked(protocol, frame))).toStrictEqual([askedFor(protocol, view)]);
  for (const hex of view.answer[protocol] ?? []) link.message(hex);
  await live.ready;
  expect(rowsOf(live).map(fromApplication)).toStrictEqual(view.rows);
  expect(told.splice(0)).toStrictEqual(view.rows.map((row) => ({ kind: "insert", row })));

  for (const step of view.steps) {
    const called = client.calls.any();
    await settle();
    for (const hex of step.messages[protocol] ?? []) link.message(hex);
    await called;
    expect(told.splice(0), step.name).toStrictEqual(step.changes);
    expect(
      rowsOf(live).map((row) => fromApplication(row["id"])),
      step.name,
    ).toStrictEqual(step.rows);
  }
  expect(link.ended).toBe(false);
}

function liveQuery(sdk: Sdk, client: ReturnType<Sdk["world"]["connect"]>, { query }: ViewCase): AnyLive {
  const component = sdk.world[query.component as "Position"];
  const types = query.index.split(",").map((column) => columnType(query.component, column));
  const bound = (value: Notation): unknown =>
    Array.isArray(value)
      ? value.map((each: Notation, at) => toApplication(types[at] ?? "", each))
      : toApplication(types[0] ?? "", value);
  const index = query.index.split(",").map(camelCase).join(",");
  return (client.query(component) as unknown as AnyQuery).range(index, bound(query.left), bound(query.right), {
    limit: query.limit,
    desc: query.desc,
  });
}

function tellChanges(live: AnyLive): Notation[] {
  const told: Notation[] = [];
  live.onInsert((row) => told.push({ kind: "insert", row: fromApplication(row) }));
  live.onUpdate((row, old) => told.push({ kind: "update", old: fromApplication(old), row: fromApplication(row) }));
  live.onDelete((old) => told.push({ kind: "delete", old: fromApplication(old) }));
  return told;
}

/** What a subscribing frame asks for, but for its bounds, which may be written in several ways. */
function asked(protocol: string, frame: Notation): Notation {
  const said = meaningOf(protocol, "client", frame);
  if (protocol === "hetu.2") {
    return [said["component"] ?? null, said["index"] ?? null, said["limit"] ?? null, said["desc"] ?? null];
  }
  const [, , limit, desc] = said["bounds, limit, desc, force"] as readonly Notation[];
  return [said["component"] ?? null, said["index"] ?? null, limit ?? null, desc ?? null];
}

function askedFor(protocol: string, { query }: ViewCase): Notation {
  const { component, index, limit, desc } = query;
  if (protocol === "hetu.1") return [component, index, limit, desc];
  const number = schemaVector.description[0].findIndex(([name]) => name === component);
  const indexes = ["id", ...(schemaVector.description[0][number]?.[2] ?? [])];
  return [number, indexes.indexOf(index), limit, desc];
}
