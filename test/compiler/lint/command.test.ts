import { afterAll, beforeAll, expect, it } from "vitest";
import { hetuc, temporaryFolder, type TemporaryFolder } from "../cli/hetuc.js";
import { WRONG } from "../cli/schemas.js";
import { server } from "./linted.js";

const SCHEMA = "namespace game\n\ncomponent Item {\n  x: i32\n}\n\nsystem act() uses Item\n";
const CODE = server("  async act(ctx) {\n    await ctx.Item.insert({ x: 1 });\n    console.log(1);\n  },");

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder({
    "hetu.json": "{}",
    "strict.json": '{ "schema": "more/*.hetu", "lint": { "HT8006": "error" } }',
    "more/game.hetu": `${SCHEMA}system lost() uses Item\n`,
    "off.json": '{ "lint": { "HT8006": "off" } }',
    "wrong.json":
      '{ "lint": { "HT806": "off", "hubComponent": "off", "ignore": [{ "code": "godTable", "name": "act" }] } }',
    "elsewhere.json": '{ "server": { "entry": "main.ts" } }',
    "schema/game.hetu": SCHEMA,
    "server/index.ts": CODE,
    "schema-only/hetu.json": "{}",
    "schema-only/schema/game.hetu": SCHEMA,
    "cut/hetu.json": "{}",
    "cut/schema/game.hetu": SCHEMA,
    "cut/server/index.ts": CODE.replace("console.log(1)", "ctx."),
    "half/hetu.json": "{}",
    "half/tsconfig.json": "{ nonsense",
    "half/schema/game.hetu": SCHEMA,
    "half/server/index.ts": CODE,
    "broken/hetu.json": "{}",
    "broken/schema/shop.hetu": WRONG,
  });
});

afterAll(() => folder[Symbol.asyncDispose]());

const lint = (...args: readonly string[]) => hetuc(["lint", ...args], { cwd: folder.path });

it("prints findings in server code with place and excerpt, and succeeds while they are warnings", async () => {
  const { code, stdout, stderr } = await lint();
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toMatch(/^warning\[HT8006\]: /m);
  expect(stderr).toContain("server/index.ts:7:5");
  expect(stderr).toContain("console.log(1);");
  expect(stderr).toMatch(/hetuc: 1 warning/);
});

it("fails from the level on that is asked for, or when the project makes a finding an error, and names systems without code", async () => {
  expect((await lint("--fail-on", "warn")).code).toBe(1);
  const strict = await lint("--config", "strict.json");
  expect([strict.code, strict.stderr]).toEqual([1, expect.stringMatching(/^error\[HT8006\]/m)]);
  expect(strict.stderr).toContain("the code of 1 of 2 systems was not found, and not looked at: lost\n");
  expect(await lint("--config", "off.json", "--fail-on", "warn")).toEqual({ code: 0, stdout: "", stderr: "" });
});

it("prints the same as JSON, as annotations and as SARIF", async () => {
  const json = JSON.parse((await lint("--json")).stdout) as unknown;
  expect(JSON.stringify(json)).toContain('"server/index.ts"');
  expect(json).toMatchObject({ diagnostics: [{ code: "HT8006", severity: "warning" }] });
  expect((await lint("--format", "github")).stdout).toMatch(/^::warning file=server\/index\.ts,line=7,/m);
  const sarif = JSON.parse((await lint("--format", "sarif")).stdout) as unknown;
  expect(sarif).toMatchObject({ runs: [{ results: [{ ruleId: "HT8006", level: "warning" }] }] });
});

it("says in one line that there is no code to read", async () => {
  const { code, stderr } = await lint("--config", "schema-only", "--fail-on", "warn");
  expect(code).toBe(0);
  expect(stderr).toMatch(/^hetuc: there is no code at server\/index\.ts .*\n$/);
});

it("tells the errors of a schema that has some, and fails", async () => {
  const { code, stderr } = await hetuc(["lint"], { cwd: `${folder.path}/broken` });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^error\[HT2009\]/m)]);
});

it("refuses code that cannot be parsed, by place", async () => {
  const { code, stdout, stderr } = await lint("--config", "cut", "--json");
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(/server\/index\.ts:\d+: Identifier expected/)]);
});

it("refuses a tsconfig.json that cannot be read, by name", async () => {
  const { code, stderr } = await lint("--config", "half");
  expect([code, stderr]).toEqual([2, expect.stringContaining("half/tsconfig.json")]);
});

it("refuses an entry that is not there, and a wrong `lint` in hetu.json, by name", async () => {
  const missing = await lint("--config", "elsewhere.json");
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("main.ts")]);
  const wrong = await lint("--config", "wrong.json");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("`lint.HT806`; did you mean `HT8006`?");
  expect(wrong.stderr).toContain("`lint.hubComponent`; did you mean `HT8001`?");
  expect(wrong.stderr).toMatch(/`lint\.ignore\[0\]\.code` is "godTable", .*; did you mean `HT8002`\?/);
  expect(wrong.stderr).toContain("`lint.ignore[0].why`");
});
