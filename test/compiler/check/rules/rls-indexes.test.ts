import { describe, expect, it } from "vitest";
import { rlsIndexes } from "../../../../compiler/check/rules/rls-indexes.js";
import { ruleProblems } from "../rule-problems.js";

describe("rlsIndexes", () => {
  it("warns of row-level security without an index that leads with its column", () => {
    expect(
      ruleProblems(
        rlsIndexes,
        `@rls(guild == ctx.guild)
@index(x, guild)
component A { guild: i64 x: i32 @index }
@permission(owner)
component B { owner: i64 }`,
      ),
    ).toEqual(["HT6003 A", "HT6003 B"]);
  });

  it("takes a single and a composite index", () => {
    expect(
      ruleProblems(
        rlsIndexes,
        `@rls(guild == ctx.guild)
@index(guild, x)
component A { guild: i64 x: i32 }
@permission(owner)
component B { owner: i64 @unique }`,
      ),
    ).toEqual([]);
  });

  it("prefers columns that are compared for equality", () => {
    expect(
      ruleProblems(
        rlsIndexes,
        `@rls(guild == ctx.guild) @rls(level <= ctx.level)
component A { guild: i64 level: i32 @index }
@rls(level <= ctx.level)
component B { level: i32 @index }`,
      ),
    ).toEqual(["HT6003 A"]);
  });

  it("says nothing when the column is not there", () => {
    expect(
      ruleProblems(
        rlsIndexes,
        `@permission(owner)
component A { x: i32 }`,
      ),
    ).toEqual([]);
  });
});
