import { describe, expect, it } from "vitest";
import { oneSession } from "../../../../compiler/check/rules/one-session.js";
import { ruleProblems } from "../rule-problems.js";

describe("oneSession", () => {
  it("refuses a second session, over all files", () => {
    expect(ruleProblems(oneSession, "session { a: i32 }", "session { b: i32 }")).toEqual(["HT2006 session"]);
  });

  it("lets each namespace have one", () => {
    expect(
      ruleProblems(
        oneSession,
        `namespace a
session { a: i32 }`,
        `namespace b
session { a: i32 }`,
      ),
    ).toEqual([]);
  });
});
