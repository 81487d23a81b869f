import { type Notation, objectOf } from "./notation.js";

type Names = { readonly [kind: string]: readonly [meaning: string, ...elements: readonly string[]] };

/** Kinds by their first element, then the names of the elements behind it; `...` takes the rest. */
const FRAMES: Readonly<Record<string, Names>> = {
  "hetu.1 client": {
    rpc: ["call", "name", "...args"],
    once: ["call of a @once system", "id", "name", "...args"],
    sub: ["subscribe", "component", "kind of query", "index", "...bounds, limit, desc, force"],
    unsub: ["unsubscribe", "subscription"],
    motd: ["greeting"],
    clock: ["clock"],
  },
  "hetu.1 server": {
    rsp: ["result", "value"],
    rej: ["rejection", "name", "code", "fields"],
    err: ["failure", "name", "reason"],
    sub: ["subscribed", "subscription", "rows"],
    updt: ["update", "subscription", "rows"],
    evt: ["event", "name", "value"],
    clock: ["clock", "time"],
  },
  "hetu.2 client": {
    0: ["hello", "fingerprint", "resume"],
    1: ["call", "callable", "...args"],
    2: ["call of a @once system", "callable", "id", "...args"],
    3: ["subscribe", "component", "index", "left", "right", "limit", "desc", "held"],
    4: ["unsubscribe", "subscription"],
    5: ["read", "component", "index", "left", "right", "limit", "desc", "after", "count"],
    6: ["clock"],
    7: ["ping"],
  },
  "hetu.2 server": {
    0: ["welcome", "time", "description", "token", "resumeWindow", "resumed"],
    1: ["result", "value"],
    2: ["rejection", "code", "fields"],
    3: ["failure", "reason"],
    4: ["subscribed", "subscription", "position", "rows"],
    5: ["caught up", "subscription", "position", "delta"],
    6: ["refused", "code", "reason"],
    7: ["update", "position", "...subscription, delta"],
    8: ["event", "event", "value"],
    9: ["page", "rows", "count", "next"],
    10: ["clock", "time"],
    11: ["pong"],
  },
};

/** What a frame says, its elements by name. */
export function meaningOf(protocol: string, from: string, frame: Notation): { readonly [name: string]: Notation } {
  if (!Array.isArray(frame)) throw new Error("a frame is not an array");
  const [kind, ...elements] = frame as readonly Notation[];
  const names = FRAMES[`${protocol} ${from}`]?.[String(kind)];
  if (names === undefined) throw new Error(`no frame of ${protocol} from the ${from} starts with ${String(kind)}`);
  const [meaning, ...known] = names;
  const said: Record<string, Notation> = { frame: meaning };
  for (const [at, name] of known.entries()) {
    const element = elements[at];
    if (name.startsWith("...")) said[name.slice(3)] = elements.slice(at);
    else if (element !== undefined) said[name] = element;
  }
  const takesRest = known.at(-1)?.startsWith("...") === true;
  if (!takesRest && elements.length > known.length) {
    throw new Error(`a frame ${meaning} has ${elements.length} elements`);
  }
  return said;
}

/** The frame that {@link meaningOf} told about. */
export function frameOf(protocol: string, from: string, said: { readonly [name: string]: Notation }): Notation {
  const found = Object.entries(FRAMES[`${protocol} ${from}`] ?? {}).find(([, [meaning]]) => meaning === said["frame"]);
  if (found === undefined) throw new Error(`no frame of ${protocol} from the ${from} means ${String(said["frame"])}`);
  const [kind, [, ...known]] = found;
  const elements = known.flatMap((name): readonly Notation[] => {
    const value = said[name.startsWith("...") ? name.slice(3) : name];
    if (value === undefined) return [];
    return name.startsWith("...") ? (value as readonly Notation[]) : [value];
  });
  return [protocol === "hetu.2" ? Number(kind) : kind, ...elements];
}

/** Whether two wire values are equal; integers and floats are by value, so that a client may write 0 in either way. */
export function sameWireValue(a: Notation | undefined, b: Notation | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value: Notation, at) => sameWireValue(value, b[at] as Notation));
  }
  const [one, other] = [plainNumber(a), plainNumber(b)];
  if (one !== undefined || other !== undefined) return one === other;
  const [left, right] = [objectOf(a), objectOf(b)];
  if (left === undefined || right === undefined) return a === b;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => sameWireValue(left[key], right[key]));
}

function plainNumber(value: Notation | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  const tagged = objectOf(value);
  const number = tagged?.["$int"] ?? tagged?.["$f64"] ?? tagged?.["$f32"];
  return number === undefined ? undefined : String(number);
}
