import type { Notation } from "../../notation.js";
import { wire } from "../world-schema.js";
import { type Dialect, shown } from "./dialect.js";
import { Script } from "./script.js";

type Fields = readonly (readonly [name: string, type: string])[];
type Component = readonly [name: string, columns: Fields, indexes: readonly string[]];
type Callable = readonly [name: string, params: readonly string[], result: string];

/** The fixture as another server might have it. */
function description(
  component: (each: Component) => Component | undefined,
  callable: (each: Callable) => Callable | undefined = (each) => each,
): Notation {
  const [components, callables, errors, events] = wire.description;
  const changed = <T>(all: readonly T[], change: (each: T) => T | undefined): T[] =>
    all.map(change).filter((each) => each !== undefined);
  return [changed(components, component), changed(callables, callable), errors, events];
}

/** Accounts have another column in front, and come first of all. */
function grown(): Notation {
  const [components, callables, errors, events] = wire.description;
  const [name, columns, indexes] = components.find(([each]) => each === "Account") as Component;
  const others = components.filter(([each]) => each !== "Account");
  const account: Component = [name, [["colour", "string"], ...columns], ["colour", ...indexes]];
  return [[account, ...others], callables.toReversed(), errors, events];
}

function begun(d: Dialect, described: Notation): Script {
  return new Script(d)
    .connect()
    .open()
    .say(d.welcome({ description: described }), {
      states: [
        { status: "bootstrapping", attempt: 0 },
        { status: "connected", attempt: 0 },
      ],
    });
}

/** `session/schemas.json`, of hetu.2 alone: the fingerprint differs. */
export const schemaScripts: Readonly<Record<string, (d: Dialect) => Script>> = {
  "numbers are the server's, and columns that the client does not know are skipped": (d) => {
    const callables = wire.description[1].length;
    const echo = callables - 1 - wire.description[1].findIndex(([name]) => name === "echo");
    return begun(d, grown())
      .call("a", "echo", ["x"], { sent: [{ frame: "call", callable: echo, args: ["x"] }] })
      .say(d.result("x"), { outcomes: { a: { result: "x" } } })
      .range("q", {
        sent: [
          {
            frame: "subscribe",
            component: 0,
            index: 2,
            left: { $open: "least" },
            right: { $open: "greatest" },
            limit: 1000,
            desc: false,
          },
        ],
      })
      .say(d.saying({ frame: "subscribed", subscription: 1, position: 1, rows: [[1, "red", 10, 0]] }), {
        told: [["q", "insert", shown({ id: 1, number: 10 })]],
      })
      .say(d.saying({ frame: "update", position: 2, "subscription, delta": [1, [[[1, 1, "blue"]]]] }))
      .say(d.saying({ frame: "update", position: 3, "subscription, delta": [1, [[[5, 1, "green", 7]]]] }), {
        told: [["q", "update", shown({ id: 1, number: 10 }), shown({ id: 1, number: 10, balance: 7 })]],
      });
  },

  "a component that lacks a column cannot be used, the rest can": (d) =>
    begun(
      d,
      description(([name, columns, indexes]) => [
        name,
        name === "Account" ? columns.filter(([column]) => column !== "balance") : columns,
        indexes,
      ]),
    )
      .range("q", { told: [["q", "error", "SCHEMA_MISMATCH"]] })
      .call("a", "echo", ["x"], { sent: [d.call("echo", "x")] })
      .say(d.result("x"), { outcomes: { a: { result: "x" } } }),

  "a component with a column of another type cannot be used": (d) =>
    begun(
      d,
      description(([name, columns, indexes]) => [
        name,
        name === "Account" ? columns.map(([column]) => [column, "string"] as const) : columns,
        indexes,
      ]),
    ).range("q", { told: [["q", "error", "SCHEMA_MISMATCH"]] }),

  "a callable with other parameters cannot be used, nor one that there is not": (d) =>
    begun(
      d,
      description(
        (component) => component,
        ([name, params, result]) => {
          if (name === "buy_twice") return undefined;
          return name === "echo" ? [name, ["i32"], result] : [name, params, result];
        },
      ),
    )
      .call("other", "echo", ["x"], { outcomes: { other: { error: "SCHEMA_MISMATCH" } } })
      .call("none", "buy_twice", [1], { outcomes: { none: { error: "SCHEMA_MISMATCH" } } })
      .call("same", "move_to", [1, 2], { sent: [d.call("move_to", 1, 2)] })
      .say(d.noResult, { outcomes: { same: { result: null } } }),
};
