import { expect, it } from "vitest";
import { linted } from "../linted.js";

const hub = (features: number, each: (name: string) => string): string =>
  "namespace game\n\ncomponent Wallet { gold: i32 }\n" +
  Array.from({ length: features }, (_, at) => each(`feature_${at}`)).join("");

const alone = (name: string): string => `component ${name.replace("f", "F").replace("_", "")} { at: i32 }
system ${name}() uses Wallet, ${name.replace("f", "F").replace("_", "")}\n`;

const codes = (schema: string): readonly string[] =>
  linted({ schema }).map(({ code, message }) => `${code} ${message}`);

it("tells of a component that is all that ten systems share", () => {
  expect(codes(hub(10, alone))).toEqual([
    "HT8001 component `Wallet` is used by 10 systems, and is all that 10 groups of them share",
  ]);
});

it("says nothing of nine systems", () => {
  expect(codes(hub(9, alone))).toEqual([]);
});

it("says nothing when the systems have nothing else to be apart by", () => {
  expect(codes(hub(12, (name) => `system ${name}() uses Wallet\n`))).toEqual([]);
});

it("leaves groups of several systems to the check that tells of glue", () => {
  const pair = (name: string): string =>
    `${alone(name)}${alone(name).split("\n")[1]?.replace("system f", "system other_f")}\n`;
  expect(codes(hub(10, pair))).toEqual([]);
});

const buying = (name: string, by: string): string =>
  `component ${name.replace("f", "F").replace("_", "")} { at: i32 }
system ${name}() uses ${name.replace("f", "F").replace("_", "")}${by === "system" ? " calls pay" : ""}
${by === "endpoint" ? `endpoint buy_${name}() calls pay, ${name}` : ""}
`;

it("counts what systems call, which is the same transaction, and not what endpoints call", () => {
  const game = (by: string): string => `${hub(10, (name) => buying(name, by))}system pay() uses Wallet\n`;
  expect(codes(game("system"))).toEqual([expect.stringMatching(/^HT8001 .* used by 11 systems/)]);
  expect(codes(game("endpoint"))).toEqual([]);
});
