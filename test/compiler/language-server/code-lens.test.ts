import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { CodeLens, Location } from "vscode-languageserver-types";
import { clustersOf } from "../../../compiler/graph/clusters.js";
import { usageOf } from "../../../compiler/language-server/features/usage.js";
import { Workspace } from "../../../compiler/language-server/project/workspace.js";
import { Editor, type EditorOptions } from "./editor.js";

let editor: Editor | undefined;
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

/** Each lens of a file, resolved, by the line (from 1) that it stands above. */
async function lenses(path: string): Promise<readonly { line: number; lens: CodeLens }[]> {
  if (editor === undefined) throw new Error("no editor is open");
  const { connection } = editor;
  const { textDocument } = editor.file(path);
  const all = await connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
  const resolved = await Promise.all(all.map((each) => connection.sendRequest<CodeLens>("codeLens/resolve", each)));
  return resolved.map((lens) => ({ line: lens.range.start.line + 1, lens }));
}

async function titles(path: string): Promise<string[]> {
  return (await lenses(path)).map(({ line, lens }) => `${line}: ${lens.command?.title ?? "not resolved"}`);
}

async function open(files: Readonly<Record<string, string>>, options: EditorOptions = {}): Promise<void> {
  await editor?.close();
  editor = await Editor.open(files, {}, options);
}

describe("a lens", () => {
  test("says who uses a component, who calls a system, what it touches, and its cluster", async () => {
    await open({
      "schema/a.hetu":
        "namespace game\ncomponent Gold { x: i32 }\ncomponent Log { x: i32 }\ncomponent Bag { x: i32 }\ncomponent Unused { x: i32 }\n",
      "schema/b.hetu":
        "namespace game\n@permission(user)\nsystem buy() uses Gold, Bag calls pay, pay:Shop\n" +
        "system pay() uses Gold\n@permission(user)\nsystem ping()\nsystem dead() uses Log\nendpoint shop() calls pay\n",
    });
    expect(await titles("schema/a.hetu")).toEqual([
      "2: used by 2 systems · cluster 0",
      "3: used by 1 system · cluster 1",
      "4: used by 1 system · cluster 0",
      "5: used by no system",
    ]);
    expect(await titles("schema/b.hetu")).toEqual([
      "3: touches 3 tables · cluster 0",
      "4: called by 2 · touches 1 table · cluster 0",
      "6: touches no table",
      "7: never called · touches 1 table · cluster 1",
    ]);
  });

  test("shows the users in all files when it is run", async () => {
    await open({
      "schema/a.hetu": "namespace game\r\n/* \u{1F600} */ component <[Gold]> { x: i32 }\r\n",
      "schema/b.hetu": "namespace game\nsystem f() uses <[Gold]>\n/* \u{1F600} */ system g() uses game.<[Gold]>\n",
    });
    const [found] = await lenses("schema/a.hetu");
    const places = ["schema/a.hetu", "schema/b.hetu"].flatMap((path): Location[] => {
      const file = editor?.file(path);
      return (file?.ranges ?? []).map(({ start, end }) => ({
        uri: file?.textDocument.uri ?? "",
        range: {
          start: file?.positionAt(start) ?? found!.lens.range.start,
          end: file?.positionAt(end) ?? found!.lens.range.end,
        },
      }));
    });
    const [declared, ...users] = places;
    expect(found?.lens.command).toEqual({
      title: "used by 2 systems · cluster 0",
      command: "hetu.showReferences",
      arguments: [declared?.uri, declared?.range.start, users],
    });
  });

  test("has no cluster while there are errors, and none for what nothing touches", async () => {
    await open({ "schema/a.hetu": "namespace game\ncomponent A { x: Missing }\nsystem f() uses A\n" });
    expect(await titles("schema/a.hetu")).toEqual(["2: used by 1 system", "3: never called · touches 1 table"]);
  });

  test("of something that is gone by the time it is asked for says nothing", async () => {
    await open({ "schema/a.hetu": "namespace game\ncomponent A { x: i32 }\n" });
    const { textDocument } = editor!.file("schema/a.hetu");
    const [lens] = await editor!.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
    await editor!.type("schema/a.hetu", "namespace game\ncomponent ");
    expect(await editor!.connection.sendRequest("codeLens/resolve", lens)).toMatchObject({ command: { title: "" } });
    const foreign = { range: lens?.range, data: { of: "another server" } };
    expect(await editor!.connection.sendRequest("codeLens/resolve", foreign)).toEqual(foreign);
  });

  test("is not there when the settings say so", async () => {
    await open(
      { "schema/a.hetu": "namespace game\ncomponent A { x: i32 }\n" },
      { initializationOptions: { codeLens: false } },
    );
    expect(await titles("schema/a.hetu")).toEqual([]);
  });
});

test("clusters and counts of tables are those of `hetuc graph`", () => {
  const path = "schema-examples/kitchen-sink/schema/kitchen.hetu";
  const workspace = new Workspace();
  workspace.set(path, readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));
  const snapshot = workspace.snapshot();
  const usage = usageOf(snapshot);
  const clusters = (snapshot.model?.namespaces ?? []).flatMap(clustersOf);
  const namespace = snapshot.context.namespaces.get("kitchen");
  if (namespace === undefined) throw new Error("the namespace is not there");
  expect(clusters.length).toBeGreaterThan(1);
  for (const { declaration } of snapshot.context.all("SystemDeclaration")) {
    const name = declaration.name.text;
    const cluster = clusters.find(({ systems }) => systems.includes(name));
    expect(usage.clusterOf(declaration, namespace)).toBe(cluster?.number);
    const tables = cluster?.tables.filter(({ systems }) => systems.includes(name)) ?? [];
    expect(usage.tablesOf(declaration, namespace)).toBe(tables.length);
  }
  for (const { declaration } of snapshot.context.all("ComponentDeclaration")) {
    const cluster = clusters.find(({ tables }) => tables.some(({ name }) => name === declaration.name.text));
    expect(usage.clusterOf(declaration, namespace)).toBe(cluster?.number);
  }
});
