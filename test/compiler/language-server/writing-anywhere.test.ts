import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CompletionItem } from "vscode-languageserver-types";
import { completion, type CompletionOptions } from "../../../compiler/language-server/features/completion.js";
import { hover } from "../../../compiler/language-server/features/hover.js";
import { signatureHelp } from "../../../compiler/language-server/features/signature-help.js";
import type { Snapshot } from "../../../compiler/language-server/project/snapshot.js";
import { Workspace } from "../../../compiler/language-server/project/workspace.js";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { parse } from "../../../compiler/syntax/parse.js";
import { LONGER } from "../../longer.js";
import { accepted } from "./completing.js";

const PATH = "schema/kitchen.hetu";
const KITCHEN = readFileSync(
  new URL("../../../schema-examples/kitchen-sink/schema/kitchen.hetu", import.meta.url),
  "utf8",
);
const ITEMS = "namespace items\nenum Rarity: u8 { common, rare }\nstruct Reward { gold: i32 }\n";

const PLAIN: CompletionOptions = { snippets: false, markdown: true, deprecatedTag: true };

function snapshotOf(text: string): Snapshot {
  const workspace = new Workspace();
  workspace.set("schema/items.hetu", ITEMS);
  workspace.set(PATH, text);
  return workspace.snapshot();
}

/** Asks for everything at an offset; answers what was proposed. */
function askAt(snapshot: Snapshot, offset: number): CompletionItem[] {
  hover(snapshot, PATH, offset);
  signatureHelp(snapshot, PATH, offset);
  return completion(snapshot, PATH, offset).items;
}

function syntaxErrors(text: string): string[] {
  return parse(new SourceFile(PATH, text))
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}

test("at every offset of a schema with every construct there is an answer", () => {
  const snapshot = snapshotOf(KITCHEN);
  const proposed = new Set<string>();
  for (let offset = 0; offset <= KITCHEN.length; offset += 1) {
    for (const { label } of askAt(snapshot, offset)) proposed.add(label);
  }
  expect([...proposed]).toEqual(
    expect.arrayContaining([
      "component",
      "permission",
      "uses",
      "Rank",
      "items.Rarity",
      "captain",
      "now",
      "NotEnoughGold",
    ]),
  );
});

test("at every offset of a mutilated schema there is an answer", () => {
  const place = fc.nat({ max: KITCHEN.length });
  const bits = [
    "{",
    "}",
    "(",
    ")",
    "@",
    ",",
    ":",
    ".",
    "=",
    '"',
    "/*",
    "//",
    "\r\n",
    "😀",
    "component ",
    "uses ",
    "@rls(",
    "-",
  ];
  const edit = fc.record({
    at: place,
    removed: fc.nat({ max: 60 }),
    added: fc.array(fc.constantFrom(...bits), { maxLength: 3 }).map((parts) => parts.join("")),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), fc.array(place, { maxLength: 12 }), (edits, places) => {
      let text = KITCHEN;
      for (const { at, removed, added } of edits) text = text.slice(0, at) + added + text.slice(at + removed);
      const snapshot = snapshotOf(text);
      const near = edits.flatMap(({ at, added }) => [at - 1, at, at + 1, at + added.length, at + added.length + 5]);
      for (const offset of [...near, ...places]) askAt(snapshot, offset);
    }),
    { numRuns: 60 * LONGER },
  );
});

test("a schema that ends anywhere gets answers at its end", () => {
  fc.assert(
    fc.property(fc.nat({ max: KITCHEN.length }), (end) => {
      askAt(snapshotOf(KITCHEN.slice(0, end)), end);
    }),
    { numRuns: 100 * LONGER },
  );
});

/** Proposals that are the beginning of something, so that the schema is unfinished when they have been accepted. */
function isWhole({ detail, label }: CompletionItem): boolean {
  return detail !== "declaration" && detail !== "clause" && detail !== "namespace" && label !== "namespace";
}

test("accepting a proposal in a well-formed schema makes no syntax error", () => {
  expect(syntaxErrors(KITCHEN)).toEqual([]);
  const snapshot = snapshotOf(KITCHEN);
  const words = [...KITCHEN.matchAll(/\w+|@|\n\n/g)].map(({ 0: { length }, index }) => ({ index, length }));
  let tried = 0;
  fc.assert(
    fc.property(fc.constantFrom(...words), fc.nat(), ({ index, length }, inside) => {
      const offset = index + (inside % (length + 1));
      for (const item of completion(snapshot, PATH, offset, PLAIN).items.filter(isWhole)) {
        const text = accepted(KITCHEN, item);
        expect(syntaxErrors(text), `${item.label} at ${offset}: …${text.slice(offset - 30, offset + 40)}…`).toEqual([]);
        tried += 1;
      }
    }),
    { numRuns: 60 * LONGER },
  );
  expect(tried).toBeGreaterThan(20);
});

test("a proposal that is accepted is the name that stands there when it is asked for again", () => {
  const text = KITCHEN.replace("uses Everything, Profile", "uses Ev, Profile");
  const at = text.indexOf("uses Ev,") + "uses Ev".length;
  const item = completion(snapshotOf(text), PATH, at, PLAIN).items.find(({ label }) => label === "Everything");
  expect(accepted(text, item as CompletionItem)).toBe(KITCHEN);
});
