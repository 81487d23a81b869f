import { expect } from "vitest";
import { ManualClock } from "../../templates/manual-clock.js";
import { meaningOf, sameWireValue } from "../frame-meaning.js";
import { type Notation, objectOf } from "../notation.js";
import { camelCase, fromApplication, toApplication } from "./application-values.js";
import { type ScriptedLink, type Sent, scriptedTransport, settle } from "./scripted-link.js";
import { type AnyLive, type AnyQuery, type Sdk } from "./sdk.js";
import { columnType, parameterTypes } from "./vectors.js";

type Value = { readonly [name: string]: Notation };

/** A case of the kind `session`. */
export interface SessionCase {
  readonly name: string;
  readonly protocol: string;
  readonly options: {
    readonly bootstrap?: readonly { readonly call: string; readonly args: readonly Notation[] }[];
    readonly protocols?: readonly ("hetu.1" | "hetu.2")[];
    readonly callTimeoutMs?: number;
    readonly maxQueued?: number;
    readonly maxInFlight?: number;
    readonly maxAttempts?: number;
  };
  readonly steps: readonly (Value & { readonly do: string; readonly then: Value })[];
}

/** Does to a client what the script says, and looks at all that can be seen of it after each step. */
export async function runSession(sdk: Sdk, vector: SessionCase): Promise<void> {
  const run = new SessionRun(sdk, vector);
  try {
    for (const [at, { then, ...step }] of vector.steps.entries()) {
      run.take(step);
      await settle();
      expect(run.seen(then), `step ${at}: ${JSON.stringify(step).slice(0, 120)}`).toStrictEqual(then);
    }
  } finally {
    run.end();
  }
}

/** Clients of a process remember what a URL speaks: each run has its own. */
let runs = 0;

class SessionRun {
  readonly #sdk: Sdk;
  readonly #vector: SessionCase;
  readonly #clock = new ManualClock();
  readonly #links: ScriptedLink[] = [];
  readonly #queries = new Map<string, AnyLive>();
  readonly #onceIds = new Map<string, Notation>();
  #client: ReturnType<Sdk["world"]["connect"]> | undefined;
  #dials = 0;
  #endedSeen = 0;
  #states: Value[] = [];
  #told: Notation[] = [];
  #outcomes: Record<string, Notation> = {};

  constructor(sdk: Sdk, vector: SessionCase) {
    this.#sdk = sdk;
    this.#vector = vector;
  }

  end(): void {
    this.#client?.close();
  }

  /** One step. */
  take(step: Value): void {
    switch (step["do"]) {
      case "connect":
        this.#connect();
        return;
      case "open":
        this.#link.open(step["protocol"] as string);
        this.#link.message(step["answer"] as string);
        return;
      case "say":
        for (const message of step["messages"] as readonly Value[]) this.#link.message(message["hex"] as string);
        return;
      case "text":
        this.#link.text();
        return;
      case "lose":
        this.#link.lose(step["code"] as number, "");
        return;
      case "wait":
        this.#clock.advance(step["ms"] as number);
        return;
      case "call":
        this.#call(step["as"] as string, step["name"] as string, step["args"] as readonly Notation[]);
        return;
      case "range":
        this.#range(step);
        return;
      case "get":
        this.#get(step);
        return;
      case "dispose":
        this.#queries.get(step["query"] as string)?.dispose();
        return;
      case "listen": {
        const event = step["event"] as "Shout";
        this.#started.events.on(this.#sdk.world[event], (value) => {
          this.#told.push(["event", event, fromApplication(value)]);
        });
        return;
      }
      case "close":
        this.#started.close();
        return;
      default:
        throw new Error(`the step ${JSON.stringify(step["do"])} is not known to this runner`);
    }
  }

  /** What was to be seen since the last time, in the form of what is expected. */
  seen(expected: Value): Value {
    const dials = this.#links.slice(this.#dials).map(({ protocols }) => protocols);
    this.#dials = this.#links.length;
    const ended = this.#links.filter((link) => link.ended).length;
    const sent = this.#links.flatMap((link) => link.takeSent());
    const seen: Record<string, Notation> = {
      ...(dials.length === 0 ? {} : { dials }),
      ...(sent.length === 0 ? {} : { sent: this.#sent(sent, (expected["sent"] ?? []) as readonly Notation[]) }),
      ...(ended === this.#endedSeen ? {} : { ended: true }),
      ...(this.#states.length === 0 ? {} : { states: this.#states }),
      ...(this.#told.length === 0 ? {} : { told: this.#told }),
      ...(Object.keys(this.#outcomes).length === 0 ? {} : { outcomes: this.#outcomes }),
    };
    this.#endedSeen = ended;
    this.#states = [];
    this.#told = [];
    this.#outcomes = {};
    return Object.fromEntries(
      [...Object.keys(expected), ...Object.keys(seen)].flatMap((key) =>
        seen[key] === undefined ? [] : [[key, seen[key]] as const],
      ),
    );
  }

  get #started(): ReturnType<Sdk["world"]["connect"]> {
    if (this.#client === undefined) throw new Error("a script begins with connect");
    return this.#client;
  }

  get #link(): ScriptedLink {
    const link = this.#links.at(-1);
    if (link === undefined) throw new Error("the client has not dialled");
    return link;
  }

  #connect(): void {
    const { bootstrap, protocols, maxAttempts, ...limits } = this.#vector.options;
    const client = this.#sdk.world.connect(`ws://conformance/hetu/${++runs}`, {
      ...limits,
      ...(maxAttempts === undefined ? {} : { reconnect: { maxAttempts } }),
      protocols: protocols ?? [this.#vector.protocol as "hetu.1" | "hetu.2"],
      transport: scriptedTransport(this.#sdk, this.#links),
      clock: this.#clock,
      random: () => 0.5,
      warnOfLeaks: false,
      async bootstrap({ calls }) {
        for (const { call, args } of bootstrap ?? []) await invoke(calls, call, args);
      },
    });
    this.#client = client;
    client.onConnection(({ status, attempt, retryInMs, error }) => {
      this.#states.push({
        status,
        attempt,
        ...(retryInMs === undefined ? {} : { retryInMs }),
        ...(error === undefined ? {} : { error: codeOf(error) }),
      });
    });
    client.onStale(() => this.#told.push(["client", "stale"]));
    client.onResynced(() => this.#told.push(["client", "resynced"]));
    client.onError((error) => this.#told.push(["client", "error", codeOf(error)]));
  }

  #call(as: string, name: string, args: readonly Notation[]): void {
    invoke(this.#started.calls, name, args).then(
      (result) => (this.#outcomes[as] = { result: fromApplication(result) }),
      (error: unknown) => (this.#outcomes[as] = outcomeOf(error, this.#sdk)),
    );
  }

  #range(step: Value): void {
    const [name, index] = [step["component"] as string, step["index"] as string];
    const bound = (value: Notation): unknown => toApplication(columnType(name, index), value);
    const [left, right] = [bound(step["left"] ?? null), bound(step["right"] ?? null)];
    this.#watch(step["as"] as string, this.#query(name).range(camelCase(index), left, right, {}));
  }

  #get(step: Value): void {
    const [name, index] = [step["component"] as string, step["index"] as string];
    const value = toApplication(columnType(name, index), step["value"] ?? null);
    this.#watch(step["as"] as string, this.#query(name).get({ [camelCase(index)]: value }));
  }

  #query(component: string): AnyQuery {
    return this.#started.query(this.#sdk.world[component as "Account"]) as unknown as AnyQuery;
  }

  #watch(as: string, live: AnyLive): void {
    this.#queries.set(as, live);
    live.ready.catch(() => undefined);
    live.onInsert((row) => this.#told.push([as, "insert", fromApplication(row)]));
    live.onUpdate((row, old) => this.#told.push([as, "update", fromApplication(old), fromApplication(row)]));
    live.onDelete((old) => this.#told.push([as, "delete", fromApplication(old)]));
    live.onStale(() => this.#told.push([as, "stale"]));
    live.onResynced(() => this.#told.push([as, "resynced"]));
    live.onError((error) => this.#told.push([as, "error", codeOf(error)]));
  }

  /** Frames that mean what is expected are given as they are expected. */
  #sent(sent: readonly Sent[], expected: readonly Notation[]): readonly Notation[] {
    return sent.map((frame, at) => {
      const said = objectOf(frame)?.["handshake"] === undefined ? meaningOf(this.#protocol, "client", frame) : frame;
      const wanted = expected[at];
      return wanted !== undefined && this.#fits(said, wanted) ? wanted : said;
    });
  }

  #fits(said: Notation | undefined, wanted: Notation): boolean {
    const placeholder = objectOf(wanted);
    if (placeholder?.["$once"] !== undefined) return this.#fitsOnce(said, placeholder["$once"] as string);
    if (placeholder?.["$same"] !== undefined) return said === null || sameWireValue(said, placeholder["$same"]);
    if (placeholder?.["$open"] !== undefined) {
      const infinity = placeholder["$open"] === "least" ? "-Infinity" : "Infinity";
      return sameWireValue(said, []) || sameWireValue(said, { $f64: infinity });
    }
    if (Array.isArray(wanted)) {
      if (!Array.isArray(said) || said.length !== wanted.length) return false;
      const given = said as readonly Notation[];
      return (wanted as readonly Notation[]).every((part, at) => this.#fits(given[at], part));
    }
    const given = objectOf(said);
    if (placeholder === undefined || given === undefined) return sameWireValue(said, wanted);
    if (Object.keys(placeholder).some((key) => key.startsWith("$"))) return sameWireValue(said, wanted);
    const keys = Object.keys(placeholder);
    return (
      keys.length === Object.keys(given).length && keys.every((key) => this.#fits(given[key], placeholder[key] ?? null))
    );
  }

  /** The first id of a name may be any of 24 bytes; later ones are the same. */
  #fitsOnce(said: Notation | undefined, name: string): boolean {
    const hex = objectOf(said)?.["$bin"];
    if (typeof hex !== "string" || hex.length !== 48) return false;
    const known = this.#onceIds.get(name);
    if (known === undefined && ![...this.#onceIds.values()].includes(hex)) this.#onceIds.set(name, hex);
    return this.#onceIds.get(name) === hex;
  }

  get #protocol(): string {
    return this.#vector.protocol;
  }
}

function invoke(calls: object, name: string, args: readonly Notation[]): Promise<unknown> {
  const types = parameterTypes(name);
  const method = (calls as Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>)[
    camelCase(name)
  ];
  if (method === undefined) throw new Error(`the client has no call ${name}`);
  return method(...args.map((value, at) => toApplication(types[at] ?? "", value)));
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
}

/** An error's code, and the fields of one that the schema has. */
function outcomeOf(error: unknown, sdk: Sdk): Value {
  if (error instanceof sdk.world.NotEnough) {
    return { error: error.code, fields: { need: fromApplication(error.need), have: fromApplication(error.have) } };
  }
  return { error: codeOf(error) };
}
