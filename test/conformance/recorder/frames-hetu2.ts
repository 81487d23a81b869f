import { everybody } from "hetu";
import { Shout } from "../../fixtures/world/generated/server-ts/world/index.js";
import type { Notation } from "../notation.js";
import type { Exchange } from "./exchange.js";
import { ONCE_ID } from "./once-id.js";
import { USER } from "./world.js";
import { numberOfCallable as callable, numberOfComponent, numberOfIndex, wire } from "./world-schema.js";

const OUTCOME = [1, 2, 3];
const SUBSCRIBED = [4, 5, 6];

function subscribe(component: string, index: string, ...rest: readonly Notation[]): Notation {
  return [3, numberOfComponent(component), numberOfIndex(component, index), ...rest];
}

function read(component: string, index: string, ...rest: readonly Notation[]): Notation {
  return [5, numberOfComponent(component), numberOfIndex(component, index), ...rest];
}

/** Requests of hetu.2 that together make the server send each of its frames but the `caught up`. */
export const exchanges2: readonly Exchange[] = [
  { name: "hello", frame: [0, { $bin: wire.fingerprint }, null], answers: [0] },
  { name: "clock", frame: [6], answers: [10] },
  { name: "ping", frame: [7], answers: [11] },
  { name: "an optional result that is absent", frame: [1, callable("whoami")], answers: OUTCOME },
  { name: "a live query before the login", frame: subscribe("Position", "x", 0, 10, 100, false), answers: SUBSCRIBED },
  { name: "an integer result", frame: [1, callable("login"), USER], answers: OUTCOME },
  { name: "a callable by its name", frame: [1, "whoami"], answers: OUTCOME },
  { name: "a text result", frame: [1, callable("echo"), "naïve 🙂"], answers: OUTCOME },
  { name: "no result", frame: [1, callable("move_to"), { $f32: 1.5 }, { $f32: -0.25 }], answers: OUTCOME },
  { name: "a typed error", frame: [1, callable("transfer"), 1, 2, 500], answers: OUTCOME },
  {
    name: "a 64-bit argument and result",
    frame: [1, callable("login"), { $int: "9223372036854775807" }],
    answers: OUTCOME,
  },
  { name: "the login of the recording", frame: [1, callable("login"), USER], answers: OUTCOME },
  { name: "a system that there is not", frame: [1, "no_such_system"], answers: OUTCOME },
  { name: "an argument of another type", frame: [1, callable("echo"), 5], answers: OUTCOME },
  {
    name: "a call whose code throws",
    frame: [1, callable("any")],
    answers: OUTCOME,
    work: () => Promise.reject(new Error("thrown on purpose")),
  },
  { name: "a @once call with a struct as result", frame: [2, callable("buy"), ONCE_ID, 3, 2], answers: OUTCOME },
  { name: "the same @once call again", frame: [2, callable("buy"), ONCE_ID, 3, 2], answers: OUTCOME },
  { name: "the same @once id with other arguments", frame: [2, callable("buy"), ONCE_ID, 3, 4], answers: OUTCOME },
  { name: "a range", frame: subscribe("Position", "x", 0, 10, 100, false), answers: SUBSCRIBED },
  {
    name: "a range of a composite index, backwards",
    frame: subscribe("Inventory", "owner,item", [USER], null, 100, true),
    answers: SUBSCRIBED,
  },
  { name: "an open end", frame: subscribe("Account", "number", "(2", [], 10, false), answers: SUBSCRIBED },
  { name: "no rows", frame: subscribe("Account", "number", 5, 6, 10, false), answers: SUBSCRIBED },
  { name: "a component that there is not", frame: [3, "Nothing", "x", 0, 10, 100, false], answers: SUBSCRIBED },
  { name: "an index that there is not", frame: [3, "Position", "y", 0, 10, 100, false], answers: SUBSCRIBED },
  { name: "a bound of another type", frame: subscribe("Position", "x", "a", "b", 100, false), answers: SUBSCRIBED },
  {
    name: "an update, an insert and a delete of one transaction",
    frame: [1, callable("any")],
    answers: OUTCOME,
    async work(context) {
      const me = await context.Position.get({ owner: BigInt(USER) });
      if (me !== undefined) me.x = 2.5;
      await context.Position.insert({ owner: 8n, zone: 1, x: 3, y: 0 });
      await context.Inventory.delete({ owner: BigInt(USER), item: 3 });
    },
  },
  {
    name: "an event",
    frame: [1, callable("any")],
    answers: OUTCOME,
    work(context) {
      context.send(everybody, Shout, { from: 8n, text: "hello" });
      return Promise.resolve();
    },
  },
  {
    name: "the first page of one row, with a count",
    frame: read("Position", "x", [], [], 1, false, null, true),
    answers: [6, 9],
  },
  {
    name: "the page behind it",
    frame: (page) => read("Position", "x", [], [], 10, false, (page as readonly Notation[])[3] ?? null, false),
    answers: [6, 9],
  },
  { name: "a page of no rows", frame: read("Account", "number", 5, 6, 10, false, null, true), answers: [6, 9] },
  { name: "the end of a live query", frame: [4, 1], answers: [] },
];
