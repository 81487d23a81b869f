import { type Account, type Dialect, type Saying, shown } from "./dialect.js";
import { Script } from "./script.js";

const TOKEN = "00112233445566778899aabbccddeeff";
const NEXT_TOKEN = "ffeeddccbbaa99887766554433221100";
const ONE: Account = { id: 1, number: 10 };
const TWO: Account = { id: 2, number: 20 };
const LOGIN = { bootstrap: [{ call: "login", args: ["7"] }] };

/** A session with a token and one live query that shows two rows at position 7. */
function started(d: Dialect): Script {
  return new Script(d, LOGIN)
    .connect()
    .open()
    .say(d.welcome({ token: TOKEN }), {
      states: [{ status: "bootstrapping", attempt: 0 }],
      sent: [d.call("login", 7)],
    })
    .say(d.result(7), { states: [{ status: "connected", attempt: 0 }] })
    .range("q", { sent: [d.subscribe()] })
    .say(d.subscribed(1, 5, [ONE]), { told: [["q", "insert", shown(ONE)]] })
    .say(d.update(1, 7, [TWO]), { told: [["q", "insert", shown(TWO)]] })
    .lose(1, 125, {
      told: [
        ["q", "stale"],
        ["client", "stale"],
      ],
    })
    .redial(1, 125)
    .open([{ $bin: TOKEN }, 7]);
}

function caughtUp(d: Dialect, subscription: number, position: number, delta: Parameters<Dialect["delta"]>): Saying {
  return d.saying({ frame: "caught up", subscription, position, delta: d.delta(...delta) });
}

/** `session/resume.json`, of hetu.2 alone. */
export const resumeScripts: Readonly<Record<string, (d: Dialect) => Script>> = {
  "a session that is resumed skips bootstrap and gets only what it missed": (d) =>
    started(d)
      .say(d.welcome({ token: NEXT_TOKEN, resumed: true }), {
        states: [{ status: "connected", attempt: 1 }],
        sent: [d.subscribe({ held: [1, 2] })],
      })
      .say(caughtUp(d, 3, 9, [[{ id: 3, number: 15 }], [1]]), {
        told: [
          ["q", "delete", shown(ONE)],
          ["q", "insert", shown({ id: 3, number: 15 })],
          ["q", "resynced"],
          ["client", "resynced"],
        ],
      })
      .say(d.update(3, 10, [{ ...TWO, balance: 1 }]), {
        told: [["q", "update", shown(TWO), shown({ ...TWO, balance: 1 })]],
      }),

  "nothing was missed": (d) =>
    started(d)
      .say(d.welcome({ token: NEXT_TOKEN, resumed: true }), {
        states: [{ status: "connected", attempt: 1 }],
        sent: [d.subscribe({ held: [1, 2] })],
      })
      .say(caughtUp(d, 3, 9, [[], []]), {
        told: [
          ["q", "resynced"],
          ["client", "resynced"],
        ],
      }),

  "one column of a row that is held has changed": (d) =>
    started(d)
      .say(d.welcome({ token: NEXT_TOKEN, resumed: true }), {
        states: [{ status: "connected", attempt: 1 }],
        sent: [d.subscribe({ held: [1, 2] })],
      })
      .say(d.saying({ frame: "caught up", subscription: 3, position: 9, delta: [[[2, 2, 500]]] }), {
        told: [
          ["q", "update", shown(TWO), shown({ ...TWO, balance: 500 })],
          ["q", "resynced"],
          ["client", "resynced"],
        ],
      }),

  "a server that resumes but cannot tell the difference gives all rows": (d) =>
    started(d)
      .say(d.welcome({ token: NEXT_TOKEN, resumed: true }), {
        states: [{ status: "connected", attempt: 1 }],
        sent: [d.subscribe({ held: [1, 2] })],
      })
      .say(d.subscribed(3, 9, [TWO]), {
        told: [
          ["q", "delete", shown(ONE)],
          ["q", "resynced"],
          ["client", "resynced"],
        ],
      }),

  "a token that is not taken means a new session": (d) =>
    started(d)
      .say(d.welcome({ token: NEXT_TOKEN }), {
        states: [{ status: "bootstrapping", attempt: 1 }],
        sent: [d.call("login", 7)],
      })
      .say(d.result(7), { states: [{ status: "connected", attempt: 1 }], sent: [d.subscribe()] })
      .say(d.subscribed(1, 9, [TWO]), {
        told: [
          ["q", "delete", shown(ONE)],
          ["q", "resynced"],
          ["client", "resynced"],
        ],
      }),

  "a second loss is resumed with the newer token": (d) =>
    started(d)
      .say(d.welcome({ token: NEXT_TOKEN, resumed: true }), {
        states: [{ status: "connected", attempt: 1 }],
        sent: [d.subscribe({ held: [1, 2] })],
      })
      .say(caughtUp(d, 3, 9, [[], [1]]), {
        told: [
          ["q", "delete", shown(ONE)],
          ["q", "resynced"],
          ["client", "resynced"],
        ],
      })
      .lose(2, 250, {
        told: [
          ["q", "stale"],
          ["client", "stale"],
        ],
      })
      .redial(2, 250)
      .open([{ $bin: NEXT_TOKEN }, 9]),

  "a @once call that was under way is sent again in the resumed session": (d) =>
    new Script(d)
      .connect()
      .open()
      .say(d.welcome({ token: TOKEN }), {
        states: [
          { status: "bootstrapping", attempt: 0 },
          { status: "connected", attempt: 0 },
        ],
      })
      .call("a", "buy", [3, 1], { sent: [d.once("a", "buy", 3, 1)] })
      .lose(1, 125, { told: [["client", "stale"]] })
      .redial(1, 125)
      .open([{ $bin: TOKEN }, 0])
      .say(d.welcome({ token: NEXT_TOKEN, resumed: true }), {
        states: [{ status: "connected", attempt: 1 }],
        told: [["client", "resynced"]],
        sent: [d.once("a", "buy", 3, 1)],
      })
      .say(d.result({ item: 3, left: 1, notes: [] }), {
        outcomes: { a: { result: { item: 3, left: "1", notes: [] } } },
      }),
};
