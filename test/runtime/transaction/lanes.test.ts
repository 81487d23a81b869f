import { afterEach, expect, it, vi } from "vitest";
import { Lanes } from "../../../runtime/transaction/lanes.js";

afterEach(() => {
  vi.useRealTimers();
});

/** Enters, and notes that it has. */
async function enter(lanes: Lanes, table: string, entered: string[], name: string): Promise<() => void> {
  const leave = await lanes.enter(table);
  entered.push(name);
  return leave;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("lets those who have lost over a table through one after the other, in order", async () => {
  const lanes = new Lanes();
  const entered: string[] = [];
  const first = await enter(lanes, "Account", entered, "first");
  const waiting = ["second", "third"].map((name) => enter(lanes, "Account", entered, name));
  await turn();
  expect(entered).toEqual(["first"]);
  first();
  (await waiting[0])?.();
  (await waiting[1])?.();
  expect(entered).toEqual(["first", "second", "third"]);
  await enter(lanes, "Account", entered, "fourth");
  expect(entered).toHaveLength(4);
});

it("keeps those apart from each other who have lost over different tables", async () => {
  const lanes = new Lanes();
  const entered: string[] = [];
  await enter(lanes, "Account", entered, "first");
  await enter(lanes, "Position", entered, "second");
  expect(entered).toEqual(["first", "second"]);
});

it("lets somebody go on who has waited for long, who then leaves nothing behind", async () => {
  vi.useFakeTimers();
  const lanes = new Lanes();
  const entered: string[] = [];
  const first = await enter(lanes, "Account", entered, "first");
  const late = enter(lanes, "Account", entered, "late");
  const last = enter(lanes, "Account", entered, "last");
  await vi.advanceTimersByTimeAsync(199);
  expect(entered).toEqual(["first"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(entered).toEqual(["first", "late", "last"]);
  (await late)();
  (await last)();
  first();
  await enter(lanes, "Account", entered, "next");
  expect(entered).toHaveLength(4);
});
