import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileOf, snippetsOf, type Snippet } from "./csharp-snippets.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const TIMEOUT = 300_000;

/** Each project with the documents whose snippets it compiles. */
const PROJECTS = [
  { project: "HeTu.Snippets", usings: [], documents: ["docs/dotnet.md", "docs/protocol.md"] },
  {
    project: "HeTu.Snippets.Unity",
    usings: ["UnityEngine"],
    documents: ["docs/unity.md", "templates/client-csharp/README.md"],
  },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hetu-snippets-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(document: string): Snippet[] {
  return snippetsOf(document, readFileSync(join(root, document), "utf8"));
}

/** What the compiler has against the snippets, without what is the same in each line. */
async function problemsOf(project: string, snippets: readonly Snippet[], usings: readonly string[]): Promise<string[]> {
  const source = mkdtempSync(join(folder, "source-"));
  for (const snippet of snippets) {
    const { name, text } = fileOf(snippet, usings);
    writeFileSync(join(source, name), text);
  }
  const child = spawn(
    "dotnet",
    [
      ...["build", join(root, "test/csharp/HeTu.Snippets", `${project}.csproj`), "-nologo", "-v", "quiet"],
      ...[`-p:SnippetFolder=${source}`, "--artifacts-path", join(folder, "artifacts")],
    ],
    { env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1", DOTNET_CLI_UI_LANGUAGE: "en" } },
  );
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const status = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  const found = printed.split("\n").filter((line) => /: (error|warning) /.test(line));
  if (status === 0) return [];
  return found.length === 0 ? [printed] : [...new Set(found.map(shortened))];
}

function shortened(line: string): string {
  return line
    .replace(/ \[[^\]]*\]$/, "")
    .replace(/^.*[\\/]((?:docs|templates)[\\/])/, "$1")
    .trim();
}

describe("the C# in the documentation", () => {
  for (const { project, usings, documents } of PROJECTS) {
    it(`compiles in ${documents.join(" and ")}`, { timeout: TIMEOUT }, async () => {
      expect(await problemsOf(project, documents.flatMap(read), usings)).toEqual([]);
    });
  }

  it("is told by the line of its document when it does not compile", { timeout: TIMEOUT }, async () => {
    const markdown = ["text", "", "```csharp", "var place = 1f;", "client.Systems.MoveTo(place, place);", "```"].join(
      "\n",
    );
    const [problem, ...others] = await problemsOf("HeTu.Snippets", snippetsOf("docs/wrong.md", markdown), []);
    expect(others).toEqual([]);
    expect(problem).toMatch(/^docs\/wrong\.md\(5,\d+\): error CS1061: .*'MoveTo'/);
  });

  it("is there: every document that promises snippets has some", () => {
    const counts = PROJECTS.flatMap(({ documents }) => documents)
      .filter((document) => document !== "docs/protocol.md")
      .map((document) => read(document).length);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });
});

describe("the extraction of snippets", () => {
  it("takes fenced blocks of C# alone, with the line that they begin at", () => {
    const markdown = "# x\n\n```ts\nno\n```\n\n```csharp\na;\nb;\n```\n1. list\n\n   ```cs\n   c;\n   ```\n";
    expect(snippetsOf("docs/a.md", markdown)).toEqual([
      { document: "docs/a.md", line: 8, code: "a;\nb;" },
      { document: "docs/a.md", line: 14, code: "c;" },
    ]);
  });

  it("refuses a block without an end", () => {
    expect(() => snippetsOf("docs/a.md", "```csharp\na;\n")).toThrow("docs/a.md:1: the block is not closed");
  });

  it("puts using directives first and keeps the numbers of the other lines", () => {
    const { text } = fileOf({ document: "docs/a.md", line: 3, code: "using HeTu.Walking;\n\nvar a = 1;" });
    const lines = text.split("\n");
    const start = lines.indexOf('#line 3 "docs/a.md"');
    expect(lines.indexOf("using HeTu.Walking;")).toBeLessThan(start);
    expect(lines.slice(start + 1, start + 4)).toEqual(["", "", "var a = 1;"]);
  });

  it("leaves a block that declares a type as it is", () => {
    const { text } = fileOf({ document: "docs/a.md", line: 3, code: "public sealed class Game : MonoBehaviour\n{\n}" });
    expect(text).not.toContain("Prelude");
  });
});
