import { expect, test } from "vitest";
import { after, offered } from "./asked.js";

test.each([
  ["struct A { a <|>i32 }", "Add `:`", "struct A { a: i32 }"],
  ["struct A { a <|>= i32 }", "Write `:`", "struct A { a : i32 }"],
  ["enum A { a<|>: 5 }", "Write `=`", "enum A { a = 5 }"],
])("the sign that is lacking in `%s` is offered", async (text, title, expected) => {
  expect(after(await offered(`namespace game\n${text}\n`), title)).toBe(`namespace game\n${expected}\n`);
});

test.each([
  ["struct A { b: Array<|><i32> }", "Write `i32[]`", "struct A { b: i32[] }"],
  ["struct A { b: List<|><List<Side>>, c: i32 }", "Write `Side[][]`", "struct A { b: Side[][], c: i32 }"],
  ["struct A { b: Optional<|><string(5)> }", "Write `b?: string(5)`", "struct A { b?: string(5) }"],
  ["endpoint a(b: Array<|><i32>)", "Write `i32[]`", "endpoint a(b: i32[])"],
  ["endpoint a(): List<|><i32>", "Write `i32[]`", "endpoint a(): i32[]"],
  ["struct A { b: <|>[i32] }", "Write `i32[]`", "struct A { b: i32[] }"],
  ["struct A { b: i32[<|>5] }", "Remove the size `5`", "struct A { b: i32[] }"],
  ["struct A { b: i<|>d }", "Replace with i64", "struct A { b: i64 }"],
  ["component A { i<|>d: i64, b: i32 }", "Remove this `id`", "component A { b: i32 }"],
  ["component A { version<|>: i64 @index }", "Rename to revision", "component A { revision: i64 @index }"],
  ["component A { b: i32 @permission(every<|>one) }", "Remove `@permission(everyone)`", "component A { b: i32 }"],
  ["@permission(any<|>) endpoint a()", "Write `admin`", "@permission(admin) endpoint a()"],
  ["@permission(every<|>one) endpoint a()", "Write `everybody`", "@permission(everybody) endpoint a()"],
  [
    "component A { b: i64 @unique }\nsystem s() us<|>e A",
    "Replace with `uses`",
    "component A { b: i64 @unique }\nsystem s() uses A",
  ],
  ["struct A { b: i32, @ran<|>ge(0, 1), c: i32 }", "Move it behind `b`", "struct A { b: i32 @range(0, 1), c: i32 }"],
  ["system s(b: i64, @range<|>(0, 1))", "Move it behind `b`", "system s(b: i64 @range(0, 1),)"],
  [
    "struct A {\n  b: i32, // of b\n  @range<|>(0, 1)\n  c: i32\n}",
    "Move it behind `b`",
    "struct A {\n  b: i32 @range(0, 1), // of b\n  c: i32\n}",
  ],
  [
    "struct A {\n  b: i32\n  @range<|>(0, 1) c: i32\n}",
    "Move it behind `c`",
    "struct A {\n  b: i32\n  c: i32 @range(0, 1)\n}",
  ],
  ["component A { @in<|>dex b: i32 }", "Move it behind `b`", "component A { b: i32 @index }"],
  ["component A { b: St<|>rng(4) }", "Replace with string", "component A { b: string(4) }"],
  ["component A { b: St<|>ring }", "Replace with string(32)", "component A { b: string(32) }"],
  ["component A { b: in<|>t(11) }", "Replace with i32", "component A { b: i32 }"],
  [
    "@permission(user) @limit(1<|>0, 1s)\nsystem s()",
    "Write `@limit(times: 10, per: 1s)`",
    "@permission(user) @limit(times: 10, per: 1s)\nsystem s()",
  ],
  ["event E<|>(a: i64)", "Write braces", "event E { a: i64 }"],
  ["error NoRight<|>", "Add `{}`", "error NoRight {}"],
  ["component A {}\nsystem s <|>uses A", "Add `()`", "component A {}\nsystem s() uses A"],
  [
    "session { b: i64 }\n@rls(ctx.b <|>< b)\ncomponent A { b: i64 @index }",
    "Write `b > ctx.b`",
    "session { b: i64 }\n@rls(b > ctx.b)\ncomponent A { b: i64 @index }",
  ],
  ["struct A { b: i64,<|>, c: i64 }", "Remove the comma", "struct A { b: i64, c: i64 }"],
  ["@stale(100m<|>s)\nsystem s()", "Write `500ms`", "@stale(500ms)\nsystem s()"],
  ["@every(6<|>0)\nsystem s()", "Replace with 60s", "@every(60s)\nsystem s()"],
  ['@every("60s<|>")\nsystem s()', "Replace with 60s", "@every(60s)\nsystem s()"],
  ['@timeout("1m30s<|>")\nsystem s()', "Replace with 90s", "@timeout(90s)\nsystem s()"],
  ["@every(1m<|>30s)\nsystem s()", "Write `90s`", "@every(90s)\nsystem s()"],
  ["@cron(0 3<|> * * *)\nsystem s()", 'Write `"0 3 * * *"`', '@cron("0 3 * * *")\nsystem s()'],
  ["@schedule<|>(5s)\nsystem s()", "Replace with @every", "@every(5s)\nsystem s()"],
  ['@schedule<|>("0 3 * * *")\nsystem s()', "Replace with @cron", '@cron("0 3 * * *")\nsystem s()'],
  ["@interval<|>(5s)\nsystem s()", "Replace with @every", "@every(5s)\nsystem s()"],
  ["component A { b: i32 @max<|>(5) }", "Replace with @range", "component A { b: i32 @range(5) }"],
  ["endpoint a(): voi<|>d", "Leave the result out", "endpoint a()"],
  [
    "@rls(owner == call<|>er)\ncomponent A { owner: i64 @index }",
    "Write `owner == ctx.caller`",
    "@rls(owner == ctx.caller)\ncomponent A { owner: i64 @index }",
  ],
  ["@retry(-<|>1)\nsystem s()", "Write `0`", "@retry(0)\nsystem s()"],
  ["enum A { b }\nstruct C { a: A<|>.b }", "Replace with A", "enum A { b }\nstruct C { a: A }"],
  ["struct A { <|>i64 b }", "Write `b: i64`", "struct A { b: i64 }"],
  ["component A {}\nsystem s() uses A use<|>s A", "Join the `uses` clauses", "component A {}\nsystem s() uses A"],
  [
    "component A {}\ncomponent B {}\nsystem s() uses A use<|>s A, B",
    "Join the `uses` clauses",
    "component A {}\ncomponent B {}\nsystem s() uses A, B",
  ],
  [
    "component A {}\nsystem s() uses A calls A<|>",
    "Remove `A`, which `uses` lists",
    "component A {}\nsystem s() uses A",
  ],
  ["struct A { b<|>： i64 }", "Replace a full-width colon with `:`", "struct A { b: i64 }"],
  ["endpoint a() <|>-> i64", "Replace an arrow with `:`", "endpoint a() : i64"],
  ["@permision<|>(user)\nendpoint a()", "Replace with @permission", "@permission(user)\nendpoint a()"],
  ["component A { b: i32?<|> }", "Give it the default `0` instead", "component A { b: i32 = 0 }"],
  ["component A { b: i32, c: i32 @was(b<|>, a) }", "Remove `b`", "component A { b: i32, c: i32 @was(a) }"],
  ["component A { b: i32, c: i32 @was(a, b<|>) }", "Remove `b`", "component A { b: i32, c: i32 @was(a) }"],
  ["component A { b: i32, c: i32 @was(b<|>) }", "Remove `@was(b)`", "component A { b: i32, c: i32 }"],
  ["component A { b: i32 @was(a, a<|>) }", "Remove `a`", "component A { b: i32 @was(a) }"],
  [
    "component A { b: i32 @was(a), c: i32 @was(d, a<|>) }",
    "Remove `a`",
    "component A { b: i32 @was(a), c: i32 @was(d) }",
  ],
  ["system s() {<|> return 1 }", "Remove `{ return 1 }`", "system s()"],
  [
    "component A {}\nsystem s() uses A {<|>\n  if (x) { y = 'it'; }\n  return 1.5.2\n}\n\nsystem t() uses A",
    "Remove all from `{` to `}`",
    "component A {}\nsystem s() uses A\n\nsystem t() uses A",
  ],
  [
    "@index<|>(owner)\ncomponent A { owner: i64 @unique }",
    "Remove `@index(owner)`",
    "component A { owner: i64 @unique }",
  ],
  [
    "@index<|>(owner)\ncomponent A { owner: i64 @index }",
    "Remove `@index(owner)`",
    "component A { owner: i64 @index }",
  ],
  [
    "component A @permis<|>sion(user) {\n  owner: i64\n}",
    "Move it before `component A`",
    "@permission(user)\ncomponent A {\n  owner: i64\n}",
  ],
  [
    "component A {}\nsystem s() uses A @permis<|>sion(user)",
    "Move it before `system s`",
    "component A {}\n@permission(user)\nsystem s() uses A",
  ],
  [
    "component A {}\n@retry(0) system s() @permis<|>sion(user) uses A",
    "Move it before `system s`",
    "component A {}\n@retry(0) @permission(user) system s() uses A",
  ],
  [
    "component A {}\nsystem s() uses A @retry<|>(0)\nsystem t() uses A",
    "Move it before `system s`",
    "component A {}\n@retry(0)\nsystem s() uses A\nsystem t() uses A",
  ],
  ["@permission(user) as<|>ync endpoint e()", "Remove `async`", "@permission(user) endpoint e()"],
  ["im<|>port items\nstruct A {}", "Remove `import items`", "struct A {}"],
])("of `%s` the first fix is: %s", async (text, title, expected) => {
  const actions = await offered(`namespace game\n${text}\n`, ["quickfix"]);
  expect(actions[0]?.title).toBe(title);
  expect(after(actions, title)).toBe(`namespace game\n${expected}\n`);
});

test.each([
  ["a declaration twice", "struct A {}\nstruct A<|> { b: i64 }", ["Remove this `A`"]],
  ["a value twice", "enum A { b, b<|> }", ["Remove this `b`"]],
  ["a session without fields", "ses<|>sion { }", ["Remove this `session`"]],
  ["a type that could be declared", "struct A { b: Nothing<|> }", ["Declare enum Nothing", "Declare struct Nothing"]],
  ["the type of a column", "component A { b: Nothing<|> }", ["Declare enum Nothing"]],
  ["a type of another language with a size", "component A { b: Thing<|>(4) }", []],
  [
    "a name that rows go by",
    "enum A { Red<|> }\ncomponent B { a: A }",
    ["Rename to red (stored data does not follow)"],
  ],
  ["a reason that nobody knows", "@depre<|>cated\nstruct A {}", ['Write `@deprecated("")`']],
  [
    "a system that could be declared",
    "component A {}\nsystem s() uses A calls nothing<|>, other_thing",
    ["Declare system nothing"],
  ],
])("nothing is preferred of what loses or guesses: %s", async (_what, text, titles) => {
  const actions = await offered(`namespace game\n${text}\n`, ["quickfix"]);
  const errors = actions.filter(({ diagnostics }) => diagnostics?.[0]?.severity !== 4);
  expect(errors.map(({ title, isPreferred }) => [title, isPreferred])).toEqual(titles.map((each) => [each, undefined]));
});

test.each([
  ["component A {}\nsystem s() uses A <[A]>", "Insert a comma"],
  ["component A { b: string(4) = <['hello']> }", 'Replace a single quote with `"`'],
  ["<[@rls(n = ctx.caller)\ncomponent A { n: string(4) }]>", "Compare with `==`"],
])("of the fixes at one place one is preferred, of what is read first: `%s`", async (text, title) => {
  const actions = await offered(`namespace game\n${text}\n`, ["quickfix"]);
  expect(actions.flatMap((each) => (each.isPreferred === true ? [each.title] : []))).toEqual([title]);
});
