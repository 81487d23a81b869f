import { describe, expect, it } from "vitest";
import { sessionsHaveFields } from "../../../../compiler/check/rules/sessions-have-fields.js";
import { ruleProblems } from "../rule-problems.js";

describe("sessionsHaveFields", () => {
  it("warns of a session without fields", () => {
    expect(ruleProblems(sessionsHaveFields, "session {}")).toEqual(["HT6004 session"]);
  });

  it("says nothing when the fields could not be read", () => {
    expect(ruleProblems(sessionsHaveFields, "session { ! }")).toEqual([]);
  });
});
