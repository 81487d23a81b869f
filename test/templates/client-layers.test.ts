import { describe, expect, it } from "vitest";
import { encodeMessage } from "../../runtime/wire/frames.js";
import { crypto, zlib } from "../fixtures/world/generated/client-ts/sdk/layers.js";
import {
  ConnectionLostError,
  type LayerOptions,
  Position,
  type TransportEvents,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { startWorld } from "../runtime/gate/world-server.js";
import { ManualClock } from "./manual-clock.js";
import { afterTest, overBoth, startClient, state } from "./world-client.js";

const SECRET = "a long random text";

/** A server with all layers, and where it is. */
async function layeredWorld(): Promise<string> {
  const layers = ["jsonb", "zlib", "crypto"] as const;
  const world = await startWorld({ wire: { hetu1: layers, hetu2: layers, secret: SECRET } });
  afterTest(() => world.close());
  return `ws://127.0.0.1:${world.port}/hetu/world`;
}

function both(...layers: NonNullable<LayerOptions["hetu1"]>): LayerOptions {
  return { hetu1: layers, hetu2: layers };
}

overBoth(() => {
  describe("a client with layers", () => {
    it("calls and follows rows through zlib and crypto, whatever their order in the option", async () => {
      const client = startClient(await layeredWorld(), {
        layers: both(crypto({ secret: SECRET }), zlib()),
        bootstrap: ({ calls }) => calls.login(7n),
      });
      const near = client.query(Position).range("x", 0, 10);
      await near.ready;
      const arrived = new Promise((resolve) => near.onInsert(resolve));
      await client.calls.moveTo(1.5, 2);
      expect(await arrived).toMatchObject({ owner: 7n, x: 1.5, y: 2 });
      expect(await client.calls.echo("x".repeat(1000))).toHaveLength(1000);
    });

    it.each([
      ["another secret", crypto({ secret: "a guess" })],
      ["no secret", crypto()],
    ])("with %s closes for good", async (_name, layer) => {
      const client = startClient(await layeredWorld(), { layers: both(zlib(), layer) });
      const { error } = await state(client, "closed");
      expect(error).toMatchObject({ code: "CONNECTION_LOST", closeCode: 4005 });
      expect(error?.message).toMatch(/crypto/);
    });
  });
});

/** A server that is nothing but what the test says. */
function scripted(layers?: LayerOptions): {
  readonly client: ReturnType<typeof startClient>;
  readonly clock: ManualClock;
  readonly events: TransportEvents;
  readonly sent: readonly Uint8Array[];
} {
  const clock = new ManualClock();
  const sent: Uint8Array[] = [];
  let events: TransportEvents | undefined;
  const client = startClient("ws://server", {
    clock,
    reconnect: { baseMs: 1e9, maxMs: 1e9 },
    ...(layers === undefined ? {} : { layers }),
    transport: (_url, given) => {
      events = given;
      return { send: (bytes) => sent.push(bytes.slice()), close: () => undefined, terminate: () => undefined };
    },
  });
  if (events === undefined) throw new Error("the client did not dial");
  events.opened("hetu.2");
  return { client, clock, events, sent };
}

describe("a client whose layers are not the server's", () => {
  it("sends its hello behind the handshake without waiting when there are no layers, and only then", () => {
    expect(scripted().sent.map((bytes) => bytes[0])).toStrictEqual([0x90, 0x93]);
    expect(scripted(both(zlib())).sent.map((bytes) => [...bytes])).toStrictEqual([[0x91, 0xc4, 0x00]]);
  });

  it("closes for good with the server's reason and its own layers when they are refused with 4005", () => {
    const { client, events } = scripted(both(zlib()));
    events.closed(new ConnectionLostError("closed with 4005 (this instance wants jsonb, zlib, crypto)", 4005));
    expect(client.connection.status).toBe("closed");
    expect(client.connection.error?.message).toBe(
      "closed with 4005 (this instance wants jsonb, zlib, crypto); this client's layers are jsonb, zlib (option " +
        "layers), and the server's may be others",
    );
  });

  it("closes for good when a layer's handshake is refused with the empty array", () => {
    const { client, events } = scripted(both(zlib()));
    events.message(Uint8Array.of(0x90));
    expect(client.connection).toMatchObject({ status: "closed", error: { closeCode: 4005 } });
  });

  it("tries again when the connection ends without an answer, which a network may do too, and says what to look at", () => {
    const { client, events } = scripted();
    events.closed(new ConnectionLostError("the connection was closed with code 1006", 1006));
    expect(client.connection.status).toBe("waiting");
    expect(client.connection.error?.message).toBe(
      "the connection was closed with code 1006 before the handshake was answered; this client's layers are jsonb " +
        "(option layers), and the server's may be others",
    );
  });

  it("says the same when the server is silent", () => {
    const { client, clock } = scripted();
    clock.advance(10_000);
    expect(client.connection.error?.message).toMatch(
      /^no answer to the handshake within 10000 ms: this client's layers are jsonb \(option layers\)/,
    );
  });

  it("drops a link whose layer cannot read what comes, and tries again", () => {
    const { client, events } = scripted(both(zlib()));
    events.message(encodeMessage([new Uint8Array(0)]));
    events.message(Uint8Array.of(1, 2, 3, 4));
    expect(client.connection.status).toBe("waiting");
    expect(client.connection.error?.message).toMatch(/^the server sent something that is not hetu\.2: /);
  });

  it("closes when a layer cannot begin at all", () => {
    const failure = new Error("no random numbers here");
    const randomBytes = (): never => {
      throw failure;
    };
    const { client } = scripted(both(crypto({ randomBytes })));
    expect(client.connection).toMatchObject({ status: "closed", error: failure });
  });
});
