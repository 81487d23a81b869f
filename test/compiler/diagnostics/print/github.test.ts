import { expect, it } from "vitest";
import { printGithub } from "../../../../compiler/diagnostics/print/github.js";
import { file, sample, spanOf } from "./sample.js";

it("prints one workflow command for each diagnostic, named by its severity", () => {
  const source = file("ab cd\n");
  const printed = printGithub([
    sample(spanOf(source, "cd")),
    sample(spanOf(source, "ab"), { severity: "warning", help: "do this" }),
    sample(spanOf(source, "ab"), { severity: "hint" }),
  ]);
  expect(printed).toBe(
    "::error file=schema/shop.hetu,line=1,col=4,endLine=1,endColumn=6,title=HT2009::something is wrong\n" +
      "::warning file=schema/shop.hetu,line=1,col=1,endLine=1,endColumn=3,title=HT2009::something is wrong%0Ahelp: do this\n" +
      "::notice file=schema/shop.hetu,line=1,col=1,endLine=1,endColumn=3,title=HT2009::something is wrong\n",
  );
});

it("leaves the end column out when the place goes over several lines", () => {
  const source = file("a\nb");
  expect(printGithub([sample({ file: source, start: 0, end: 3 })])).toBe(
    "::error file=schema/shop.hetu,line=1,col=1,endLine=2,title=HT2009::something is wrong\n",
  );
});

it("escapes what would end a property or the command", () => {
  const source = file("a", "odd:name,100%.hetu");
  const printed = printGithub([sample(spanOf(source, "a"), { message: "50%: a,b\r\n::error::" })]);
  expect(printed).toBe(
    "::error file=odd%3Aname%2C100%25.hetu,line=1,col=1,endLine=1,endColumn=2,title=HT2009::50%25: a,b%0D%0A::error::\n",
  );
});

it("writes paths with slashes", () => {
  const source = file("a", "schema\\shop.hetu");
  expect(printGithub([sample(spanOf(source, "a"))])).toContain("file=schema/shop.hetu,");
});
