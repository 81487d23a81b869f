import { describe, expect, it } from "vitest";
import type { WireDescription } from "../../runtime/wire/hetu2/frames.js";
import {
  Account,
  Inventory,
  Position,
  Profile,
  SchemaMismatchError,
  Shout,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { $wire } from "../fixtures/world/generated/client-ts/world/wire.js";
import type { ScriptedConnection } from "./scripted-server.js";
import { connectedPair } from "./world-client.js";

type Client = Awaited<ReturnType<typeof connectedPair>>["client"];

/** A server of another version: everything is in another place, and some of it is different. */
const OTHER: WireDescription = [
  [
    ["News", [["text", "string"]], []],
    [
      "Account",
      [
        ["memo", "string"],
        ["balance", "i64"],
        ["opened", "timestamp"],
        ["number", "i32"],
      ],
      ["opened", "number"],
    ],
    [
      "Position",
      [
        ["owner", "i64"],
        ["x", "f64"],
        ["y", "f32"],
      ],
      ["owner", "x", "zone,x"],
    ],
    [
      "Inventory",
      [
        ["owner", "i64"],
        ["item", "i32"],
        ["count", "u32"],
      ],
      ["owner"],
    ],
  ],
  [
    ["login", ["i64"], "i64"],
    ["move_to", ["f64", "f64"], ""],
    ["echo", ["string?", "string?"], "string"],
    ["whoami", [], "string"],
    ["transfer", ["i32", "i32", "i64"], "i64"],
  ],
  [
    ["Unknown", []],
    [
      "NotEnough",
      [
        ["have", "i64"],
        ["need", "i64"],
      ],
    ],
  ],
  [
    ["Whisper", []],
    [
      "Shout",
      [
        ["text", "string"],
        ["from", "string"],
      ],
    ],
  ],
];

async function otherVersion(): Promise<{ client: Client; connection: ScriptedConnection }> {
  return connectedPair({}, { welcome: () => ({ description: OTHER }) });
}

/** The next frame as the server numbers it. */
async function sent(connection: ScriptedConnection): Promise<unknown> {
  return connection.nextRaw();
}

describe("with a server of another version of the schema", () => {
  it("a component whose columns are all there is used by the server's numbers, and other columns are skipped", async () => {
    const { client, connection } = await otherVersion();
    const range = client.query(Account).range("number", 1);
    expect(await sent(connection)).toStrictEqual([3, 1, 2, 1, null, 1000, false]);
    connection.sendRaw([4, 7, 1, [[5, "memo", 10, 0, 1]]]);
    await range.ready;
    expect(range.rows).toStrictEqual([{ id: 5n, number: 1, balance: 10n }]);
    const changed = new Promise((resolve) => range.onChange(resolve));
    // The bits of memo, balance and opened.
    connection.sendRaw([7, 2, 7, [[[0b111, 5, "other memo", 11, 1]]]]);
    await changed;
    expect(range.rows).toStrictEqual([{ id: 5n, number: 1, balance: 11n }]);
  });

  it("a component that differs is refused with all that differs, and nothing is sent", async () => {
    const { client, connection } = await otherVersion();
    const range = client.query(Position).range("x");
    await expect(range.ready).rejects.toThrow(SchemaMismatchError);
    expect(range.error).toMatchObject({ path: "Position.zone" });
    expect(range.error?.message).toBe(
      "Position.zone is not on the server; Position.x is f32 here and f64 on the server: " +
        "the server runs another version of the schema; build the client again",
    );
    await expect(client.query(Profile).fetch("owner", 1n)).rejects.toThrow(/^Profile is not on the server:/);
    await expect(client.query(Inventory).get({ owner: 1n, item: 2 }).ready).rejects.toThrow(
      /^Inventory\.owner,item is no index on the server:/,
    );
    const login = client.calls.login(1n);
    expect(await sent(connection)).toStrictEqual([1, 0, 1]);
    connection.sendRaw([1, 1]);
    expect(await login).toBe(1n);
  });

  it("calls whose types fit go out by the server's numbers, others are refused", async () => {
    const { client, connection } = await otherVersion();
    await expect(client.calls.moveTo(1, 2)).rejects.toThrow(
      /^move_to takes \(f32, f32\) here and \(f64, f64\) on the server:/,
    );
    await expect(client.calls.whoami()).rejects.toThrow(/^whoami returns i64\? here and string on the server:/);
    await expect(client.calls.any()).rejects.toThrow(/^any is not on the server:/);
    void client.calls.echo("a").catch(() => undefined);
    expect(await sent(connection)).toStrictEqual([1, 2, "a"]);
  });

  it("rejections are named by the server's numbers", async () => {
    const { client, connection } = await otherVersion();
    const transfers = [1, 2, 3].map(() => client.calls.transfer(1, 2, 3n));
    connection.sendRaw([2, 1, { need: 5, have: 4 }], [2, 0, {}], [2, "FORBIDDEN"]);
    const outcomes = await Promise.allSettled(transfers);
    const codes = outcomes.map((each) => each.status === "rejected" && (each.reason as { code: string }).code);
    expect(codes).toStrictEqual(["NotEnough", "Unknown", "FORBIDDEN"]);
  });

  it("an event that differs is reported to whoever listens to it, and never told", async () => {
    const { client, connection } = await otherVersion();
    const errors: unknown[] = [];
    client.onError((error) => errors.push(error));
    const heard: unknown[] = [];
    client.events.on(Shout, (shout) => heard.push(shout));
    connection.sendRaw([8, 1, { from: "me", text: "a" }], [8, 0, {}], [1, 1]);
    await client.calls.login(1n);
    expect(heard).toStrictEqual([]);
    expect(errors.map(String)).toStrictEqual([
      expect.stringMatching(/^SchemaMismatchError: Shout\.from is i64 here and string on the server:/),
    ]);
  });

  it("copies go by name", async () => {
    const description: WireDescription = [
      [OTHER[0][3]!, ...$wire.description[0]],
      ...$wire.description.slice(1),
    ] as never;
    const { client, connection } = await connectedPair({}, { welcome: () => ({ description }) });
    const copy = { ...Inventory, name: "Inventory:Shop" };
    client.query(copy).range("owner", 1n);
    expect(await sent(connection)).toStrictEqual([3, "Inventory:Shop", 1, 1n, null, 1000, false]);
  });
});
