import { describe, expect, it } from "vitest";
import { attributeArguments } from "../../../../compiler/check/rules/attribute-arguments.js";
import { ruleProblems } from "../rule-problems.js";

describe("attributeArguments", () => {
  it("refuses missing arguments", () => {
    expect(
      ruleProblems(
        attributeArguments,
        `@backend
component A { x: i32 @range(1) @was }
@limit(times: 1) @timeout()
system s()`,
      ),
    ).toEqual(["HT4004 @backend", "HT4004 @range(1)", "HT4004 @was", "HT4004 @limit(times: 1)", "HT4004 @timeout()"]);
  });

  it("refuses extra arguments", () => {
    expect(
      ruleProblems(
        attributeArguments,
        `component A { x: i32 @unique(x) @range(1, 2, 3) }
@once(1)
system s()`,
      ),
    ).toEqual(["HT4005 x", "HT4005 3", "HT4005 1"]);
  });

  it("tells once of all arguments that are missing", () => {
    expect(ruleProblems(attributeArguments, "struct A { x: i32 @range }")).toEqual(["HT4004 @range"]);
  });

  it("takes names for limit only, and all of them", () => {
    expect(
      ruleProblems(
        attributeArguments,
        `@limit(5, 1s)
system s(x: i32 @range(min: 1, max: 2))`,
      ),
    ).toEqual(["HT4006 5", "HT4006 min", "HT4006 max"]);
  });

  it("refuses a name that is given twice", () => {
    expect(
      ruleProblems(
        attributeArguments,
        `@limit(times: 1, times: 2, per: 1s)
system s()`,
      ),
    ).toEqual(["HT4007 times: 2"]);
  });

  it("refuses choices that there are not", () => {
    expect(
      ruleProblems(
        attributeArguments,
        `@permission(owners)
component A { x: i32 @permission(user) }
@permission(owner) @on(stop)
system s()`,
      ),
    ).toEqual(["HT4008 owners", "HT4008 user", "HT4008 owner", "HT4008 stop"]);
  });

  it("refuses numbers and durations outside of their bounds", () => {
    expect(
      ruleProblems(
        attributeArguments,
        `@retry(-1) @timeout(0s) @every(1ms) @limit(times: 0, per: 31d)
system s()
@retry(1000001) @timeout(25h)
system t()
@stale(499ms)
system u()
@stale(61m)
system v()`,
      ),
    ).toEqual([
      ...["HT4008 -1", "HT4008 0s", "HT4008 1ms", "HT4008 0", "HT4008 31d", "HT4008 1000001", "HT4008 25h"],
      ...["HT4008 499ms", "HT4008 61m"],
    ]);
  });

  it("takes numbers and durations at their bounds", () => {
    expect(
      ruleProblems(
        attributeArguments,
        `@retry(0) @timeout(24h) @every(10ms) @limit(times: 1, per: 30d)
system s()
@retry(1000000) @timeout(1ms) @every(365d) @limit(times: 1000000, per: 1ms)
system t()
@stale(500ms)
system u()
@stale(1h)
system v()`,
      ),
    ).toEqual([]);
  });

  it("refuses values of another kind", () => {
    expect(
      ruleProblems(
        attributeArguments,
        `@cron(5) @retry(1s) @timeout(5) @deprecated(why)
system s()`,
      ),
    ).toEqual(["HT4008 5", "HT4008 1s", "HT4008 5", "HT4008 why"]);
  });
});
