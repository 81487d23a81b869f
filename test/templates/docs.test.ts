import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { typeCheck } from "../compiler/emit/type-check.js";

/** What the page leaves to the reader. */
const reader = `
import type { Position as Drawn } from "../../generated/walking/client-ts/walking/index.js";
declare function draw(row: Drawn): void;
declare function move(from: Drawn, to: Drawn): void;
declare function erase(row: Drawn): void;
declare function show(text: string): void;
declare const user: bigint | undefined;
`;
/** A snippet shows what there is, and uses little of it. */
const UNUSED: ReadonlySet<number> = new Set([6133, 6198]);

it("the code in docs/client.md compiles against the walking example", () => {
  const page = readFileSync(new URL("../../docs/client.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  expect(blocks.length).toBeGreaterThan(3);
  const content = reader + blocks.join("").replaceAll("./generated/", "../../generated/walking/");
  const complaints = typeCheck([{ path: "test/templates/docs-client.ts", content }]);
  const lines = content.split("\n");
  expect(
    complaints.filter(({ code }) => !UNUSED.has(code)).map(({ line, message }) => `${lines[line - 1]}: ${message}`),
  ).toStrictEqual([]);
});
