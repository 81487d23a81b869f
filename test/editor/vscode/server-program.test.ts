import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  compilerProgram,
  lastResort,
  serverProgram,
  type ServerProgram,
  type ServerSearch,
} from "../../../editor/vscode/source/server-program.js";
import { temporaryFolder, type TemporaryFolder } from "../../compiler/cli/hetuc.js";

let folder: TemporaryFolder;
let search: ServerSearch;
beforeAll(async () => {
  folder = await temporaryFolder({
    "with/node_modules/hetu/dist/compiler/cli.js": "",
    "with/games/walk/hetu.json": "{}",
    "without/hetu.json": "{}",
  });
  search = {
    folders: [join(folder.path, "without"), join(folder.path, "with")],
    setting: "",
    trusted: true,
    bundled: "/extension/cli.js",
    node: "/node",
  };
});
afterAll(() => folder[Symbol.asyncDispose]());

const LSP = ["lsp", "--stdio"];
const BUNDLED: ServerProgram = { command: "/node", args: ["/extension/cli.js", ...LSP], origin: "extension" };
const ofProject = (): ServerProgram => {
  const installed = join(folder.path, "with/node_modules/hetu/dist/compiler/cli.js");
  return { command: "/node", args: [installed, ...LSP], origin: "project" };
};

test("the compiler of the project comes before that of the extension", () => {
  expect(serverProgram(search)).toEqual(ofProject());
  expect(serverProgram({ ...search, folders: [join(folder.path, "without")] })).toEqual(BUNDLED);
  expect(serverProgram({ ...search, folders: [] })).toEqual(BUNDLED);
});

test("when the project's compiler or the set one does not start, the extension's is there", () => {
  expect(lastResort(search)).toEqual(BUNDLED);
  expect(lastResort({ ...search, setting: "./old" })).toEqual(BUNDLED);
});

test("a compiler that is installed further up is found, as imports find it", () => {
  expect(serverProgram({ ...search, folders: [join(folder.path, "with/games/walk")] })).toEqual(ofProject());
});

test("nothing of an untrusted folder runs, neither its compiler nor what its settings name", () => {
  expect(serverProgram({ ...search, trusted: false })).toEqual(BUNDLED);
  expect(serverProgram({ ...search, trusted: false, setting: "./evil" })).toEqual(BUNDLED);
});

test("the setting comes before all, relative to the first folder; scripts are run with Node, programs as they are", () => {
  const folders = ["/elsewhere", ...search.folders];
  const settingFrom = search.folders[0];
  const of = (setting: string): ServerProgram => serverProgram({ ...search, folders, settingFrom, setting });
  expect(of("/bin/hetuc")).toEqual({ command: "/bin/hetuc", args: LSP, origin: "setting" });
  const script = join(folder.path, "without/tools/cli.mjs");
  expect(of("tools/cli.mjs")).toEqual({ command: "/node", args: [script, ...LSP], origin: "setting" });
  expect(serverProgram({ ...search, setting: "hetuc" }).command).toBe(join(folder.path, "without/hetuc"));
});

test("tasks get the same compiler without arguments", () => {
  expect(compilerProgram(search)).toEqual({ ...ofProject(), args: ofProject().args.slice(0, 1) });
});
