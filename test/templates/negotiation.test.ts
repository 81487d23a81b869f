import { describe, expect, it } from "vitest";
import { negotiate, ProtocolMemory } from "../../templates/client-ts/session/negotiation.js";
import type { TransportEvents } from "../../templates/client-ts/session/transport.js";
import { ConnectionLostError } from "../../templates/client-ts/errors.js";
import { Account, connect, type ProtocolName } from "../fixtures/world/generated/client-ts/world/index.js";
import { ManualClock } from "./manual-clock.js";
import { account, accept, afterTest, startClient, startServer, state } from "./world-client.js";

const BOTH: readonly ProtocolName[] = ["hetu.2", "hetu.1"];

/** A transport that notes what it is asked for and lets the test say what happens. */
class ScriptedTransport {
  readonly offers: (readonly string[])[] = [];
  readonly told: string[] = [];
  #events: TransportEvents | undefined;

  /** Dials; what the client is told is noted. */
  dial(memory: ProtocolMemory, allowed: readonly ProtocolName[] = BOTH): ReturnType<typeof negotiate> {
    return negotiate(
      (_url, events, protocols) => {
        this.offers.push(protocols);
        this.#events = events;
        return { send: () => undefined, close: () => this.told.push("close"), terminate: () => this.told.push("cut") };
      },
      "ws://server",
      allowed,
      memory,
      {
        opened: (protocol) => this.told.push(protocol),
        message: () => this.told.push("message"),
        text: () => this.told.push("text"),
        closed: ({ message }) => this.told.push(message),
        impossible: ({ message }) => this.told.push(message),
      },
    );
  }

  get events(): TransportEvents {
    if (this.#events === undefined) throw new Error("nobody has dialled");
    return this.#events;
  }
}

const failure = new ConnectionLostError("no upgrade");

describe("the negotiation of the protocol", () => {
  it("offers hetu.2 and goes on with it when it is selected", () => {
    const transport = new ScriptedTransport();
    const memory = new ProtocolMemory(new ManualClock());
    transport.dial(memory);
    transport.events.opened("hetu.2");
    expect(transport.offers).toStrictEqual([["hetu.2"]]);
    expect(transport.told).toStrictEqual(["hetu.2"]);
    expect(memory.speaksHetu1("ws://server")).toBe(false);
  });

  it("dials once more without it when the upgrade fails, and tells of the second failure only", () => {
    const transport = new ScriptedTransport();
    const memory = new ProtocolMemory(new ManualClock());
    transport.dial(memory);
    transport.events.closed(failure);
    expect(transport.offers).toStrictEqual([["hetu.2"], []]);
    expect(transport.told).toStrictEqual([]);
    transport.events.closed(failure);
    expect(transport.told).toStrictEqual(["no upgrade"]);
    expect(memory.speaksHetu1("ws://server")).toBe(false);
  });

  it("remembers for ten minutes that a server spoke hetu.1, and then asks again", () => {
    const clock = new ManualClock();
    const memory = new ProtocolMemory(clock);
    const first = new ScriptedTransport();
    first.dial(memory);
    first.events.closed(failure);
    first.events.opened("");
    expect(first.told).toStrictEqual(["hetu.1"]);

    const second = new ScriptedTransport();
    second.dial(memory);
    expect(second.offers).toStrictEqual([[]]);
    clock.advance(5 * 60_000);
    // Nothing was asked, so nothing new is known.
    second.events.opened("");
    clock.advance(5 * 60_000);
    const third = new ScriptedTransport();
    third.dial(memory);
    expect(third.offers).toStrictEqual([["hetu.2"]]);
    third.events.opened("hetu.2");
    expect(memory.speaksHetu1("ws://server")).toBe(false);
  });

  it("takes a server that has spoken hetu.2 for one that is down, until it has failed three times in a row", () => {
    const memory = new ProtocolMemory(new ManualClock());
    const spoken = new ScriptedTransport();
    spoken.dial(memory);
    spoken.events.opened("hetu.2");
    for (let attempt = 1; attempt <= 3; attempt++) {
      const transport = new ScriptedTransport();
      transport.dial(memory);
      transport.events.closed(failure);
      expect(transport.offers).toStrictEqual(attempt < 3 ? [["hetu.2"]] : [["hetu.2"], []]);
      expect(transport.told).toStrictEqual(attempt < 3 ? ["no upgrade"] : []);
    }
    const after = new ScriptedTransport();
    after.dial(memory);
    after.events.closed(failure);
    expect(after.offers).toStrictEqual([["hetu.2"], []]);
  });

  it("goes on with hetu.1 on the same connection where the library lets the upgrade pass", () => {
    const transport = new ScriptedTransport();
    transport.dial(new ProtocolMemory(new ManualClock()));
    transport.events.opened(undefined);
    expect(transport.offers).toStrictEqual([["hetu.2"]]);
    expect(transport.told).toStrictEqual(["hetu.1"]);
  });

  it("does not dial again once the connection was open, nor once it was given up", () => {
    const transport = new ScriptedTransport();
    transport.dial(new ProtocolMemory(new ManualClock()));
    transport.events.opened("hetu.2");
    transport.events.closed(failure);
    const given = new ScriptedTransport();
    given.dial(new ProtocolMemory(new ManualClock())).terminate();
    given.events.closed(failure);
    expect([transport.offers.length, given.offers.length]).toStrictEqual([1, 1]);
    expect(transport.told).toStrictEqual(["hetu.2", "no upgrade"]);
    expect(given.told).toStrictEqual(["cut", "the connection was closed before it was made"]);
  });

  it("offers nothing when only hetu.1 is allowed, and does not fall back when only hetu.2 is", () => {
    const old = new ScriptedTransport();
    old.dial(new ProtocolMemory(new ManualClock()), ["hetu.1"]);
    const pinned = new ScriptedTransport();
    pinned.dial(new ProtocolMemory(new ManualClock()), ["hetu.2"]);
    pinned.events.closed(failure);
    const passed = new ScriptedTransport();
    passed.dial(new ProtocolMemory(new ManualClock()), ["hetu.2"]);
    passed.events.opened("");
    expect([old.offers, pinned.offers]).toStrictEqual([[[]], [["hetu.2"]]]);
    expect(pinned.told).toStrictEqual(["no upgrade"]);
    expect(passed.told).toStrictEqual(["cut", "the server does not speak hetu.2 (option protocols)"]);
  });
});

describe("a client with default options", () => {
  it("speaks hetu.1 with a server that selects no subprotocol, after one reconnect too", async () => {
    const server = await startServer({ protocol: "hetu.1" });
    const client = connect(server.url, { reconnect: { baseMs: 1, maxMs: 1 } });
    afterTest(() => client.close());
    // The upgrade that offered hetu.2 was completed by the server and refused by the client.
    const refused = await server.connection();
    await refused.closed;
    const connection = await accept(server);
    await client.connected();
    const range = client.query(Account).range("number");
    connection.send("sub", "A", [account(1n, 1)]);
    await range.ready;
    connection.drop();
    const next = await accept(server);
    await next.expect("sub");
    expect([server.connectionCount, next.protocol]).toStrictEqual([3, "hetu.1"]);
  });

  it("speaks hetu.2 with a server that selects it", async () => {
    const server = await startServer();
    const client = connect(server.url);
    afterTest(() => client.close());
    const connection = await accept(server);
    await client.connected();
    expect([connection.protocol, server.connectionCount]).toStrictEqual(["hetu.2", 1]);
    const { fingerprint, resume } = await connection.greeted;
    expect([fingerprint?.length, resume]).toStrictEqual([32, undefined]);
  });

  it("refuses to be told to speak what it does not know", async () => {
    const server = await startServer();
    expect(() => startClient(server.url, { protocols: ["hetu.3" as never] })).toThrow(
      'option protocols must have "hetu.1", "hetu.2" or both; got ["hetu.3"]',
    );
  });

  it("says what it wants when it is pinned to hetu.2 and the server does not speak it", async () => {
    const server = await startServer({ protocol: "hetu.1" });
    const client = startClient(server.url, { protocols: ["hetu.2"], reconnect: false });
    expect((await state(client, "closed")).error).toBeInstanceOf(Error);
  });
});
