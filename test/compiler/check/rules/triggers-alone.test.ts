import { describe, expect, it } from "vitest";
import { triggersAlone } from "../../../../compiler/check/rules/triggers-alone.js";
import { ruleProblems } from "../rule-problems.js";

describe("triggersAlone", () => {
  it("refuses two triggers", () => {
    expect(
      ruleProblems(
        triggersAlone,
        `@on(start) @every(1s)
system a()
@every(1s) @cron("* * * * *")
system b()`,
      ),
    ).toEqual(["HT5002 @every(1s)", 'HT5002 @cron("* * * * *")']);
  });

  it("refuses that a client may call what runs on events", () => {
    expect(
      ruleProblems(
        triggersAlone,
        `@permission(user) @on(connect)
system a()`,
      ),
    ).toEqual(["HT5002 @permission(user)"]);
  });

  it("refuses once and limit on what no client may call", () => {
    expect(
      ruleProblems(
        triggersAlone,
        `@on(start) @once
system a()
@every(1s) @limit(times: 1, per: 1s)
system b()`,
      ),
    ).toEqual(["HT5002 @once", "HT5002 @limit(times: 1, per: 1s)"]);
  });

  it("lets an admin call what runs by the clock", () => {
    expect(
      ruleProblems(
        triggersAlone,
        `@every(1h) @permission(admin) @limit(times: 1, per: 1s)
system a()`,
      ),
    ).toEqual([]);
  });
});
