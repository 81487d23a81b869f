import { describe, expect, it } from "vitest";
import { deprecatedNames } from "../../../../compiler/check/rules/deprecated-names.js";
import { ruleProblems } from "../rule-problems.js";

const problems = (...texts: readonly string[]): readonly string[] => ruleProblems(deprecatedNames, ...texts);

const OLD = `
@deprecated("a") enum Color { red, blue @deprecated("f") }
enum Size { small, large @deprecated("b") }
@deprecated("c") struct Pair { color: Color[], size: Size }
@deprecated("d") error Full {}
@deprecated("e") event Moved {}
@deprecated("f") component Item { owner: i64 @unique, size: Size = large }
@deprecated("g") system tidy(pair: Pair): Pair uses Item rejects Full emits Moved
`;

describe("deprecatedNames", () => {
  it("says nothing of what is deprecated itself", () => {
    expect(problems(OLD)).toEqual([]);
    expect(problems(`${OLD}event Sold { pair: Pair @deprecated("h") }`)).toEqual([]);
  });

  it("tells of each name in a type, a clause and a default, in lists and results and from other namespaces, too", () => {
    expect(
      problems(
        `${OLD}
component New { size: Size = large, next: Size = small, color: Color = blue }
endpoint ask(pairs: Pair[][]): Pair
system run() uses New, Item calls tidy:Copy rejects Full emits Moved`,
        "namespace world\nevent Sold { color: shop.Color }",
      ),
    ).toEqual([
      "HT6012 large",
      "HT6012 Color",
      "HT6012 blue",
      "HT6012 Pair",
      "HT6012 Color",
      "HT6012 Item",
      "HT6012 tidy",
      "HT6012 Full",
      "HT6012 Moved",
      "HT6012 Pair",
    ]);
  });

  it("tells of a name whose reason cannot be read", () => {
    expect(problems("@deprecated struct Pair { a: i32 }\nstruct Bag { pair: Pair }")).toEqual(["HT6012 Pair"]);
  });
});
