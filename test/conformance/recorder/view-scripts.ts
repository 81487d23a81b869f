import { USER } from "./world.js";
import { ME, type QueryScript, type ViewScript } from "./views.js";

const LEAST = { $f64: "-Infinity" };
const GREATEST = { $f64: "Infinity" };

/** Players by their place, as far as 10. */
const near: QueryScript = { component: "Position", index: "x", left: 0, right: 10, limit: 100 };
const accounts: QueryScript = {
  component: "Account",
  index: "number",
  left: null,
  right: null,
  wireLeft: LEAST,
  wireRight: GREATEST,
  limit: 3,
};

/** `views/ranges.json`. */
export const rangeScripts: readonly ViewScript[] = [
  {
    name: "rows come, change and go",
    query: near,
    user: USER,
    steps: [
      { name: "a row comes", work: (ctx) => ctx.Position.insert({ owner: 1n, x: 5 }) },
      { name: "a column changes", work: (ctx) => ctx.Position.update({ owner: 1n }, { y: 2.5 }) },
      { name: "a column beyond the query does not matter", work: (ctx) => ctx.Account.insert({ number: 1 }) },
      { name: "a row moves within the range", work: (ctx) => ctx.Position.update({ owner: 1n }, { x: 6, zone: 3 }) },
      { name: "a row leaves the range", work: (ctx) => ctx.Position.update({ owner: 1n }, { x: 11 }) },
      { name: "a row that is out of the range changes", work: (ctx) => ctx.Position.update({ owner: 1n }, { x: 12 }) },
      { name: "a row enters the range", work: (ctx) => ctx.Position.update({ owner: 1n }, { x: 10 }) },
      { name: "a row is deleted", work: (ctx) => ctx.Position.delete({ owner: 1n }) },
    ],
  },
  {
    name: "the changes of one transaction come together",
    query: near,
    user: USER,
    before: async (ctx) => {
      for (const owner of [1n, 2n, 3n, 4n]) await ctx.Position.insert({ owner, x: Number(owner) });
    },
    steps: [
      {
        name: "two of each kind",
        async work(ctx) {
          await ctx.Position.insert({ owner: 6n, x: 0.5 });
          await ctx.Position.update({ owner: 4n }, { y: 1 });
          await ctx.Position.delete({ owner: 2n });
          await ctx.Position.insert({ owner: 5n, x: 9 });
          await ctx.Position.update({ owner: 3n }, { x: 0.25 });
          await ctx.Position.update({ owner: 1n }, { x: 20 });
        },
      },
      {
        name: "two rows change places",
        async work(ctx) {
          await ctx.Position.update({ owner: 3n }, { x: 4 });
          await ctx.Position.update({ owner: 4n }, { x: 0.25 });
        },
      },
      {
        name: "a row that comes and goes in one transaction is not told",
        async work(ctx) {
          await ctx.Position.insert({ owner: 9n, x: 1 });
          await ctx.Position.delete({ owner: 9n });
        },
      },
      {
        name: "a row that is replaced is a delete and an insert",
        async work(ctx) {
          await ctx.Position.delete({ owner: 5n });
          await ctx.Position.insert({ owner: 5n, x: 9 });
        },
      },
    ],
  },
  {
    name: "rows with equal keys are ordered by id, and all of it turns around with desc",
    query: { ...near, desc: true },
    user: USER,
    before: async (ctx) => {
      for (const owner of [1n, 2n, 3n]) await ctx.Position.insert({ owner, x: 5 });
    },
    steps: [
      { name: "a row comes between", work: (ctx) => ctx.Position.insert({ owner: 4n, x: 5 }) },
      { name: "one moves to the front", work: (ctx) => ctx.Position.update({ owner: 1n }, { x: 7 }) },
      { name: "negative zero is zero to the order", work: (ctx) => ctx.Position.update({ owner: 2n }, { x: -0 }) },
    ],
  },
];

/** `views/windows.json`. */
export const windowScripts: readonly ViewScript[] = [
  {
    name: "a window stays filled",
    query: accounts,
    before: async (ctx) => {
      for (const number of [10, 20, 30, 40, 50]) await ctx.Account.insert({ number });
    },
    steps: [
      { name: "the first row leaves, the next one moves in", work: (ctx) => ctx.Account.delete({ number: 10 }) },
      { name: "a row comes before, the last one moves out", work: (ctx) => ctx.Account.insert({ number: 5 }) },
      { name: "a row behind the window is nobody's business", work: (ctx) => ctx.Account.insert({ number: 60 }) },
      { name: "a row of the window changes", work: (ctx) => ctx.Account.update({ number: 20 }, { balance: 7n }) },
      { name: "a row moves behind the window", work: (ctx) => ctx.Account.update({ number: 5 }, { number: 70 }) },
      {
        name: "the window is replaced as a whole",
        async work(ctx) {
          for (const number of [1, 2, 3]) await ctx.Account.insert({ number });
        },
      },
      {
        name: "fewer rows are left than it holds",
        async work(ctx) {
          for (const number of [1, 2, 3, 20, 30, 40, 50, 60]) await ctx.Account.delete({ number });
        },
      },
    ],
  },
  {
    name: "a window from the end",
    query: { ...accounts, limit: 2, desc: true },
    before: async (ctx) => {
      for (const number of [10, 20, 30]) await ctx.Account.insert({ number });
    },
    steps: [
      { name: "a greater row comes", work: (ctx) => ctx.Account.insert({ number: 40 }) },
      { name: "the greatest goes", work: (ctx) => ctx.Account.delete({ number: 40 }) },
    ],
  },
  {
    name: "the window of one row, empty at first",
    query: { component: "Position", index: "owner", left: "1", right: "1", wireLeft: 1, wireRight: 1, limit: 1 },
    user: USER,
    steps: [
      { name: "the row comes", work: (ctx) => ctx.Position.insert({ owner: 1n, x: 5 }) },
      { name: "it changes", work: (ctx) => ctx.Position.update({ owner: 1n }, { x: 6 }) },
      {
        name: "another row takes the key",
        async work(ctx) {
          await ctx.Position.update({ owner: 1n }, { owner: 2n });
          await ctx.Position.insert({ owner: 1n, x: 7 });
        },
      },
      { name: "it goes", work: (ctx) => ctx.Position.delete({ owner: 1n }) },
    ],
  },
];

/** `views/security.json`. */
export const securityScripts: readonly ViewScript[] = [
  {
    name: "rows that are the caller's alone",
    query: {
      component: "Inventory",
      index: "owner,item",
      left: [String(USER)],
      right: [String(USER)],
      wireLeft: [USER],
      wireRight: [USER],
      limit: 10,
    },
    user: USER,
    before: async (ctx) => {
      await ctx.Inventory.insert({ owner: ME, item: 1 });
      await ctx.Inventory.insert({ owner: 8n, item: 1 });
    },
    steps: [
      { name: "one more", work: (ctx) => ctx.Inventory.insert({ owner: ME, item: 2, source: "found" }) },
      { name: "another's is not told", work: (ctx) => ctx.Inventory.insert({ owner: 8n, item: 2 }) },
      {
        name: "a column for admins alone changes",
        work: (ctx) => ctx.Inventory.update({ owner: ME, item: 1 }, { source: "a gift" }),
      },
      { name: "given away", work: (ctx) => ctx.Inventory.update({ owner: ME, item: 1 }, { owner: 9n }) },
    ],
  },
  {
    name: "rows by a value of the session",
    query: { component: "Notice", index: "guild", left: "5", right: "6", wireLeft: 5, wireRight: 6, limit: 10 },
    user: USER,
    before: async (ctx) => {
      await ctx.Notice.insert({ guild: 5n, text: "five" });
      await ctx.Notice.insert({ guild: 6n, text: "six" });
    },
    steps: [
      {
        name: "the caller joins a guild, its rows come",
        work: (ctx) => Promise.resolve((ctx.session.guild = 5n)),
        ofSession: true,
      },
      {
        name: "the caller changes the guild",
        work: (ctx) => Promise.resolve((ctx.session.guild = 6n)),
        ofSession: true,
      },
    ],
  },
  {
    name: "a column that only its owner reads",
    query: { component: "Profile", index: "owner", left: "7", right: "8", wireLeft: 7, wireRight: 8, limit: 10 },
    user: USER,
    before: async (ctx) => {
      await ctx.Profile.insert({ owner: ME, name: "me", secret: "mine" });
      await ctx.Profile.insert({ owner: 8n, name: "you", secret: "yours" });
    },
    steps: [
      { name: "my secret changes", work: (ctx) => ctx.Profile.update({ owner: ME }, { secret: "still mine" }) },
      { name: "another's secret changes", work: (ctx) => ctx.Profile.update({ owner: 8n }, { secret: "not mine" }) },
      { name: "another's name changes", work: (ctx) => ctx.Profile.update({ owner: 8n }, { name: "they" }) },
    ],
  },
];
