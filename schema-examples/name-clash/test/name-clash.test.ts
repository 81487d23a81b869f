import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type Served } from "../../serving.js";
import { type Seen, tour } from "../client/index.js";

let served: Served;
let seen: Seen;
beforeAll(async () => {
  served = await serve("name-clash", "clash");
  seen = await tour(served.url);
});
afterAll(() => served.close());

test("systems with the names of language constructs are called, and give what they return", () => {
  expect(seen.made).toStrictEqual({ length: 4, _prototype: [1, 7], null: { true: true, false: false } });
  expect(seen.flags).toStrictEqual({ true: true, false: false });
  expect(seen.text).toBe("1 1");
  expect(seen.imported).toStrictEqual([7n, undefined]);
  expect(seen.found).toBe(1);
});

test("rows of components with the names of classes come with all of their columns", () => {
  expect(seen.promise).toMatchObject({
    class: 1,
    await: 2,
    this: 7,
    arguments: 4,
    _constructor: 3,
    _prototype: "made",
    _toString: 0,
    _hasOwnProperty: 1,
    system: "class",
    default: 2,
    internal: true,
    out: new Uint8Array(),
  });
  expect(seen.entry).toMatchObject({ key: 7, value: 1 });
  expect(seen.errors).toStrictEqual(["new_", "null"]);
  expect(seen.client).toMatchObject({ connect: 1, query: 1, events: 1 });
});

test("every index is asked by its own name", () => {
  expect(seen.ranges).toStrictEqual([[4], [4], [], [4], [4]]);
});

test("an event and an error with the names of built-in classes arrive typed", () => {
  expect(seen.event).toStrictEqual({ type: 1, target: 7n, value: "made" });
  expect(seen.refusal).toMatchObject({ code: "Error", _message: "too small", _name: "new", _code: -1, _cause: 3 });
});

test("enums keep their integers", () => {
  expect(seen.enums).toStrictEqual([1, 1, 3]);
});
