import { afterEach, expect, it, vi } from "vitest";
import { ManualClock } from "./manual-clock.js";
import { connectedPair, state, overBoth } from "./world-client.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Gives this platform what browsers have. @returns the handlers of `online`. */
function browserNetwork(): ReadonlySet<() => void> {
  const handlers = new Set<() => void>();
  vi.stubGlobal("addEventListener", (type: string, handler: () => void) => type === "online" && handlers.add(handler));
  vi.stubGlobal("removeEventListener", (_type: string, handler: () => void) => handlers.delete(handler));
  return handlers;
}

overBoth(() => {
  it("a long wait for the next attempt is cut short when the network is back", async () => {
    const handlers = browserNetwork();
    const clock = new ManualClock();
    const randoms = [0.9, 0.5];
    const { server, client, connection } = await connectedPair({
      clock,
      keepAliveMs: Infinity,
      reconnect: { baseMs: 1000, maxMs: 15_000 },
      random: () => randoms.shift() ?? 0,
    });
    expect(handlers.size).toBe(0);
    connection.drop();
    await state(client, "waiting");
    expect(client.connection.retryInMs).toBe(900);
    for (const tell of [...handlers]) tell();
    expect(client.connection).toMatchObject({ status: "waiting", retryInMs: 500, attempt: 1 });
    expect(clock.pending).toStrictEqual([500]);
    expect(handlers.size).toBe(0);
    clock.advance(500);
    await server.connection();
    expect(client.connection.status).toBe("connecting");
  });

  it("a wait that is nearly over is left alone, and closing ends it", async () => {
    const handlers = browserNetwork();
    const clock = new ManualClock();
    const randoms = [0.1, 0.9];
    const { client, connection } = await connectedPair({
      clock,
      keepAliveMs: Infinity,
      reconnect: { baseMs: 1000, maxMs: 15_000 },
      random: () => randoms.shift() ?? 0,
    });
    connection.drop();
    await state(client, "waiting");
    for (const tell of [...handlers]) tell();
    expect(clock.pending).toStrictEqual([100]);
    client.close();
    expect([clock.pending, handlers.size]).toStrictEqual([[], 0]);
  });
});
