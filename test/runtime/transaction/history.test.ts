import { expect, it } from "vitest";
import { findAnomaly, type HistoryTransaction } from "./history.js";

function transaction(name: string, part: Partial<HistoryTransaction>): HistoryTransaction {
  return { name, start: 0, end: Infinity, reads: [], appends: [], ...part };
}

const appendA = { key: 1, value: "a" };
const appendB = { key: 2, value: "b" };

it("accepts a history that some order explains", () => {
  const history = [
    transaction("T1", { appends: [appendA] }),
    transaction("T2", { reads: [{ key: 1, values: ["a"] }], appends: [appendB] }),
  ];
  expect(
    findAnomaly(
      history,
      new Map([
        [1, ["a"]],
        [2, ["b"]],
      ]),
    ),
  ).toBeUndefined();
});

it("finds write skew: each of two transactions missed what the other wrote", () => {
  const history = [
    transaction("T1", { reads: [{ key: 2, values: [] }], appends: [appendA] }),
    transaction("T2", { reads: [{ key: 1, values: [] }], appends: [appendB] }),
  ];
  expect(
    findAnomaly(
      history,
      new Map([
        [1, ["a"]],
        [2, ["b"]],
      ]),
    ),
  ).toMatchObject({ kind: "cycle" });
});

it("finds a lost update: two transactions read the same list and both appended", () => {
  const history = [
    transaction("T1", { reads: [{ key: 1, values: [] }], appends: [appendA] }),
    transaction("T2", { reads: [{ key: 1, values: [] }], appends: [{ key: 1, value: "b" }] }),
  ];
  expect(findAnomaly(history, new Map([[1, ["a", "b"]]]))).toMatchObject({ kind: "cycle" });
  expect(findAnomaly(history, new Map([[1, ["b"]]]))).toMatchObject({ kind: "lost append" });
});

it("finds a stale read: serializable, but not in the order of real time", () => {
  const history = [
    transaction("T1", { start: 0, end: 1, appends: [appendA] }),
    transaction("T2", { start: 2, end: 3, reads: [{ key: 1, values: [] }] }),
  ];
  expect(findAnomaly(history, new Map([[1, ["a"]]]))).toMatchObject({ kind: "cycle", description: "T1 -> T2 -> T1" });
});

it("finds a read of something that was rolled back", () => {
  const history = [transaction("T1", { reads: [{ key: 1, values: ["ghost"] }] })];
  expect(findAnomaly(history, new Map([[1, []]]))).toMatchObject({ kind: "not a prefix" });
});
