import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeLens, resolveCodeLens } from "../../../compiler/language-server/features/code-lens.js";
import { definition } from "../../../compiler/language-server/features/definition.js";
import { documentHighlights } from "../../../compiler/language-server/features/document-highlights.js";
import { foldingRanges } from "../../../compiler/language-server/features/folding-ranges.js";
import { formatting, rangeFormatting } from "../../../compiler/language-server/features/formatting.js";
import { inlayHints } from "../../../compiler/language-server/features/inlay-hints.js";
import { linkedEditing } from "../../../compiler/language-server/features/linked-editing.js";
import { offsetOf } from "../../../compiler/language-server/features/places.js";
import { references } from "../../../compiler/language-server/features/references.js";
import { prepareRename } from "../../../compiler/language-server/features/rename/prepare-rename.js";
import { isRefusal } from "../../../compiler/language-server/features/rename/refusal.js";
import { rename, type RenameOptions } from "../../../compiler/language-server/features/rename/rename.js";
import { selectionRanges } from "../../../compiler/language-server/features/selection-ranges.js";
import { semanticTokens } from "../../../compiler/language-server/features/semantic-tokens/semantic-tokens.js";
import { spacingChanges } from "../../../compiler/language-server/features/spacing-changes.js";
import { workspaceSymbols } from "../../../compiler/language-server/features/workspace-symbols.js";
import type { Snapshot } from "../../../compiler/language-server/project/snapshot.js";
import { Workspace } from "../../../compiler/language-server/project/workspace.js";
import { format } from "../../../compiler/format/format.js";
import type { Occurrence } from "../../../compiler/language-server/project/symbols/symbol.js";
import { spanText } from "../../../compiler/source/span.js";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { LONGER } from "../../longer.js";
import { applied, editsOf } from "./applied.js";

const PATH = "kitchen.hetu";
const KITCHEN = readFileSync(
  new URL("../../../schema-examples/kitchen-sink/schema/kitchen.hetu", import.meta.url),
  "utf8",
);
const OTHER = `namespace other
/// Ranks of another namespace.
struct Card { rank: kitchen.Rank, path?: kitchen.Path }
component Deck { owner: i64 @index rank: kitchen.Rank = captain }
system deal() uses Deck
`;

const uriOf = (path: string): string => `file:///project/${path}`;
const IN_ONE: RenameOptions = { was: "left out", documentChanges: false };

function snapshotOf(texts: Readonly<Record<string, string>>): Snapshot {
  const workspace = new Workspace();
  for (const [path, text] of Object.entries(texts)) workspace.set(path, text);
  return workspace.snapshot();
}

/** Texts after a rename, or why it was refused. */
function renamed(
  texts: Readonly<Record<string, string>>,
  path: string,
  offset: number,
  name: string,
): Record<string, string> | string {
  const change = rename(snapshotOf(texts), path, offset, name, IN_ONE, uriOf);
  if (isRefusal(change)) return change.refused;
  return Object.fromEntries(
    Object.entries(texts).map(([each, text]) => [each, applied(text, editsOf(change, uriOf(each)))]),
  );
}

/** Kitchen-sink with a stretch taken out, doubled or replaced by something odd. */
const mutilated: fc.Arbitrary<string> = fc
  .tuple(
    fc.nat(KITCHEN.length),
    fc.nat(120),
    fc.constantFrom("", "{", "}", "(", "@", "@was(", "\u{1F600}", "ctx.", ":", "\r\n", "/*", '"', "system ", "x"),
  )
  .map(([start, length, put]) => KITCHEN.slice(0, start) + put + KITCHEN.slice(start + length));

/** Asks every feature about an offset. */
function askEverything(snapshot: Snapshot, path: string, offset: number): void {
  definition(snapshot, path, offset, uriOf);
  references(snapshot, path, offset, true, uriOf);
  documentHighlights(snapshot, path, offset);
  linkedEditing(snapshot, path, offset);
  prepareRename(snapshot, path, offset);
  selectionRanges(snapshot, path, [offset]);
}

/** Asks every feature about the whole of a file. */
function askAll(snapshot: Snapshot, path: string): void {
  const all = { start: 0, end: snapshot.file(path)?.file.text.length ?? 0 };
  for (const lens of codeLens(snapshot, path, uriOf)) resolveCodeLens(snapshot, path, lens, uriOf);
  inlayHints(snapshot, path, all, () => true);
  semanticTokens(snapshot, path);
  semanticTokens(snapshot, path, { start: all.end >> 1, end: all.end });
  foldingRanges(snapshot, path);
  formatting(snapshot, path);
  rangeFormatting(snapshot, path, { start: all.end >> 1, end: all.end });
  workspaceSymbols(snapshot, "o", uriOf);
}

describe("every feature", () => {
  test("answers at every offset of the kitchen sink", () => {
    const snapshot = snapshotOf({ [PATH]: KITCHEN, "other.hetu": OTHER });
    for (let offset = 0; offset <= KITCHEN.length; offset += 1) askEverything(snapshot, PATH, offset);
    askAll(snapshot, PATH);
    expect(definition(snapshot, PATH, KITCHEN.length, uriOf)).toEqual([]);
  });

  test("answers about texts that are half typed", () => {
    fc.assert(
      fc.property(mutilated, fc.nat(19), (text, phase) => {
        const snapshot = snapshotOf({ [PATH]: text, "other.hetu": OTHER });
        for (let offset = phase; offset <= text.length; offset += 20) askEverything(snapshot, PATH, offset);
        askAll(snapshot, PATH);
        askAll(snapshot, "gone.hetu");
        const names = snapshot.symbols.inFile(PATH);
        const offset = names[(phase * 7) % names.length]?.span.start ?? 0;
        rename(snapshot, PATH, offset, phase % 2 === 0 ? "fresh" : "owner", IN_ONE, uriOf);
        askEverything(snapshot, "gone.hetu", phase);
      }),
      { numRuns: 15 * LONGER },
    );
  });
});

test("answers after an edit are those about a text that was opened so", () => {
  const edit = fc.tuple(
    fc.nat(KITCHEN.length),
    fc.nat(20),
    fc.constantFrom("", "x", "}", "\n", "enum E { a }\n", "//"),
  );
  const everything = (snapshot: Snapshot): string => {
    const all = { start: 0, end: snapshot.file(PATH)?.file.text.length ?? 0 };
    const lenses = codeLens(snapshot, PATH, uriOf).map((lens) => resolveCodeLens(snapshot, PATH, lens, uriOf));
    const hints = inlayHints(snapshot, PATH, all, () => true);
    return JSON.stringify([lenses, hints, semanticTokens(snapshot, PATH), foldingRanges(snapshot, PATH)]);
  };
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
      const workspace = new Workspace();
      let text = KITCHEN;
      workspace.set(PATH, text);
      everything(workspace.snapshot());
      for (const [start, length, put] of edits) {
        text = text.slice(0, start) + put + text.slice(start + length);
        workspace.set(PATH, text);
        expect(everything(workspace.snapshot())).toBe(everything(snapshotOf({ [PATH]: text })));
      }
    }),
    { numRuns: 10 * LONGER },
  );
});

test("what a name leads to is among the places that name the same", () => {
  fc.assert(
    fc.property(mutilated, (text) => {
      const snapshot = snapshotOf({ [PATH]: text, "other.hetu": OTHER });
      for (const { span, symbol } of snapshot.symbols.inFile(PATH)) {
        const all = references(snapshot, PATH, span.start, true, uriOf);
        const links = definition(snapshot, PATH, span.start, uriOf);
        expect(links.length > 0 || symbol.kind === "copy").toBe(true);
        for (const { targetUri: uri, targetSelectionRange: range } of links) {
          expect(all).toContainEqual({ uri, range });
          const file = snapshot.file(uri.slice(uriOf("").length));
          if (file === undefined) throw new Error(`${uri} is no file of the project`);
          const there = references(snapshot, file.file.path, offsetOf(file.file, range.start), true, uriOf);
          expect(there).toEqual(all);
        }
      }
    }),
    { numRuns: 5 * LONGER },
  );
});

describe("a rename", () => {
  const texts = { [PATH]: KITCHEN, "other.hetu": OTHER };
  const names = snapshotOf(texts)
    .symbols.inFile(PATH)
    // `@permission(owner)` needs a column of that name.
    .filter(({ symbol, span }) => symbol.kind !== "session" && spanText(span) !== "owner")
    .map(({ span }) => span.start);

  const inKitchen = fc.constantFrom(...names);

  test("to a fresh name keeps every problem and place; the one back gives the text again", () => {
    fc.assert(
      fc.property(inKitchen, (offset) => {
        const { before, here, old, fresh } = namedAt(offset);
        const there = renamed(texts, PATH, offset, fresh);
        if (typeof there === "string") throw new Error(there);
        const after = snapshotOf(there);
        const codes = ({ diagnostics }: Snapshot): string[] => diagnostics.map(({ code }) => code).sort();
        expect(codes(after)).toEqual(codes(before));
        expect(namesIn(after, fresh)).toBe(before.symbols.occurrences(here.symbol).length);
        const place = after.symbols.inFile(PATH).find(({ span }) => span.file.text.startsWith(fresh, span.start));
        expect(renamed(there, PATH, place?.span.start ?? -1, old)).toEqual(texts);
      }),
      { numRuns: 10 * LONGER },
    );
  });

  test("changes nothing of the model but the name", () => {
    fc.assert(
      fc.property(inKitchen, (offset) => {
        const { before, old, fresh } = namedAt(offset);
        const there = renamed(texts, PATH, offset, fresh);
        if (typeof there === "string") throw new Error(there);
        const word = new RegExp(`(?<![A-Za-z0-9_])(?:${old}|${fresh})(?![A-Za-z0-9_])`, "g");
        const shape = ({ model }: Snapshot): string =>
          JSON.stringify(model?.namespaces, (key, value: unknown) => (key === "fingerprint" ? "" : value)).replace(
            word,
            "?",
          );
        expect(shape(snapshotOf(there))).toBe(shape(before));
      }),
      { numRuns: 10 * LONGER },
    );
  });

  function namedAt(offset: number): { before: Snapshot; here: Occurrence; old: string; fresh: string } {
    const before = snapshotOf(texts);
    const here = before.symbols.at(PATH, offset);
    if (here === undefined) throw new Error("no name here");
    const old = spanText(here.span);
    return { before, here, old, fresh: /^[A-Z]/.test(old) ? "QuiteFresh" : "quite_fresh" };
  }

  function namesIn(snapshot: Snapshot, name: string): number {
    return [...snapshot.files.keys()]
      .flatMap((path) => snapshot.symbols.inFile(path))
      .filter(({ span }) => spanText(span) === name).length;
  }
});

test("formatting in the editor gives what `hetuc fmt` writes", () => {
  const spaced = fc.array(
    fc.tuple(fc.nat(KITCHEN.length), fc.constantFrom(" ", "\n", "\r\n", "\t", "  // c\n", "\r")),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(spaced, fc.boolean(), (puts, crlf) => {
      let text = KITCHEN;
      for (const [at, put] of puts) text = text.slice(0, at) + put + text.slice(at);
      if (crlf) text = text.replace(/\r?\n/g, "\r\n");
      const result = format(new SourceFile(PATH, text));
      const edits = formatting(snapshotOf({ [PATH]: text }), PATH);
      expect(applied(text, edits)).toBe(result.ok ? result.text : text);
      // Only white space and commas differ: no edit reaches over a word.
      if (result.ok) expect(spacingChanges(text, result.text)).toBeDefined();
    }),
    { numRuns: 25 * LONGER },
  );
});
