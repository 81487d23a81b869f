import { describe, expect, it } from "vitest";
import { staleAlone } from "../../../../compiler/check/rules/stale-alone.js";
import { ruleProblems } from "../rule-problems.js";

describe("staleAlone", () => {
  it.each(["@once", "@retry(3)", "@on(start)", "@every(1s)", '@cron("* * * * *")'])("refuses %s", (attribute) => {
    expect(ruleProblems(staleAlone, `@stale(5s) ${attribute}\nsystem a() uses B`)).toEqual([`HT5011 ${attribute}`]);
    expect(ruleProblems(staleAlone, `${attribute} @stale(5s)\nsystem a() uses B`)).toEqual([`HT5011 ${attribute}`]);
  });

  it("takes what concerns a call over the wire", () => {
    expect(
      ruleProblems(
        staleAlone,
        '@stale(5s) @permission(user) @limit(times: 1, per: 1s) @timeout(1s) @deprecated("x")\nsystem a() uses B',
      ),
    ).toEqual([]);
  });
});
