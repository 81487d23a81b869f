import { describe, expect, it } from "vitest";
import { clauseNames } from "../../../../compiler/check/rules/clause-names.js";
import { ruleProblems } from "../rule-problems.js";

describe("clauseNames", () => {
  it("refuses names that are not declared, in every clause", () => {
    expect(ruleProblems(clauseNames, "system a() uses X calls x rejects Y emits Z")).toEqual([
      "HT2011 X",
      "HT2011 x",
      "HT2011 Y",
      "HT2011 Z",
    ]);
  });

  it("refuses names of the wrong kind", () => {
    expect(
      ruleProblems(
        clauseNames,
        `component Item {
  price: i32
}
event V { x: i32 }
error E { x: i32 }
endpoint p()
system a() uses V calls p rejects V emits E
system b() uses a calls Item`,
      ),
    ).toEqual(["HT2012 V", "HT2012 p", "HT2012 V", "HT2012 E", "HT2012 a", "HT2012 Item"]);
  });

  it("refuses names of other namespaces", () => {
    expect(
      ruleProblems(
        clauseNames,
        `namespace a
system s() uses b.Item calls b.t`,
        `namespace b
component Item {
  price: i32
}
system t() uses Item`,
      ),
    ).toEqual(["HT2013 b.Item", "HT2013 b.t"]);
  });

  it("takes the own namespace as a prefix", () => {
    expect(
      ruleProblems(
        clauseNames,
        `component Item {
  price: i32
}
system s() uses shop.Item`,
      ),
    ).toEqual([]);
  });

  it("refuses a namespace that there is not", () => {
    expect(ruleProblems(clauseNames, "system s() uses q.Item")).toEqual(["HT2008 q"]);
  });

  it("refuses what core does not have", () => {
    expect(ruleProblems(clauseNames, "system s() uses core.Item")).toEqual(["HT2011 core.Item"]);
  });

  it("says nothing of a name that may be declared in text that could not be read", () => {
    expect(
      ruleProblems(
        clauseNames,
        `system a() uses Broken
component Broken [ x: i32 }`,
      ),
    ).toEqual([]);
  });
});
