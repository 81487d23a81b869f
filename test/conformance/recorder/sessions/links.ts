import { RECORDED_AT } from "../world.js";
import type { Dialect } from "./dialect.js";
import { Script } from "./script.js";

const LOGIN = { bootstrap: [{ call: "login", args: ["7"] }] };

/** `session/links.json`. */
export const linkScripts: Readonly<Record<string, (d: Dialect) => Script>> = {
  "the wait doubles with each attempt that fails, and starts anew after a link that has held": (d) =>
    new Script(d)
      .connect()
      .lose(1, 125)
      .redial(1, 125)
      .lose(2, 250)
      .redial(2, 250)
      .lose(3, 500)
      .redial(3, 500)
      .begin({}, 3)
      .wait(9_999)
      .lose(4, 1000, { told: [["client", "stale"]] })
      .redial(4, 1000)
      .begin({ told: [["client", "resynced"]] }, 4)
      .wait(10_000)
      .lose(1, 125, { told: [["client", "stale"]] })
      .redial(1, 125),

  "an attempt that comes to nothing is given up": (d) =>
    new Script(d)
      .connect()
      .wait(9_999)
      .wait(1, {
        ended: true,
        states: [{ status: "waiting", attempt: 1, retryInMs: 125, error: "CONNECTION_LOST" }],
      }),

  "attempts are counted": (d) =>
    new Script(d, { maxAttempts: 1 })
      .connect()
      .lose(1, 125)
      .redial(1, 125)
      .step({ do: "lose", code: 1006 }, { states: [{ status: "closed", attempt: 1, error: "CONNECTION_LOST" }] }),

  ...Object.fromEntries(
    [4001, 4003, 4004, 4005].map((code) => [
      `the close code ${code} is final`,
      (d: Dialect) =>
        new Script(d)
          .connect()
          .begin()
          .call("a", "echo", ["x"], { sent: [d.call("echo", "x")] })
          .step(
            { do: "lose", code },
            {
              states: [{ status: "closed", attempt: 0, error: "CONNECTION_LOST" }],
              outcomes: { a: { error: "OUTCOME_UNKNOWN" } },
            },
          ),
    ]),
  ),

  "a server that closes when something fails is connected to again": (d) =>
    new Script(d, LOGIN)
      .connect()
      .open()
      .say(d.welcome(), { states: [{ status: "bootstrapping", attempt: 0 }], sent: [d.call("login", 7)] })
      .say(d.result(7), { states: [{ status: "connected", attempt: 0 }] })
      .call("a", "any", [], { sent: [d.call("any")] })
      .lose(1, 125, { told: [["client", "stale"]], outcomes: { a: { error: "OUTCOME_UNKNOWN" } } }, 1011)
      .redial(1, 125)
      .open()
      .say(d.welcome(), { states: [{ status: "bootstrapping", attempt: 1 }], sent: [d.call("login", 7)] })
      .say(d.result(7), { states: [{ status: "connected", attempt: 1 }], told: [["client", "resynced"]] }),

  "a bootstrap that is refused for good closes the client": (d) =>
    new Script(d, LOGIN)
      .connect()
      .call("a", "echo", ["waits"])
      .open()
      .say(d.welcome(), { states: [{ status: "bootstrapping", attempt: 0 }], sent: [d.call("login", 7)] })
      .say(d.rejection("login", "FORBIDDEN"), {
        ended: true,
        states: [{ status: "closed", attempt: 0, error: "FORBIDDEN" }],
        outcomes: { a: { error: "CONNECTION_CLOSED" } },
      }),

  "a bootstrap that may succeed next time is tried again": (d) =>
    new Script(d, LOGIN)
      .connect()
      .open()
      .say(d.welcome(), { states: [{ status: "bootstrapping", attempt: 0 }], sent: [d.call("login", 7)] })
      .say(d.rejection("login", "RATE_LIMITED"), {
        ended: true,
        states: [{ status: "waiting", attempt: 1, retryInMs: 125, error: "CONNECTION_LOST" }],
      })
      .redial(1, 125)
      .open()
      .say(d.welcome(), { states: [{ status: "bootstrapping", attempt: 1 }], sent: [d.call("login", 7)] })
      .say(d.result(7), { states: [{ status: "connected", attempt: 1 }] }),

  "a link over which nothing comes is asked for a sign of life, then dropped": (d) =>
    new Script(d)
      .connect()
      .begin()
      .wait(19_999)
      .wait(1, { sent: [d.signOfLife] })
      .step(d.protocol === "hetu.2" ? { do: "say", messages: [pong(d)] } : { do: "text" }, {})
      .wait(9_999)
      .wait(10_001, { sent: [d.signOfLife] })
      .wait(9_999)
      .wait(1, {
        ended: true,
        told: [["client", "stale"]],
        states: [{ status: "waiting", attempt: 1, retryInMs: 125, error: "CONNECTION_LOST" }],
      }),

  "what is no frame ends the link": (d) =>
    new Script(d)
      .connect()
      .begin()
      .step(
        { do: "say", messages: [{ frames: [], hex: "c1" }] },
        {
          ended: true,
          told: [["client", "stale"]],
          states: [{ status: "waiting", attempt: 1, retryInMs: 125, error: "CONNECTION_LOST" }],
        },
      ),

  "a header that announces more than there is ends the link": (d) =>
    new Script(d)
      .connect()
      .begin()
      .step(
        { do: "say", messages: [{ frames: [], hex: "ddffffffff" }] },
        {
          ended: true,
          told: [["client", "stale"]],
          states: [{ status: "waiting", attempt: 1, retryInMs: 125, error: "CONNECTION_LOST" }],
        },
      ),

  "an answer that nobody waits for ends the link": (d) =>
    new Script(d)
      .connect()
      .begin()
      .say(d.result("of what?"), {
        ended: true,
        told: [["client", "stale"]],
        states: [{ status: "waiting", attempt: 1, retryInMs: 125, error: "CONNECTION_LOST" }],
      }),

  "frames of an unknown kind and unknown events are ignored": (d) =>
    new Script(d)
      .connect()
      .begin()
      .step({ do: "say", messages: [unknownFrame(d)] }, {})
      .step({ do: "listen", event: "Shout" }, {})
      .say(d.shout(9, "hello"), { told: [["event", "Shout", { from: "9", text: "hello" }]] })
      .call("a", "echo", ["x"], { sent: [d.call("echo", "x")] })
      .say(d.result("x"), { outcomes: { a: { result: "x" } } }),
};

/** `session/hetu1-fallback.json`: of clients that may speak both. */
export const fallbackScripts: Readonly<Record<string, (d: Dialect) => Script>> = {
  "a server that selects no subprotocol is spoken to in hetu.1 on that very connection": (d) =>
    new Script(d, { protocols: ["hetu.2", "hetu.1"] })
      .step({ do: "connect" }, { dials: [["hetu.2"]] })
      .begin()
      .call("a", "echo", ["x"], { sent: [d.call("echo", "x")] })
      .say(d.result("x"), { outcomes: { a: { result: "x" } } }),
};

function pong(d: Dialect): { readonly frames: readonly { readonly frame: string }[]; readonly hex: string } {
  return { frames: [{ frame: "pong" }], hex: d.saying({ frame: "pong" }).hex };
}

/** What a newer server may push. */
function unknownFrame(d: Dialect): { readonly frames: readonly []; readonly hex: string } {
  return { frames: [], hex: d.protocol === "hetu.2" ? "9263a16e" : "92a36e6577a16e" };
}

/** Times of scripts count from here. */
export const SCRIPT_TIME: number = RECORDED_AT;
