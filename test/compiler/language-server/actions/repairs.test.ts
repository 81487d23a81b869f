import { expect, test } from "vitest";
import { allCodes } from "../../../../compiler/diagnostics/registry.js";
import type { Diagnostic } from "../../../../compiler/diagnostics/diagnostic.js";
import { codeActions, workspaceEdit } from "../../../../compiler/language-server/actions/code-actions.js";
import { fixesOf, REPAIRS } from "../../../../compiler/language-server/actions/repairs/all-repairs.js";
import type { Snapshot } from "../../../../compiler/language-server/project/snapshot.js";
import { Workspace } from "../../../../compiler/language-server/project/workspace.js";
import { checkSources, type Source } from "../../../../compiler/pipeline.js";
import { applied } from "../applied.js";

/** Codes of which the problem cannot be put right without knowing what is meant, and why. */
const UNREPAIRED: Readonly<Record<string, string>> = {
  HT1007: "a plain number in which unit?",
  HT1024: "which dimensions belong into a struct is a matter of design",
  HT1027: "the declarations behind it belong into another file",
  HT1099: "it says only that more problems follow",
  HT2015: "which of the two is to be called otherwise, and how?",
  HT3009: "what the nested value is replaced by is a matter of design",
  HT3010: "what is nested needs a component of its own",
  HT5003: "when it is to run is not known",
  HT5006: "which of the calls is one too many?",
  HT5009: "splitting a component is a matter of design",
  HT5010: "which suffixes are not needed?",
  HT6012: "what takes its place is said in words of the author's",
};

/** Codes with repairs of which none fits the example of their page. */
const OTHERWISE: Readonly<Record<string, string>> = {
  HT1010: "what is missing is for the author to say, where it is not a list as other languages write it",
  HT2008: "no namespace of a name that is near exists in the example",
  HT2013: "the name is the only one of its clause, which cannot be left empty",
};

function snapshotOf(sources: readonly Source[]): Snapshot {
  const workspace = new Workspace();
  for (const { path, text } of sources) workspace.set(path, text);
  return workspace.snapshot();
}

function wrongSources({ page: { wrong } }: (typeof allCodes)[number]): readonly Source[] {
  return (typeof wrong === "string" ? [wrong] : wrong).map((text, at) => ({ path: `${at}.hetu`, text }));
}

function repaired(
  sources: readonly Source[],
  fix: { readonly edits: NonNullable<Diagnostic["fix"]>["edits"] },
): readonly Source[] {
  const { changes } = workspaceEdit(fix.edits, (path) => path);
  return sources.map(({ path, text }) => ({ path, text: applied(text, changes?.[path] ?? []) }));
}

const cases = allCodes.filter(({ code }) => UNREPAIRED[code] === undefined && OTHERWISE[code] === undefined);

test("codes that are said to have no repair have none, and the others have one", () => {
  const withFix = new Set(
    allCodes.flatMap((info) =>
      checkSources(wrongSources(info)).flatMap(({ code, fix }) => (fix === undefined ? [] : [code])),
    ),
  );
  for (const { code } of allCodes) {
    const isRepaired = REPAIRS.has(code) || withFix.has(code);
    expect([code, isRepaired]).toEqual([code, UNREPAIRED[code] === undefined]);
  }
});

test.each(cases)("the first fix of $code ($name) removes the problem of its example and adds none", (info) => {
  let sources = wrongSources(info);
  // Each time the first problem that is left is put right: none may come back.
  for (let left = checkSources(sources).length; left > 0;) {
    const snapshot = snapshotOf(sources);
    const problem = snapshot.diagnostics.find(({ code }) => code === info.code) ?? snapshot.diagnostics[0];
    const file = snapshot.file(problem?.span.file.path ?? "");
    if (problem === undefined || file === undefined) throw new Error("no problem");
    const [first] = fixesOf(snapshot, file, problem);
    expect(first, `a fix of ${problem.code}`).toBeDefined();
    if (first === undefined) return;
    sources = repaired(sources, first);
    const now = checkSources(sources);
    const shown = [...now.map(({ code, message }) => `${code} ${message}`), ...sources.map(({ text }) => text)];
    expect(now.length, shown.join("\n")).toBeLessThan(left);
    left = now.length;
  }
});

test("of the fixes of a problem at most one is preferred: it loses a word at most, and no new error follows", () => {
  const wordsOf = (sources: readonly Source[]): number =>
    sources.flatMap(({ text }) => text.match(/[\p{L}\p{N}_]+(?:\.\p{N}+)?/gu) ?? []).length;
  const errorsOf = (sources: readonly Source[]): readonly string[] =>
    checkSources(sources).flatMap(({ code, severity }) => (severity === "error" ? [code] : []));
  for (const info of allCodes) {
    const sources = wrongSources(info);
    const snapshot = snapshotOf(sources);
    const before = errorsOf(sources);
    for (const problem of snapshot.diagnostics) {
      const { path } = problem.span.file;
      const offers = codeActions(snapshot, path, problem.span, ["quickfix"], (each) => each);
      const own = offers.filter(
        ({ diagnostics }) => diagnostics?.[0]?.code === problem.code && diagnostics[0].message === problem.message,
      );
      const best = own.filter(({ isPreferred }) => isPreferred === true);
      expect(best.length, problem.message).toBeLessThanOrEqual(1);
      const [first] = fixesOf(snapshot, snapshot.files.get(path) ?? never(), problem);
      if (best[0] === undefined || first === undefined) continue;
      expect(best[0].title).toBe(first.title);
      const now = repaired(sources, first);
      const shown = `${info.code} ${first.title}`;
      expect(wordsOf(sources) - wordsOf(now), shown).toBeLessThanOrEqual(1);
      const after = errorsOf(now);
      const isLess = problem.severity === "error" ? after.length < before.length : after.length <= before.length;
      expect(isLess && after.every((code) => before.includes(code)), `${shown}: ${after.join(" ")}`).toBe(true);
    }
  }
});

function never(): never {
  throw new Error("a problem of a file that there is not");
}

test("every fix of every example leaves fewer problems, and the line breaks of Windows as they are", () => {
  const unclean: string[] = [];
  for (const info of allCodes) {
    const sources = wrongSources(info).map(({ path, text }) => ({ path, text: text.replaceAll("\n", "\r\n") }));
    const snapshot = snapshotOf(sources);
    for (const problem of snapshot.diagnostics) {
      const file = snapshot.file(problem.span.file.path);
      for (const fix of file === undefined ? [] : fixesOf(snapshot, file, problem)) {
        const now = repaired(sources, fix);
        const isClean = checkSources(now).length < snapshot.diagnostics.length;
        if (!isClean || now.some(({ text }) => /(?<!\r)\n/.test(text))) unclean.push(`${info.code} ${fix.title}`);
      }
    }
  }
  // Without its only name the clause goes, and without its only clause the system says nothing of what it does.
  expect(unclean).toEqual(["HT2013 Remove `items.Item`"]);
});

test("cut off anywhere, with any line break, a text gets offers that are within it and throw nothing", () => {
  for (const info of allCodes) {
    for (const { path, text } of wrongSources(info)) {
      const source = text.slice(0, 600).replaceAll("\n", "\r\n");
      for (let length = source.length; length > 0; length -= 11) {
        const snapshot = snapshotOf([{ path, text: source.slice(0, length) }]);
        const actions = codeActions(snapshot, path, { start: 0, end: length }, undefined, (each) => each);
        for (const { title, edit } of actions) {
          // Edits that overlap throw.
          const edits = edit?.changes?.[path] ?? [];
          expect(() => applied(source.slice(0, length), edits), title).not.toThrow();
          expect([title, edits.every(({ range }) => range.start.line <= range.end.line)]).toEqual([title, true]);
        }
      }
    }
  }
});
