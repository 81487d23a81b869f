import { everybody } from "hetu";
import { Shout } from "../../fixtures/world/generated/server-ts/world/index.js";
import type { Notation } from "../notation.js";
import type { Exchange } from "./exchange.js";
import { ONCE_ID } from "./once-id.js";
import { USER } from "./world.js";

const OUTCOME = ["rsp", "rej", "err"];
const range = (component: string, ...bounds: readonly Notation[]): Notation => ["sub", component, "range", ...bounds];

/** Requests of hetu.1 that together make the server send each of its frames. */
export const exchanges1: readonly Exchange[] = [
  { name: "clock", frame: ["clock"], answers: ["clock"] },
  { name: "an optional result that is absent", frame: ["rpc", "whoami"], answers: OUTCOME },
  { name: "a live query before the login", frame: range("Position", "x", 0, 10, 100, false, true), answers: ["sub"] },
  { name: "an integer result", frame: ["rpc", "login", USER], answers: OUTCOME },
  { name: "an optional result that is there", frame: ["rpc", "whoami"], answers: OUTCOME },
  { name: "a text result", frame: ["rpc", "echo", "naïve 🙂"], answers: OUTCOME },
  { name: "no result", frame: ["rpc", "move_to", { $f64: 1.5 }, { $f64: -0.1 }], answers: OUTCOME },
  { name: "a typed error", frame: ["rpc", "transfer", 1, 2, 500], answers: OUTCOME },
  { name: "a 64-bit argument and result", frame: ["rpc", "login", { $int: "9223372036854775807" }], answers: OUTCOME },
  { name: "the login of the recording", frame: ["rpc", "login", USER], answers: OUTCOME },
  { name: "a system that there is not", frame: ["rpc", "no_such_system"], answers: OUTCOME },
  { name: "an argument of another type", frame: ["rpc", "echo", 5], answers: OUTCOME },
  { name: "a call that is not for users", frame: ["rpc", "wipe"], answers: OUTCOME },
  {
    name: "a call whose code throws",
    frame: ["rpc", "any"],
    answers: OUTCOME,
    work: () => Promise.reject(new Error("thrown on purpose")),
  },
  { name: "a @once call with a struct as result", frame: ["once", ONCE_ID, "buy", 3, 2], answers: OUTCOME },
  { name: "the same @once call again", frame: ["once", ONCE_ID, "buy", 3, 2], answers: OUTCOME },
  { name: "the same @once id with other arguments", frame: ["once", ONCE_ID, "buy", 3, 4], answers: OUTCOME },
  { name: "get of a row", frame: ["sub", "Position", "get", "owner", USER], answers: ["sub"] },
  { name: "get of no row", frame: ["sub", "Position", "get", "owner", 8], answers: ["sub"] },
  { name: "a range", frame: range("Position", "x", 0, 10, 100, false, true), answers: ["sub"] },
  {
    name: "a range of a composite index",
    frame: range("Inventory", "owner,item", [USER], [USER], 100, true, true),
    answers: ["sub"],
  },
  {
    name: "an exclusive bound, no rows",
    frame: range("Account", "number", "(2", { $f64: "Infinity" }, 10, false, true),
    answers: ["sub"],
  },
  { name: "no rows and no force", frame: range("Account", "number", 5, 6, 10, false, false), answers: ["sub"] },
  { name: "a component that there is not", frame: range("Nothing", "x", 0, 10, 100, false, true), answers: ["sub"] },
  {
    name: "an update, an insert and a delete of one transaction",
    frame: ["rpc", "any"],
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
    frame: ["rpc", "any"],
    answers: OUTCOME,
    work(context) {
      context.send(everybody, Shout, { from: 8n, text: "hello" });
      return Promise.resolve();
    },
  },
  { name: "the end of a live query", frame: ["unsub", "Position.x[0:10:1][:100]"], answers: [] },
  { name: "a question for a sign of life, answered by text", frame: ["motd"], answers: [] },
];
