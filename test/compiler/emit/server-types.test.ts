import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { typeCheck } from "./type-check.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const right = "test/fixtures/types/right-code.ts";
const wrong = "test/fixtures/types/wrong-code.ts";
const generated = [
  ...serverFiles("test/fixtures/world/generated"),
  ...readdirSync(path.join(root, "generated")).flatMap((example) => serverFiles(`generated/${example}`)),
];

function serverFiles(output: string): string[] {
  return readdirSync(path.join(root, output, "server-ts"), { recursive: true })
    .map((file) => `${output}/server-ts/${String(file).replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts"));
}

const complaints = typeCheck([...generated, right, wrong].map((file) => ({ path: file })));

function of(files: readonly string[]): string[] {
  return complaints
    .filter(({ file }) => files.includes(file))
    .map(({ file, line, code, message }) => `${file}:${line} TS${code} ${message}`);
}

describe("the types of generated server code", () => {
  it("hold under the strictest settings", () => {
    expect(generated.length).toBeGreaterThan(20);
    expect(of(generated)).toStrictEqual([]);
  });

  it("let users write what the schema allows", () => {
    expect(of([right])).toStrictEqual([]);
  });

  it("refuse each mistake where it is made", () => {
    const expected = readFileSync(path.join(root, wrong), "utf8")
      .split("\n")
      .flatMap((text, at) => {
        const codes = /\/\/ ((?:TS\d+ ?)+)$/.exec(text)?.[1] ?? "";
        return codes.split(" ").flatMap((code) => (code === "" ? [] : [`${at + 1} ${code}`]));
      });
    const actual = complaints.filter(({ file }) => file === wrong).map(({ line, code }) => `${line} TS${code}`);
    expect(expected.length).toBeGreaterThan(30);
    expect(actual.sort()).toStrictEqual(expected.sort());
  });
});
