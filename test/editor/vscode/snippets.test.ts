import { expect, test } from "vitest";
import { format } from "../../../compiler/format/format.js";
import { compile, SourceFile } from "../../../compiler/index.js";
import { extensionJson } from "./manifest.js";

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = Object.entries(extensionJson<Record<string, Snippet>>("snippets/hetu.json"));

/** What the placeholders of the snippets name by default. */
const AROUND =
  "namespace game\n\ncomponent Component {\n  owner: i64 @unique\n}\n\nsystem system_name() uses Component\n\n";

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
    const source = `${AROUND}${text.trimEnd()}\n`;
    const { diagnostics } = compile([{ path: "a.hetu", text: source }]);
    expect(diagnostics.map(({ code, message }) => [code, message, source])).toEqual([]);
    expect(format(new SourceFile("a.hetu", source))).toMatchObject({ text: source });
  }
});

test("no two snippets have a prefix in common", () => {
  expect(new Set(snippets.map(([, { prefix }]) => prefix)).size).toBe(snippets.length);
});
