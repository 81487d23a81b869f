import { USER } from "./world.js";
import { ME, type QueryScript, type ViewScript } from "./views.js";

const things: QueryScript = {
  component: "Thing",
  index: "owner",
  left: null,
  right: null,
  wireLeft: { $f64: "-Infinity" },
  wireRight: { $f64: "Infinity" },
  limit: 10,
};

const profiles: QueryScript = {
  component: "Profile",
  index: "owner",
  left: String(USER),
  right: String(USER + 1),
  wireLeft: USER,
  wireRight: USER + 1,
  limit: 10,
};

const twoProfiles: ViewScript["before"] = async (ctx) => {
  await ctx.Profile.insert({ owner: ME, name: "me", secret: "mine" });
  await ctx.Profile.insert({ owner: ME + 1n, name: "you", secret: "yours" });
};

/** The largest finite float of 32 bits, and the smallest above 0. */
const MAX_F32 = 3.4028234663852886e38;
const MIN_F32 = 1.401298464324817e-45;

/** `rows/limits.json`: a column of every type at its limits. */
export const limitScripts: readonly ViewScript[] = [
  {
    name: "defaults",
    query: things,
    before: (ctx) => ctx.Thing.insert({ owner: 0n, at: 0 }),
    steps: [],
  },
  {
    name: "the least of everything",
    query: things,
    before: (ctx) =>
      ctx.Thing.insert({
        owner: -(2n ** 63n),
        flag: false,
        i8Value: -0x80,
        i16Value: -0x8000,
        i32Value: -0x8000_0000,
        i64Value: -(2n ** 63n),
        u8Value: 0,
        u16Value: 0,
        u32Value: 0,
        u64Value: 0n,
        f32Value: -MAX_F32,
        f64Value: -Number.MAX_VALUE,
        at: -8.64e15,
        name: "",
        team: "red",
        data: new Uint8Array(0),
      }),
    steps: [],
  },
  {
    name: "the greatest of everything",
    query: things,
    before: (ctx) =>
      ctx.Thing.insert({
        owner: 2n ** 63n - 1n,
        flag: true,
        i8Value: 0x7f,
        i16Value: 0x7fff,
        i32Value: 0x7fff_ffff,
        i64Value: 2n ** 63n - 1n,
        u8Value: 0xff,
        u16Value: 0xffff,
        u32Value: 0xffff_ffff,
        u64Value: 2n ** 64n - 1n,
        f32Value: MAX_F32,
        f64Value: Number.MAX_VALUE,
        at: 8.64e15,
        name: "\u{10ffff}".repeat(32),
        team: "blue",
        data: new Uint8Array(16).fill(0xff),
      }),
    steps: [],
  },
  {
    name: "floats that are no ordinary numbers, integers beyond 53 bits, text of several alphabets",
    query: things,
    before: async (ctx) => {
      await ctx.Thing.insert({
        owner: 1n,
        f32Value: -0,
        f64Value: -0,
        at: 1,
        name: "naïve 🙂 漢字",
        i64Value: 2n ** 53n + 1n,
      });
      await ctx.Thing.insert({
        owner: 2n,
        f32Value: Infinity,
        f64Value: Infinity,
        at: 2,
        name: "a\0b",
        u64Value: 2n ** 63n,
      });
      await ctx.Thing.insert({
        owner: 3n,
        f32Value: -Infinity,
        f64Value: -Infinity,
        at: 3,
        name: "(",
        i64Value: -(2n ** 53n) - 1n,
      });
      await ctx.Thing.insert({ owner: 4n, f32Value: MIN_F32, f64Value: Number.MIN_VALUE, at: 4, name: "[" });
      await ctx.Thing.insert({ owner: 5n, f32Value: 0.1, f64Value: 0.1, at: 5, name: "👩‍👩‍👧" });
      await ctx.Thing.insert({ owner: 6n, f32Value: 16777216, f64Value: 2 ** 53, at: 6, name: "whole floats" });
    },
    steps: [
      {
        name: "one column of each type changes",
        work: (ctx) =>
          ctx.Thing.update(
            { owner: 6n },
            {
              flag: true,
              i8Value: -1,
              i16Value: -129,
              i32Value: -32769,
              i64Value: -(2n ** 40n),
              u8Value: 128,
              u16Value: 256,
              u32Value: 65536,
              u64Value: 2n ** 40n,
              f32Value: 1.5,
              f64Value: -1.5,
              at: 1_800_000_000_000,
              team: "blue",
              data: Uint8Array.of(0, 1, 2),
            },
          ),
      },
      {
        name: "zero turns into negative zero",
        work: (ctx) => ctx.Thing.update({ owner: 6n }, { f32Value: 0, f64Value: 0 }),
      },
      { name: "and that is a change", work: (ctx) => ctx.Thing.update({ owner: 6n }, { f64Value: -0 }) },
      { name: "the last column alone", work: (ctx) => ctx.Thing.update({ owner: 1n }, { data: Uint8Array.of(9) }) },
    ],
  },
];

/** `rows/audiences.json`: the same rows to readers who may see more or less of them. */
export const audienceScripts: readonly ViewScript[] = [
  { name: "to the owner of one of them", query: profiles, user: USER, before: twoProfiles, steps: [] },
  { name: "to another user", query: profiles, user: 1, before: twoProfiles, steps: [] },
  { name: "to nobody in particular", query: profiles, before: twoProfiles, steps: [] },
];
