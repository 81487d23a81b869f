import { expect, test } from "vitest";
import { format } from "../../../compiler/format/format.js";
import { compile, SourceFile } from "../../../compiler/index.js";
import { completion } from "../../../compiler/language-server/features/completion.js";
import { Workspace } from "../../../compiler/language-server/project/workspace.js";
import { extensionJson } from "./manifest.js";

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = Object.entries(extensionJson<Record<string, Snippet>>("snippets/hetu.json"));

/** What the placeholders of the snippets name by default. */
const BEFORE = "namespace game\n\ncomponent Component {\n  owner: i64 @unique\n}\n\n";
/** What calls the system that a snippet leaves, where only systems may. */
const CALLER = "\n@on(start)\nsystem caller() uses Component calls do_it\n";

/** The text that a snippet leaves behind, once for each of the choices that it offers. */
function filled({ body }: Snippet): readonly string[] {
  const text = body.join("\n");
  const choices = /\$\{\d+\|([^|]+)\|\}/.exec(text)?.[1]?.split(",") ?? [""];
  return choices.map((choice) =>
    text
      .replace(/\$\{\d+\|([^|]+)\|\}/, choice)
      .replace(/\$\{\d+:([^}]*)\}/g, "$1")
      .replace(/\$\d+/g, ""),
  );
}

test.each(snippets)("the snippet %s is a legal schema with each of its choices, and formatted", (_name, snippet) => {
  for (const text of filled(snippet)) {
    expect(text).not.toContain("$");
    const source = `${BEFORE}${text.trimEnd()}\n${text.includes("do_it") ? CALLER : ""}`;
    const { diagnostics } = compile([{ path: "a.hetu", text: source }]);
    expect(diagnostics.map(({ code, message }) => [code, message, source])).toEqual([]);
    expect(format(new SourceFile("a.hetu", source))).toMatchObject({ text: source });
  }
});

test("no snippet is what the language server proposes anyway", () => {
  const text = "namespace game\n\n";
  const workspace = new Workspace();
  workspace.set("a.hetu", text);
  const { items } = completion(workspace.snapshot(), "a.hetu", text.length);
  const proposed = items.map(({ filterText, label }) => filterText ?? label);
  expect(proposed).toContain("component");
  for (const [, { prefix }] of snippets) expect(proposed).not.toContain(prefix);
});

test("no two snippets have a prefix in common", () => {
  expect(new Set(snippets.map(([, { prefix }]) => prefix)).size).toBe(snippets.length);
});
