import { describe, expect, it, test } from "vitest";
import { cronProblem } from "../../../../compiler/check/cron.js";
import { cronExpressions } from "../../../../compiler/check/rules/cron-expressions.js";
import { ruleProblems } from "../rule-problems.js";

describe("cronExpressions", () => {
  it("takes numbers, names, ranges, steps and lists", () => {
    expect(
      ruleProblems(
        cronExpressions,
        `@cron("* * * * *")
system s0()
@cron("*/5 3 * * 1-5")
system s1()
@cron("0,30 8-18/2 1 JAN-mar,12 SUN")
system s2()
@cron("59 23 31 12 7")
system s3()
@cron("0 0 29 2 *")
system s4()
@cron("  0   0 * * *  ")
system s5()`,
      ),
    ).toEqual([]);
  });

  it("refuses the wrong number of fields, values outside of bounds and what cannot be read", () => {
    expect(
      ruleProblems(
        cronExpressions,
        `@cron("")
system s0()
@cron("* * * *")
system s1()
@cron("* * * * * *")
system s2()
@cron("60 * * * *")
system s3()
@cron("* 24 * * *")
system s4()
@cron("* * 0 * *")
system s5()
@cron("* * * 13 *")
system s6()
@cron("* * * * 8")
system s7()
@cron("5-1 * * * *")
system s8()
@cron("*/0 * * * *")
system s9()
@cron("1/2 * * * *")
system s10()
@cron("a * * * *")
system s11()
@cron("1,,2 * * * *")
system s12()
@cron("-1 * * * *")
system s13()
@cron("1-2-3 * * * *")
system s14()
@cron("* * * MON *")
system s15()
@cron("1- * * * *")
system s16()
@cron("* * * * MON-FRY")
system s17()`,
      ),
    ).toEqual([
      'HT5003 ""',
      'HT5003 "* * * *"',
      'HT5003 "* * * * * *"',
      'HT5003 "60 * * * *"',
      'HT5003 "* 24 * * *"',
      'HT5003 "* * 0 * *"',
      'HT5003 "* * * 13 *"',
      'HT5003 "* * * * 8"',
      'HT5003 "5-1 * * * *"',
      'HT5003 "*/0 * * * *"',
      'HT5003 "1/2 * * * *"',
      'HT5003 "a * * * *"',
      'HT5003 "1,,2 * * * *"',
      'HT5003 "-1 * * * *"',
      'HT5003 "1-2-3 * * * *"',
      'HT5003 "* * * MON *"',
      'HT5003 "1- * * * *"',
      'HT5003 "* * * * MON-FRY"',
    ]);
  });

  it("refuses a date that never comes", () => {
    expect(
      ruleProblems(
        cronExpressions,
        `@cron("0 0 31 4,6 *")
system a()
@cron("0 0 30 2 *")
system b()
@cron("0 0 30 2 1")
system c()`,
      ),
    ).toEqual(['HT5003 "0 0 31 4,6 *"', 'HT5003 "0 0 30 2 *"']);
  });
});

test.each([
  ["5", "it has 1 field instead of 5"],
  ["5 4", "it has 2 fields instead of 5"],
  ["@daily", 'it is not five fields: did you mean "0 0 * * *"?'],
  ["Hourly", 'it is not five fields: did you mean "0 * * * *"?'],
  ["0 3 * * MONDAY-friday", 'weekday "MONDAY-friday" cannot be read: did you mean `MON-FRI`?'],
  ["0 3 1 September *", 'month "September" cannot be read: did you mean `SEP`?'],
  ["0 3 ? * MON", 'day "?" cannot be read: did you mean `*`?'],
  ["0 3 * * FRY", 'weekday "FRY" cannot be read'],
])("%j is no cron expression, and what was meant is told: %s", (expression, problem) => {
  expect(cronProblem(expression)).toBe(problem);
});
