import { type Account, type Dialect, shown } from "./dialect.js";
import { Script } from "./script.js";

const ONE: Account = { id: 1, number: 10 };
const TWO: Account = { id: 2, number: 20 };
const THREE: Account = { id: 3, number: 30 };
const richer = (account: Account, balance: number): Account => ({ ...account, balance });

/** `session/live.json`. */
export const liveScripts: Readonly<Record<string, (d: Dialect) => Script>> = {
  "the first rows are inserts, then come the changes": (d) =>
    new Script(d)
      .connect()
      .begin()
      .range("q", { sent: [d.subscribe()] })
      .say(d.subscribed(1, 1, [ONE, TWO]), {
        told: [
          ["q", "insert", shown(ONE)],
          ["q", "insert", shown(TWO)],
        ],
      })
      .say(d.update(1, 2, [richer(ONE, 5), THREE], [2]), {
        told: [
          ["q", "delete", shown(TWO)],
          ["q", "update", shown(ONE), shown(richer(ONE, 5))],
          ["q", "insert", shown(THREE)],
        ],
      })
      .say(d.update(1, 3, [richer(ONE, 5)])),

  "a row that does not exist yet stays live, also when another row takes its key": (d) =>
    new Script(d)
      .connect()
      .begin()
      .step({ do: "get", as: "q", component: "Account", index: "number", value: 10 }, { sent: [d.subscribeToOne(10)] })
      .say(d.subscribed(1, 1, []))
      .say(d.update(1, 2, [ONE]), { told: [["q", "insert", shown(ONE)]] })
      .say(d.update(1, 3, [{ id: 5, number: 10 }], [1]), {
        told: [
          ["q", "delete", shown(ONE)],
          ["q", "insert", shown({ id: 5, number: 10 })],
        ],
      })
      .say(d.update(1, 4, [], [5]), { told: [["q", "delete", shown({ id: 5, number: 10 })]] }),

  "a live query that waits for the connection is asked for before the calls that wait": (d) =>
    new Script(d)
      .connect()
      .call("a", "echo", ["waits"])
      .range("q")
      .begin({ sent: [d.subscribe(), d.call("echo", "waits")] }),

  "equal live queries share one subscription, which ends with the last": (d) =>
    new Script(d)
      .connect()
      .begin()
      .range("q", { sent: [d.subscribe()] })
      .range("r")
      .say(d.subscribed(1, 1, [ONE]), {
        told: [
          ["q", "insert", shown(ONE)],
          ["r", "insert", shown(ONE)],
        ],
      })
      .step({ do: "dispose", query: "q" }, {})
      .say(d.update(1, 2, [], [1]), { told: [["r", "delete", shown(ONE)]] })
      .step({ do: "dispose", query: "r" }, { sent: [d.unsubscribe(1)] })
      .say(d.update(1, 3, [TWO])),

  "an event is told after the rows of its transaction, and rows before the answer of the call": (d) =>
    new Script(d)
      .connect()
      .begin()
      .step({ do: "listen", event: "Shout" }, {})
      .range("q", { sent: [d.subscribe()] })
      .say(d.subscribed(1, 1, []))
      .call("a", "any", [], { sent: [d.call("any")] })
      .say([d.update(1, 2, [ONE]), d.shout(7, "done"), d.noResult], {
        told: [
          ["q", "insert", shown(ONE)],
          ["event", "Shout", { from: "7", text: "done" }],
        ],
        outcomes: { a: { result: null } },
      }),

  "after a reconnect the one difference is told, without rows that did not change": (d) =>
    new Script(d)
      .connect()
      .begin()
      .range("q", { sent: [d.subscribe()] })
      .say(d.subscribed(1, 1, [ONE, TWO, THREE]), {
        told: [ONE, TWO, THREE].map((row) => ["q", "insert", shown(row)]),
      })
      .lose(1, 125, {
        told: [
          ["q", "stale"],
          ["client", "stale"],
        ],
      })
      .redial(1, 125)
      .begin({ sent: [d.subscribe()] }, 1)
      .say(d.subscribed(8, 9, [TWO, richer(THREE, 9), { id: 4, number: 40 }]), {
        told: [
          ["q", "delete", shown(ONE)],
          ["q", "update", shown(THREE), shown(richer(THREE, 9))],
          ["q", "insert", shown({ id: 4, number: 40 })],
          ["q", "resynced"],
          ["client", "resynced"],
        ],
      })
      .say(d.update(8, 10, [], [4]), { told: [["q", "delete", shown({ id: 4, number: 40 })]] }),

  "after a reconnect nothing is told before the last live query has its answer, updates meanwhile included": (d) =>
    new Script(d)
      .connect()
      .begin()
      .range("q", { sent: [d.subscribe()] })
      .range("r", { sent: [d.subscribe({ left: 20, right: 25 })] }, 20, 25)
      .say([d.subscribed(1, 1, [ONE]), d.subscribed(2, 1, [])], { told: [["q", "insert", shown(ONE)]] })
      .lose(1, 125, {
        told: [
          ["q", "stale"],
          ["r", "stale"],
          ["client", "stale"],
        ],
      })
      .redial(1, 125)
      .begin({ sent: [d.subscribe(), d.subscribe({ left: 20, right: 25 })] }, 1)
      .say(d.subscribed(1, 5, [richer(ONE, 7), TWO]))
      .say(d.update(1, 6, [ONE, THREE], [2]))
      .say(d.subscribed(2, 6, [TWO]), {
        told: [
          ["q", "insert", shown(THREE)],
          ["q", "resynced"],
          ["r", "insert", shown(TWO)],
          ["r", "resynced"],
          ["client", "resynced"],
        ],
      }),

  "a live query that is disposed while the link is down is not asked for again": (d) =>
    new Script(d)
      .connect()
      .begin()
      .range("q", { sent: [d.subscribe()] })
      .say(d.subscribed(1, 1, []))
      .lose(1, 125, {
        told: [
          ["q", "stale"],
          ["client", "stale"],
        ],
      })
      .step({ do: "dispose", query: "q" }, {})
      .redial(1, 125)
      .begin({ told: [["client", "resynced"]] }, 1),

  "a refused live query is asked for again after a call that succeeds, at most once a second": (d) =>
    new Script(d)
      .connect()
      .begin()
      .range("q", { sent: [d.subscribe()] })
      .say(d.refused("FORBIDDEN"), { told: [["q", "error", "SUBSCRIPTION_REFUSED"]] })
      .call("a", "login", ["7"], { sent: [d.call("login", 7)] })
      .say(d.result(7), { sent: [d.subscribe()], outcomes: { a: { result: "7" } } })
      .say(d.refused("FORBIDDEN"))
      .call("b", "login", ["8"], { sent: [d.call("login", 8)] })
      .say(d.result(8), { outcomes: { b: { result: "8" } } })
      .wait(999)
      .wait(1, { sent: [d.subscribe()] })
      .say(d.subscribed(1, 1, [ONE]), {
        told: [
          ["q", "insert", shown(ONE)],
          ["q", "resynced"],
        ],
      }),

  "a row that cannot be read fails its live query alone": (d) =>
    new Script(d)
      .connect()
      .begin()
      .range("q", { sent: [d.subscribe()] })
      .range("r", { sent: [d.subscribe({ left: 20, right: 25 })] }, 20, 25)
      .say([d.subscribed(1, 1, [ONE]), d.subscribed(2, 1, [])], { told: [["q", "insert", shown(ONE)]] })
      .say(wrongRow(d), {
        sent: [d.unsubscribe(1)],
        told: [
          ["q", "delete", shown(ONE)],
          ["q", "error", "SCHEMA_MISMATCH"],
        ],
      })
      .say(d.update(2, 3, [TWO]), { told: [["r", "insert", shown(TWO)]] }),

  "a client that is closed keeps its rows and says why": (d) =>
    new Script(d)
      .connect()
      .begin()
      .range("q", { sent: [d.subscribe()] })
      .say(d.subscribed(1, 1, [ONE]), { told: [["q", "insert", shown(ONE)]] })
      .step(
        { do: "close" },
        {
          ended: true,
          states: [{ status: "closed", attempt: 0 }],
          told: [
            ["q", "stale"],
            ["q", "error", "CONNECTION_CLOSED"],
          ],
        },
      ),
};

/** The number of an account as text. */
function wrongRow(d: Dialect): ReturnType<Dialect["saying"]> {
  return d.saying(
    d.protocol === "hetu.2"
      ? { frame: "update", position: 2, "subscription, delta": [1, [[], [[4, "forty", 0]]]] }
      : {
          frame: "update",
          subscription: "subscription 1",
          rows: { $map: [[4, { id: 4, number: "forty", balance: 0 }]] },
        },
  );
}
