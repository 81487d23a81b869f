import { type Notation } from "../notation.js";
import type { Message, Peer, Protocol } from "./peer.js";
import type { VectorCase, VectorFile } from "./vector-file.js";
import { call, RecordedWorld, USER, type Work } from "./world.js";
import { applicationRow, numberOfComponent, numberOfIndex, type RowNotation, wire } from "./world-schema.js";

/** A live query as an application asks for it, and the same as on the wire. */
export interface QueryScript {
  readonly component: string;
  readonly index: string;
  /** What the application gives, in the notation of application values; `null` is no bound. */
  readonly left: Notation;
  readonly right: Notation;
  readonly limit: number;
  readonly desc?: boolean;
  /** The bounds on the wire: those of the application when left out. */
  readonly wireLeft?: Notation;
  readonly wireRight?: Notation;
}

/** A live query and what happens to its rows. */
export interface ViewScript {
  readonly name: string;
  readonly query: QueryScript;
  /** The user that looks; `undefined`: nobody is logged in. */
  readonly user?: number | undefined;
  /** Before the live query begins. */
  readonly before?: Work;
  readonly steps: readonly ScriptStep[];
}

interface ScriptStep {
  readonly name: string;
  readonly work: Work;
  /** It changes the session of its caller alone. */
  readonly ofSession?: true;
}

type Change =
  | { readonly kind: "insert"; readonly row: RowNotation }
  | { readonly kind: "update"; readonly old: RowNotation; readonly row: RowNotation }
  | { readonly kind: "delete"; readonly old: RowNotation };

/** What a client gets in one step, and what it must show then. */
interface Step {
  readonly name: string;
  readonly messages: readonly string[];
  readonly changes: readonly Change[];
  readonly rows: readonly Notation[];
}

interface Recording {
  readonly opening: readonly string[];
  readonly answer: readonly string[];
  readonly rows: readonly RowNotation[];
  readonly steps: readonly Step[];
}

/** Records the scripts with both protocols; what must be shown is the same in both. */
export async function views(about: string, scripts: readonly ViewScript[]): Promise<VectorFile> {
  const cases: VectorCase[] = [];
  for (const script of scripts) {
    const one = await recording(script, "hetu.1");
    if (one === undefined) throw new Error("the server does not speak hetu.1");
    const two = await recording(script, "hetu.2");
    if (two !== undefined) sameView(script.name, one, two);
    const protocols = { "hetu.1": one, ...(two === undefined ? {} : { "hetu.2": two }) };
    const { component, index, left, right, limit, desc = false } = script.query;
    cases.push({
      name: script.name,
      query: { component, index, left, right, limit, desc },
      opening: mapped(protocols, ({ opening }) => opening),
      answer: mapped(protocols, ({ answer }) => answer),
      rows: one.rows,
      steps: one.steps.map(({ name, changes, rows }, at) => ({
        name,
        messages: mapped(protocols, ({ steps }) => steps[at]?.messages ?? []),
        changes,
        rows,
      })),
    });
  }
  return { kind: "view", about, cases };
}

function mapped(
  protocols: Readonly<Record<string, Recording>>,
  part: (recording: Recording) => readonly string[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(protocols).map(([protocol, recorded]) => [protocol, part(recorded)]));
}

async function recording(script: ViewScript, protocol: Protocol): Promise<Recording | undefined> {
  const world = await RecordedWorld.start();
  try {
    const peer = await world.open(protocol);
    const oracle = await world.open("hetu.1");
    if (peer === undefined || oracle === undefined) return undefined;
    const opening = await open(peer);
    for (const each of [peer, oracle]) if (script.user !== undefined) await call(each, "login", script.user);
    if (script.before !== undefined) await world.change(oracle, script.before);
    const answer = await peer.ask(subscribe(script.query, protocol), ...(protocol === "hetu.2" ? [4] : ["sub"]));
    const rows = await snapshot(oracle, script.query);
    const steps: Step[] = [];
    let before = rows;
    for (const { name, work, ofSession } of script.steps) {
      const messages = await world.change(peer, work);
      if (ofSession === true) await world.change(oracle, work);
      const after = await snapshot(oracle, script.query);
      const changes = difference(before, after);
      steps.push({ name, messages: messages.map(({ hex }) => hex), changes, rows: after.map(idOf) });
      before = after;
    }
    await Promise.all([peer.close(), oracle.close()]);
    return { opening, answer: answer.map(({ hex }) => hex), rows, steps };
  } finally {
    await world.stop();
  }
}

/** What clients ask for before anything else. @returns the answers. */
export async function open(peer: Peer): Promise<readonly string[]> {
  const messages: readonly Message[] =
    peer.protocol === "hetu.2"
      ? await peer.ask([0, { $bin: wire.fingerprint }, null], 0)
      : await peer.ask(["clock"], "clock");
  return messages.map(({ hex }) => hex);
}

function subscribe(query: QueryScript, protocol: Protocol): Notation {
  const { component, index, limit, desc = false } = query;
  const left = query.wireLeft ?? query.left;
  const right = query.wireRight ?? query.right;
  return protocol === "hetu.2"
    ? [3, numberOfComponent(component), numberOfIndex(component, index), left, right, limit, desc]
    : ["sub", component, "range", index, left, right, limit, desc, true];
}

/** The rows as a client that only comes now gets them: what updates add up to must be the same. */
async function snapshot(oracle: Peer, query: QueryScript): Promise<readonly RowNotation[]> {
  const [message] = await oracle.ask(subscribe(query, "hetu.1"), "sub");
  const [, id, rows] = message?.frames[0] as readonly [Notation, Notation, readonly Notation[]];
  if (id === null) throw new Error(`the server refuses ${query.component} by ${query.index}`);
  oracle.send(["unsub", id]);
  return rows.map((row) => applicationRow(query.component, row));
}

/** Deletes, updates and inserts, each in the order of the index. */
function difference(before: readonly RowNotation[], after: readonly RowNotation[]): readonly Change[] {
  const old = new Map(before.map((row) => [idOf(row), row]));
  const present = new Set(after.map(idOf));
  const deletes = before.filter((row) => !present.has(idOf(row))).map((row): Change => ({ kind: "delete", old: row }));
  const updates: Change[] = [];
  const inserts: Change[] = [];
  for (const row of after) {
    const was = old.get(idOf(row));
    if (was === undefined) inserts.push({ kind: "insert", row });
    else if (JSON.stringify(was) !== JSON.stringify(row)) updates.push({ kind: "update", old: was, row });
  }
  return [...deletes, ...updates, ...inserts];
}

function idOf(row: RowNotation): string {
  return row["id"] as string;
}

function sameView(name: string, one: Recording, two: Recording): void {
  const shown = ({ rows, steps }: Recording): string =>
    JSON.stringify([rows, steps.map((step) => [step.changes, step.rows])]);
  if (shown(one) !== shown(two)) throw new Error(`${name}: hetu.1 and hetu.2 do not show the same`);
}

/** The user of most recordings, as rows have it. */
export const ME: bigint = BigInt(USER);
