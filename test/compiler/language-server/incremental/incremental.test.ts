import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Workspace } from "../../../../compiler/language-server/project/workspace.js";
import { described, fresh } from "./described.js";
import { fuzz } from "./fuzz.js";
import { LONGER } from "../../../longer.js";
import { PIECES } from "./pieces.js";

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), "utf8");
const KITCHEN = "schema-examples/kitchen-sink/schema/kitchen.hetu";
const STARTS = [KITCHEN, "test/fixtures/world/schema/world.hetu", "schema-examples/walking/schema/walking.hetu"].map(
  read,
);
const PATHS = ["a.hetu", "b.hetu"];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  fc.string({ unit: "binary", maxLength: 5 }),
);

/** An edit of a file, by parts of its length, or the file as a whole. */
const edit = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      path: fc.constantFrom(...PATHS),
      from: fc.nat(9999),
      length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(300)),
      text: fc.oneof(fc.constant(""), piece),
    }),
  },
  fc.record({ path: fc.constantFrom(...PATHS), whole: fc.constantFrom(undefined, "", ...STARTS) }),
);

test("after any edits all is as if the files were read afresh: trees, problems, symbols and model", () => {
  fc.assert(
    fc.property(fc.constantFrom(...STARTS), fc.array(edit, { minLength: 1, maxLength: 12 }), (start, edits) => {
      const workspace = new Workspace();
      const texts = new Map([["a.hetu", start]]);
      workspace.set("a.hetu", start);
      workspace.snapshot();
      for (const each of edits) {
        const text = "whole" in each ? each.whole : edited(texts.get(each.path) ?? "", each);
        if (text === undefined) {
          texts.delete(each.path);
          workspace.delete(each.path);
        } else {
          texts.set(each.path, text);
          workspace.set(each.path, text);
        }
        workspace.snapshot();
      }
      expect(described(workspace.snapshot())).toEqual(described(fresh(texts)));
    }),
    { numRuns: 60 * LONGER },
  );
});

test("a schema that is typed character by character is at each stop as if read afresh, and sound at its end", () => {
  const text = read(KITCHEN);
  const workspace = new Workspace();
  const stop = 97;
  for (let length = 1; length <= text.length; length += 1) {
    workspace.set("a.hetu", text.slice(0, length));
    const snapshot = workspace.snapshot();
    if (length % stop !== 0) continue;
    expect(described(snapshot)).toEqual(described(fresh(new Map([["a.hetu", text.slice(0, length)]]))));
  }
  expect(workspace.snapshot().diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(described(workspace.snapshot())).toEqual(described(fresh(new Map([["a.hetu", text]]))));
});

test("declarations that have not changed stay the same objects", () => {
  const workspace = new Workspace();
  const before = "namespace game\nstruct A { x: i32 }\nstruct B { x: i32 }\nstruct C { x: i32 }\nstruct D { x: i32 }\n";
  workspace.set("a.hetu", before);
  const first = workspace.snapshot().file("a.hetu")?.declarations ?? [];
  workspace.set("a.hetu", before.replace("B { x", "B { second"));
  const second = workspace.snapshot().file("a.hetu")?.declarations ?? [];
  expect(second.map((each, index) => each === first[index])).toEqual([false, false, true, true]);
});

test("a project that is edited at random, twenty thousand times, never throws and is as if read afresh", () => {
  const edits: number[] = [];
  fuzz({ seed: 20_000, edits: 20_000 * LONGER, compareEvery: 50, onEdit: (count) => edits.push(count) });
  expect(edits).toHaveLength(20_000 * LONGER);
});

function edited(text: string, { from, length, text: put }: { from: number; length: number; text: string }): string {
  const at = Math.floor((from / 10_000) * (text.length + 1));
  return text.slice(0, at) + put + text.slice(at + length);
}
