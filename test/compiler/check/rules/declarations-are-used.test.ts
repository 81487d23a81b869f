import { describe, expect, it } from "vitest";
import { declarationsAreUsed } from "../../../../compiler/check/rules/declarations-are-used.js";
import { ruleProblems } from "../rule-problems.js";

const problems = (...texts: readonly string[]): readonly string[] => ruleProblems(declarationsAreUsed, ...texts);

/** Something that a client may call, without which nothing is looked at. */
const ENTRY = "@permission(user) endpoint entry()\n";

describe("declarationsAreUsed", () => {
  it("tells of each kind of declaration that nothing names", () => {
    expect(
      problems(`${ENTRY}
enum Color { red }
struct Pair { a: i32 }
error Full {}
event Moved {}
component Item { owner: i64 @unique }
system tidy() uses Item
endpoint ask(): i64
@permission(admin) component Hidden { owner: i64 }`),
    ).toEqual([
      "HT6007 Color",
      "HT6007 Pair",
      "HT6008 Full",
      "HT6009 Moved",
      "HT6011 tidy",
      "HT6011 ask",
      "HT6010 Hidden",
    ]);
  });

  it("takes what types and clauses name, in lists and results and from other namespaces, too", () => {
    expect(
      problems(
        `namespace shop
enum Color { red }
enum Size { small }
struct Pair { a: Size[][] }
struct Bag { pair?: Pair }
error Full {}
event Moved { color: Color }
component Item { owner: i64 @unique }
session { team: pay.Team }
system tidy() uses Item
@on(start) system start() calls tidy:Shop
@permission(user) system move(): Bag? rejects Full emits shop.Moved`,
        "namespace pay\nenum Team { red }\n@permission(user) endpoint pay()",
      ),
    ).toEqual([]);
  });

  it("takes components that clients may read", () => {
    expect(
      problems(`${ENTRY}
@permission(everybody) component A { a: i32 }
@permission(owner) component B { owner: i64 }
@rls(a == ctx.caller) component C { a: i64 }`),
    ).toEqual([]);
  });

  it("takes what the engine or a client starts", () => {
    expect(
      problems(`@every(5s) system a()
@cron("0 3 * * *") system b()
@on(disconnect) system c()
@permission(admin) system d()
@permission(everybody) endpoint e()`),
    ).toEqual([]);
  });

  it("leaves session fields, values of enums and what is deprecated alone", () => {
    expect(
      problems(`${ENTRY}session { guild: i64 }
@deprecated("old") enum Color { red }
@deprecated("old") system tidy()`),
    ).toEqual([]);
  });

  it("says nothing of a namespace where nothing can be started: it is a library, or has only been begun", () => {
    const library = "namespace library\nenum Color { red }\nerror Full {}\nsystem tidy() rejects Full";
    expect(problems(library)).toEqual([]);
    expect(problems(`namespace shop\n${ENTRY}`, library)).toEqual([]);
  });

  it("does not repeat itself for a second declaration of a name", () => {
    expect(problems(`${ENTRY}enum Color { red }\nenum Color { blue }`)).toEqual(["HT6007 Color"]);
  });

  it("says nothing of what a text names that could not be read", () => {
    expect(problems(`${ENTRY}enum Color { red }\nenum Size { small }\nstruct ! Color { red: Color }`)).toEqual([
      "HT6007 Size",
    ]);
    expect(problems(`${ENTRY}enum Color { red !`)).toEqual([]);
  });

  it("says nothing while a file is in no namespace", () => {
    expect(
      problems(`namespace a\n${ENTRY}enum Color { red }`, "namespace b", "namespace\nstruct A { b: i32 }"),
    ).toEqual([]);
  });
});
