import { isDeepStrictEqual } from "node:util";
import { Workspace } from "../../../../compiler/language-server/project/workspace.js";
import { described, fresh } from "./described.js";
import { PIECES } from "./pieces.js";
import { Random } from "./random.js";

export interface FuzzOptions {
  /** Decides every edit: the same seed makes the same ones. */
  readonly seed: number;
  readonly edits: number;
  /** After each so many edits all is compared with a workspace that reads the same texts afresh. */
  readonly compareEvery: number;
  /** Called after each edit with the number of edits so far. */
  readonly onEdit?: (edits: number) => void;
}

/** A state of a project that was not the same incrementally as afresh, or at which something threw. */
export class FuzzFailure extends Error {
  /** By path, as they were. */
  readonly texts: ReadonlyMap<string, string>;

  constructor(what: string, texts: ReadonlyMap<string, string>, cause?: unknown) {
    super(`${what}\n${JSON.stringify(Object.fromEntries(texts), null, 2)}`, { cause });
    this.name = "FuzzFailure";
    this.texts = texts;
  }
}

const PATHS = ["a.hetu", "b.hetu", "c/d.hetu"];
/** A file that has grown longer starts again: what is long only takes longer. */
const LONGEST = 1_500;
const MOST_DELETED = 60;

/**
 * Edits a project at random and looks at it after each edit.
 *
 * @throws FuzzFailure when looking throws, or when the project is not what it would be afresh.
 */
export function fuzz({ seed, edits, compareEvery, onEdit }: FuzzOptions): void {
  const random = new Random(seed);
  const workspace = new Workspace();
  const texts = new Map<string, string>();
  const wholes = new Map<string, string>();
  for (let edit = 1; edit <= edits; edit += 1) {
    const path = random.pick(PATHS);
    const text = changed(random, path, texts, wholes);
    if (text === undefined) {
      texts.delete(path);
      workspace.delete(path);
    } else {
      texts.set(path, text);
      workspace.set(path, text);
    }
    const where = `seed ${seed}, edit ${edit}`;
    try {
      for (const each of texts.keys()) workspace.snapshot().diagnosticsOf(each);
      if (edit % compareEvery === 0 && !isDeepStrictEqual(described(workspace.snapshot()), described(fresh(texts)))) {
        throw new FuzzFailure(`${where}: not the same as afresh`, texts);
      }
    } catch (error) {
      throw error instanceof FuzzFailure ? error : new FuzzFailure(`${where}: ${String(error)}`, texts, error);
    }
    onEdit?.(edit);
  }
}

/**
 * A file after an edit; `undefined` when it is deleted.
 *
 * @param wholes each file as it was before it was broken: many edits go back to that, since what is taken over from
 * one state to the next is most where nothing is broken.
 */
function changed(
  random: Random,
  path: string,
  texts: ReadonlyMap<string, string>,
  wholes: Map<string, string>,
): string | undefined {
  const before = texts.get(path);
  if (before === undefined || before.length > LONGEST || random.below(80) === 0) {
    const text = start(random);
    wholes.set(path, text);
    return text;
  }
  if (random.below(60) === 0) return undefined;
  if (random.below(5) === 0) return wholes.get(path);
  return random.below(3) === 0 ? renamed(random, before, [...texts.values()]) : edited(random, before);
}

/** One name, keyword or number becomes another one of the project. */
function renamed(random: Random, text: string, texts: readonly string[]): string {
  const places = [...text.matchAll(/\w+/g)];
  const words = texts.flatMap((each) => each.match(/\w+/g) ?? []);
  if (places.length === 0 || words.length === 0) return text;
  const { 0: word, index } = random.pick(places);
  return text.slice(0, index) + random.pick(words) + text.slice(index + word.length);
}

/** A file of whole declarations, so that most edits find something to break. */
function start(random: Random): string {
  const whole = PIECES.filter((piece) => piece.endsWith("\n") && piece.length > 20);
  const count = random.below(6);
  return `namespace ${random.pick(["game", "game", "town"])}\n${Array.from({ length: count }, () => random.pick(whole)).join("\n")}`;
}

function edited(random: Random, text: string): string {
  const from = random.below(text.length + 1);
  const to = random.below(3) === 0 ? Math.min(text.length, from + random.below(MOST_DELETED)) : from;
  const piece = random.below(4) === 0 ? "" : random.pick(PIECES);
  return text.slice(0, from) + piece + text.slice(to === from && piece === "" ? to + 1 : to);
}
