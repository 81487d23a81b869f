import { decode } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import { codegen } from "../../../runtime/index.js";
import type { CallableSpec, MessageSpec } from "../../../runtime/schema/callable.js";
import { NotEnough, schema, Shout } from "../../fixtures/world/generated/server-ts/world/index.js";

function callable(name: string): CallableSpec {
  const found = [...schema.systems, ...schema.endpoints].find((each) => each.name === name);
  if (found === undefined) throw new Error(`no system ${name}`);
  return found;
}

function result(name: string, value: unknown): unknown {
  const writer = new codegen.MessagePackWriter();
  callable(name).writeResult(value, writer);
  return decode(writer.finish(), { useBigInt64: true });
}

function message(spec: MessageSpec, value: unknown): unknown {
  const writer = new codegen.MessagePackWriter();
  spec.write(value, writer);
  return decode(writer.finish(), { useBigInt64: true });
}

describe("arguments", () => {
  it("from the wire become the values of the parameters", () => {
    expect(callable("login").readArguments([7])).toStrictEqual([7n]);
    expect(callable("login").readArguments([2n ** 60n])).toStrictEqual([2n ** 60n]);
    expect(callable("transfer").readArguments([1, 2n, 3])).toStrictEqual([1, 2, 3n]);
    expect(callable("move_to").readArguments([0.1, 2n])).toStrictEqual([Math.fround(0.1), 2]);
    expect(callable("echo").readArguments(["é"])).toStrictEqual(["é"]);
  });

  it("that a parameter cannot hold are refused by system, parameter, limit and value", () => {
    expect(() => callable("login").readArguments(["7"])).toThrow(
      "login.user must be a bigint from -9223372036854775808",
    );
    expect(() => callable("login").readArguments([1.5])).toThrow("login.user must be a bigint");
    expect(() => callable("transfer").readArguments([1, 2, 0])).toThrow(
      "transfer.amount must be from 1 to 1000000; got 0n",
    );
    expect(() => callable("buy").readArguments([1, -1])).toThrow(
      "buy.count must be a whole number from 0 to 4294967295; got -1",
    );
    expect(() => callable("move_to").readArguments(["1", 2])).toThrow("move_to.x must be a number");
    expect(() => callable("echo").readArguments(["x".repeat(1001)])).toThrow(
      "echo.text must be a string of at most 1000 characters",
    );
  });

  it("too few or too many are refused", () => {
    expect(() => callable("login").readArguments([])).toThrow("login must be given 1 argument; got an array of 0");
    expect(() => callable("buy").readArguments([1, 2, 3])).toThrow("buy must be given 2 arguments; got an array of 3");
    expect(() => callable("whoami").checkArguments([1])).toThrow("whoami must be given 0 arguments");
  });

  it("from server code must already be of the parameter's type", () => {
    expect(callable("pay").checkArguments([5n])).toStrictEqual([5n]);
    expect(() => callable("pay").checkArguments([5])).toThrow("pay.amount must be a bigint");
    expect(() => callable("remember").checkArguments([5n])).toThrow("remember.item must be a whole number");
  });
});

describe("results", () => {
  it("of a system without one are ok", () => {
    expect(result("move_to", undefined)).toBe("ok");
    expect(result("move_to", "anything")).toBe("ok");
  });

  it("are written as declared", () => {
    expect(result("echo", "text")).toBe("text");
    expect(result("login", 2n ** 60n)).toBe(2n ** 60n);
    expect(result("whoami", undefined)).toBeNull();
    expect(result("whoami", null)).toBeNull();
    expect(result("whoami", 5n)).toBe(5);
  });

  it("that are structs are maps by schema name, without absent optional fields", () => {
    const receipt = { item: 1, left: 2n, notes: ["a", "b"] };
    expect(result("buy", receipt)).toStrictEqual({ item: 1, left: 2, notes: ["a", "b"] });
    expect(result("buy_twice", { ...receipt, note: "n" })).toStrictEqual({
      item: 1,
      left: 2,
      notes: ["a", "b"],
      note: "n",
    });
  });

  it("other than declared are refused by their place", () => {
    const receipt = { item: 1, left: 2n, notes: ["a"] };
    expect(() => result("login", 5)).toThrow("login() must be a bigint");
    expect(() => result("login", undefined)).toThrow("login() must be a bigint");
    expect(() => result("buy", undefined)).toThrow("buy() must be an object; got undefined");
    expect(() => result("buy", { ...receipt, item: "1" })).toThrow("buy().item must be a whole number");
    expect(() => result("buy", { ...receipt, notes: ["a", 5] })).toThrow(
      "buy().notes[1] must be a string of at most 64 characters; got 5",
    );
    expect(() => result("buy", { ...receipt, notes: "a" })).toThrow("buy().notes must be an array");
    expect(() => result("buy", { ...receipt, note: 5 })).toThrow("buy().note must be a string");
  });
});

describe("errors and events", () => {
  it("are maps by schema name", () => {
    expect(message(NotEnough, { need: 5n, have: 1n })).toStrictEqual({ need: 5, have: 1 });
    expect(message(Shout, { from: 1n, text: "hi" })).toStrictEqual({ from: 1, text: "hi" });
    expect([NotEnough.name, Shout.name]).toStrictEqual(["NotEnough", "Shout"]);
  });

  it("with wrong fields are refused and write nothing", () => {
    const writer = new codegen.MessagePackWriter();
    expect(() => Shout.write({ from: 1n, text: 5 }, writer)).toThrow("Shout.text must be a string");
    expect(() => NotEnough.write({ need: 5n }, writer)).toThrow("NotEnough.have must be a bigint");
    expect(() => NotEnough.write(undefined, writer)).toThrow("NotEnough must be an object");
    expect(writer.length).toBe(0);
  });
});

describe("the schema", () => {
  it("describes systems as declared", () => {
    const buy = schema.systems.find(({ name }) => name === "buy");
    expect(buy).toMatchObject({
      kind: "system",
      implementation: "buy",
      permission: "user",
      calls: [
        { key: "pay", property: "pay", system: "pay", suffix: undefined },
        { key: "remember:Shop", property: "remember:Shop", system: "remember", suffix: "Shop" },
      ],
      rejects: ["NotEnough"],
      uses: [{ property: "Inventory", component: "Inventory" }],
      retry: 9999,
      once: true,
    });
    expect(schema.systems.find(({ name }) => name === "move_to")).toMatchObject({
      implementation: "moveTo",
      limit: { times: 1000, perMs: 1000 },
      once: false,
    });
    expect(schema.systems.find(({ name }) => name === "arrived")).toMatchObject({
      permission: undefined,
      trigger: { kind: "on", event: "connect" },
    });
    expect(schema.systems.find(({ name }) => name === "slow")?.timeoutMs).toBe(50);
    expect(schema.endpoints.map(({ name }) => name)).toStrictEqual(["whoami", "buy_twice"]);
  });

  it("lists every physical table", () => {
    expect(schema.tables).toContainEqual({
      name: "Journal",
      component: "Journal",
      suffix: undefined,
      cluster: expect.any(Number) as number,
      backend: undefined,
    });
    expect(schema.tables).toContainEqual({
      name: "Journal:Shop",
      component: "Journal",
      suffix: "Shop",
      cluster: expect.any(Number) as number,
      backend: undefined,
    });
    expect(schema.tables).toHaveLength(schema.components.length + 1);
  });

  it("carries its model as JSON", () => {
    const model = JSON.parse(schema.model) as { name: string; components: { name: string }[] };
    expect(model.name).toBe("world");
    expect(model.components.map(({ name }) => name)).toStrictEqual(schema.components.map(({ name }) => name));
  });

  it("checks session values", () => {
    expect(schema.session.map(({ name, property }) => [name, property])).toStrictEqual([["guild", "guild"]]);
    expect(schema.session[0]?.check(5n)).toBe(5n);
    expect(() => schema.session[0]?.check("5")).toThrow("session.guild must be a bigint");
  });
});
