import type { Notation } from "../../notation.js";
import type { Dialect } from "./dialect.js";
import { Script } from "./script.js";

const result = (value: Notation): { readonly result: Notation } => ({ result: value });
const error = (code: string, fields?: Notation): { readonly [name: string]: Notation } =>
  fields === undefined ? { error: code } : { error: code, fields };

/** `session/calls.json`. */
export const callScripts: Readonly<Record<string, (d: Dialect) => Script>> = {
  "calls are answered in the order in which they were made": (d) =>
    new Script(d)
      .connect()
      .begin()
      .call("a", "echo", ["one"], { sent: [d.call("echo", "one")] })
      .call("b", "whoami", [], { sent: [d.call("whoami")] })
      .call("c", "move_to", [1.5, -2], { sent: [d.call("move_to", 1.5, -2)] })
      .say(d.result("one"), { outcomes: { a: result("one") } })
      .say([d.result(null), d.noResult], { outcomes: { b: result(null), c: result(null) } }),

  "64-bit integers go and come exactly": (d) =>
    new Script(d)
      .connect()
      .begin()
      .call("a", "login", ["9223372036854775807"], { sent: [d.call("login", { $int: "9223372036854775807" })] })
      .say(d.result({ $int: "-9223372036854775808" }), { outcomes: { a: result("-9223372036854775808") } }),

  "refusals and failures are told apart": (d) =>
    new Script(d)
      .connect()
      .begin()
      .call("typed", "transfer", [1, 2, "500"], { sent: [d.call("transfer", 1, 2, 500)] })
      .say(d.rejection("transfer", "NotEnough", { need: 500, have: 100 }, 0), {
        outcomes: { typed: error("NotEnough", { need: "500", have: "100" }) },
      })
      .call("limited", "echo", ["x"], { sent: [d.call("echo", "x")] })
      .say(d.rejection("echo", "RATE_LIMITED", { reason: "too many" }), {
        outcomes: { limited: error("RATE_LIMITED") },
      })
      .call("without fields", "echo", ["x"], { sent: [d.call("echo", "x")] })
      .say(d.rejection("echo", "FORBIDDEN"), { outcomes: { "without fields": error("FORBIDDEN") } })
      .call("failed", "echo", ["x"], { sent: [d.call("echo", "x")] })
      .say(d.failure("echo"), { outcomes: { failed: error("CALL_FAILED") } })
      .call("after", "echo", ["still here"], { sent: [d.call("echo", "still here")] })
      .say(d.result("still here"), { outcomes: { after: result("still here") } }),

  "an argument that the schema does not allow is refused and nothing is sent": (d) =>
    new Script(d)
      .connect()
      .begin()
      .call("too long", "shout", ["x".repeat(141)], { outcomes: { "too long": error("SCHEMA_VALUE") } })
      .call("out of range", "transfer", [1, 2, "0"], { outcomes: { "out of range": error("SCHEMA_VALUE") } })
      .call("as long as may be", "shout", ["🙂".repeat(140)], { sent: [d.call("shout", "🙂".repeat(140))] })
      .say(d.noResult, { outcomes: { "as long as may be": result(null) } }),

  "a result of another type is told on that call alone": (d) =>
    new Script(d)
      .connect()
      .begin()
      .call("a", "echo", ["x"], { sent: [d.call("echo", "x")] })
      .call("b", "echo", ["y"], { sent: [d.call("echo", "y")] })
      .say([d.result(5), d.result("y")], { outcomes: { a: error("SCHEMA_MISMATCH"), b: result("y") } }),

  "calls wait for the connection and for bootstrap, which goes first": (d) =>
    new Script(d, { bootstrap: [{ call: "login", args: ["7"] }] })
      .connect()
      .call("a", "echo", ["first"])
      .open()
      .say(d.welcome(), { states: [{ status: "bootstrapping", attempt: 0 }], sent: [d.call("login", 7)] })
      .call("b", "echo", ["second"])
      .say(d.result(7), {
        states: [{ status: "connected", attempt: 0 }],
        sent: [d.call("echo", "first"), d.call("echo", "second")],
      })
      .say([d.result("first"), d.result("second")], { outcomes: { a: result("first"), b: result("second") } }),

  "more calls than may wait are refused": (d) =>
    new Script(d, { maxQueued: 1 })
      .connect()
      .call("a", "echo", ["waits"])
      .call("b", "echo", ["too many"], { outcomes: { b: error("QUEUE_FULL") } })
      .begin({ sent: [d.call("echo", "waits")] })
      .say(d.result("waits"), { outcomes: { a: result("waits") } }),

  "more calls than may be under way wait unsent": (d) =>
    new Script(d, { maxInFlight: 2 })
      .connect()
      .begin()
      .call("a", "echo", ["1"], { sent: [d.call("echo", "1")] })
      .call("b", "echo", ["2"], { sent: [d.call("echo", "2")] })
      .call("c", "echo", ["3"])
      .say(d.result("1"), { sent: [d.call("echo", "3")], outcomes: { a: result("1") } })
      .say([d.result("2"), d.result("3")], { outcomes: { b: result("2"), c: result("3") } }),

  "a call that was not sent in time has no effect": (d) =>
    new Script(d, { callTimeoutMs: 1000 })
      .connect()
      .call("a", "echo", ["late"])
      .wait(999)
      .wait(1, { outcomes: { a: error("CALL_TIMEOUT") } })
      .begin(),

  "a call that was sent and not answered in time may have taken effect; its late answer is not another's": (d) =>
    new Script(d, { callTimeoutMs: 1000 })
      .connect()
      .begin()
      .call("a", "echo", ["slow"], { sent: [d.call("echo", "slow")] })
      .wait(1000, { outcomes: { a: error("OUTCOME_UNKNOWN") } })
      .call("b", "echo", ["next"], { sent: [d.call("echo", "next")] })
      .say(d.result("slow"))
      .say(d.result("next"), { outcomes: { b: result("next") } }),

  "a call under way when the link drops has an unknown outcome, and one that waits is sent later": (d) =>
    new Script(d)
      .connect()
      .begin()
      .call("a", "echo", ["under way"], { sent: [d.call("echo", "under way")] })
      .lose(1, 125, { told: [["client", "stale"]], outcomes: { a: error("OUTCOME_UNKNOWN") } })
      .call("b", "echo", ["waits"])
      .redial(1, 125)
      .begin({ sent: [d.call("echo", "waits")], told: [["client", "resynced"]] }, 1)
      .say(d.result("waits"), { outcomes: { b: result("waits") } }),

  "a @once call is sent again with the same id, before newer calls": (d) =>
    new Script(d)
      .connect()
      .begin()
      .call("a", "buy", [3, 1], { sent: [d.once("a", "buy", 3, 1)] })
      .call("b", "buy", [4, 1], { sent: [d.once("b", "buy", 4, 1)] })
      .lose(1, 125, { told: [["client", "stale"]] })
      .call("c", "echo", ["newer"])
      .redial(1, 125)
      .begin(
        {
          sent: [d.once("a", "buy", 3, 1), d.once("b", "buy", 4, 1), d.call("echo", "newer")],
          told: [["client", "resynced"]],
        },
        1,
      )
      .say(d.result({ item: 3, left: { $int: "9007199254740993" }, notes: ["a", "b"] }), {
        outcomes: { a: result({ item: 3, left: "9007199254740993", notes: ["a", "b"] }) },
      })
      .say([d.result({ item: 4, left: 0, notes: [], note: "last" }), d.result("newer")], {
        outcomes: { b: result({ item: 4, left: "0", notes: [], note: "last" }), c: result("newer") },
      }),

  "a client that is closed settles everything": (d) =>
    new Script(d, { maxInFlight: 1 })
      .connect()
      .begin()
      .call("a", "echo", ["under way"], { sent: [d.call("echo", "under way")] })
      .call("b", "echo", ["waits"])
      .step(
        { do: "close" },
        {
          ended: true,
          states: [{ status: "closed", attempt: 0 }],
          outcomes: { a: error("OUTCOME_UNKNOWN"), b: error("CONNECTION_CLOSED") },
        },
      )
      .call("c", "echo", ["too late"], { outcomes: { c: error("CONNECTION_CLOSED") } }),
};
