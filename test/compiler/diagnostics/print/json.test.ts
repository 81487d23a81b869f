import { expect, it } from "vitest";
import { printJson } from "../../../../compiler/diagnostics/print/json.js";
import { file, sample, spanOf } from "./sample.js";

it("prints every part of a diagnostic, with offsets, lines and columns in code units", () => {
  const source = file("😀 a\nbc\n");
  const diagnostic = sample(spanOf(source, "a"), {
    help: "try b",
    related: [{ message: "here", span: spanOf(source, "bc") }],
    fix: { title: "Write b", edits: [{ span: spanOf(source, "a"), text: "b" }] },
  });
  const a = {
    path: "schema/shop.hetu",
    start: { line: 1, column: 4, offset: 3 },
    end: { line: 1, column: 5, offset: 4 },
  };
  const bc = {
    path: "schema/shop.hetu",
    start: { line: 2, column: 1, offset: 5 },
    end: { line: 2, column: 3, offset: 7 },
  };
  expect(JSON.parse(printJson([diagnostic]))).toEqual({
    diagnostics: [
      {
        code: "HT2009",
        severity: "error",
        message: "something is wrong",
        ...a,
        help: "try b",
        related: [{ message: "here", ...bc }],
        fix: { title: "Write b", edits: [{ ...a, text: "b" }] },
      },
    ],
  });
});

it("leaves out what a diagnostic does not have", () => {
  const source = file("a");
  const [diagnostic] = (JSON.parse(printJson([sample(spanOf(source, "a"))])) as { diagnostics: object[] }).diagnostics;
  expect(Object.keys(diagnostic ?? {})).toEqual(["code", "severity", "message", "path", "start", "end"]);
});

it("prints an empty list for nothing", () => {
  expect(JSON.parse(printJson([]))).toEqual({ diagnostics: [] });
});
