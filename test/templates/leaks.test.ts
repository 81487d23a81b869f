import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, it, vi } from "vitest";
import { Account } from "../fixtures/world/generated/client-ts/world/index.js";
import { connectedPair, overBoth } from "./world-client.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Resolves with the first warning, collecting garbage until there is one. */
function firstWarning(): Promise<string> {
  return new Promise((resolve) => {
    let isOver = false;
    vi.spyOn(console, "warn").mockImplementation((text: string) => {
      isOver = true;
      resolve(text);
    });
    const again = (): void => {
      collectGarbage();
      if (!isOver) setImmediate(again);
    };
    again();
  });
}

overBoth(() => {
  it("a live query that is forgotten is reported and ended", async () => {
    const { client, connection } = await connectedPair({ warnOfLeaks: true });
    const forget = async (): Promise<void> => {
      const range = client.query(Account).range("number");
      connection.send("sub", "A1", []);
      await range.ready;
    };
    await forget();
    await connection.expect("sub");
    expect(await firstWarning()).toBe(
      "hetu: a live query of Account.number was garbage collected without dispose(); it has been ended",
    );
    expect((await connection.expect("unsub")).subscription).toBe("A1");
  });

  it("a live query that is forgotten and still calls handlers is reported and goes on", async () => {
    const { client, connection } = await connectedPair({ warnOfLeaks: true });
    const told: number[] = [];
    const forget = (): void => {
      client
        .query(Account)
        .range("number")
        .onInsert(({ number }) => told.push(number));
    };
    forget();
    await connection.expect("sub");
    connection.send("sub", "A1", []);
    expect(await firstWarning()).toMatch(/still calls its handlers: keep it, and dispose\(\) it$/);
    connection.update("A1", new Map([[1n, { id: 1, number: 4, balance: 0 }]]));
    connection.send("rsp", "ok");
    await client.calls.any();
    expect(told).toStrictEqual([4]);
  });
});
