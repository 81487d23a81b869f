import { expect, test } from "vitest";
import { LogThrottle } from "../../../runtime/server/log-throttle.js";
import { WireClient } from "../gate/wire-client.js";
import { startWorld } from "../gate/world-server.js";

test("lines of one kind pass 20 at once and then one a second, which tells how many were left out", () => {
  const throttle = new LogThrottle();
  const passed = Array.from({ length: 100 }, () => throttle.pass("failed", 0));
  expect(passed.filter((each) => each !== undefined)).toEqual(Array.from({ length: 20 }, () => ({})));
  expect(throttle.pass("failed", 999)).toBeUndefined();
  expect(throttle.pass("failed", 1000)).toEqual({ suppressed: 81 });
  expect(throttle.pass("failed", 2000)).toEqual({});
  expect(throttle.pass("another", 0)).toEqual({});
});

test("a client cannot fill the log, neither with calls that fail nor with garbage", async () => {
  const lines: string[] = [];
  const note = (_fields: object, message: string): void => void lines.push(message);
  const world = await startWorld({
    log: { debug: note, info: note, warn: note, error: note, fatal: note },
    limits: { messagesPerSecond: Infinity },
    systems: {
      any: () => {
        throw new Error("broken");
      },
    },
  });
  const client = await WireClient.open(world.port);
  for (let n = 0; n < 500; n++) client.send("rpc", "any");
  for (const answer of await client.take(500)) expect(answer[0]).toBe("err");
  for (let n = 0; n < 60; n++) {
    const broken = await WireClient.open(world.port);
    broken.raw([0xc1]);
    await broken.closed;
  }
  await world.close();
  for (const message of ["any failed", "malformed message", "disconnected"]) {
    const count = lines.filter((line) => line === message).length;
    expect(count).toBeGreaterThanOrEqual(20);
    expect(count).toBeLessThan(60);
  }
});
