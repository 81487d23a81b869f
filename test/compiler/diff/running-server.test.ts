import { createServer, type HetuServer, OperationsListener } from "hetu";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { worldSystems, startWorld, type WorldServer } from "../../runtime/gate/world-server.js";
import { temporaryFolder, type TemporaryFolder } from "../cli/hetuc.js";
import { WORLD } from "./mutations.js";
import { hetuc, hetucWith } from "./scratch.js";

let world: WorldServer;
let operations: OperationsListener;
let folder: TemporaryFolder;

beforeAll(async () => {
  world = await startWorld();
  operations = await new OperationsListener(world.server, { port: 0 }).listen();
  const changed = WORLD.replace("secret: string(32)", "secrets: string(32)").replace(
    "items: string(60000)",
    "items: string(9)",
  );
  folder = await temporaryFolder({
    "schema/world.hetu": changed,
    "same.hetu": WORLD,
    "two/world.hetu": WORLD,
    "two/moon.hetu": "namespace moon\n",
    "two/hetu.json": '{ "schema": ["*.hetu"] }',
  });
});

afterAll(async () => {
  operations.close();
  await world.close();
  await folder[Symbol.asyncDispose]();
});

/** The ids and effects of what is told. */
async function told(old: string, ...more: readonly string[]): Promise<unknown> {
  const { out, err } = await hetuc(folder.path, "diff", "--json", old, ...more);
  if (out === "") throw new Error(err);
  const { changes } = JSON.parse(out) as { changes: readonly { id: string; effects: readonly string[] }[] };
  return changes.map(({ id, effects }) => [id, effects.join(", ")]);
}

describe("a running server", () => {
  it("tells clients the public part of its schema, and nothing of data", async () => {
    const url = `ws://127.0.0.1:${world.port}/hetu/world`;
    expect(await told(url, "same.hetu")).toStrictEqual([]);
    expect(await told(url)).toStrictEqual([
      ["column-removed:world.Profile.secret", "breaks clients"],
      ["column-added:world.Profile.secrets", "safe"],
    ]);
    const { err } = await hetuc(folder.path, "diff", url);
    expect(err).toMatch(/only what clients are told was compared, nothing of stored data/);
  });

  it("tells everything at its operations port", async () => {
    const url = `http://127.0.0.1:${operations.port}`;
    expect(await told(url, "same.hetu")).toStrictEqual([]);
    expect(await told(url)).toStrictEqual([
      ["column-removed:world.Profile.secret", "breaks clients, loses data"],
      ["column-added:world.Profile.secrets", "safe"],
      ["column-type-narrowed:world.Journal.items", "loses data"],
    ]);
    expect(await told(url, `ws://127.0.0.1:${world.port}/hetu/world`)).toStrictEqual([]);
  });

  it("says nothing of namespaces that it does not serve", async () => {
    const url = `http://127.0.0.1:${operations.port}`;
    for (const sides of [
      [url, "two/*.hetu"],
      ["two/*.hetu", url],
    ]) {
      const { out, err } = await hetuc(folder.path, "diff", ...sides);
      expect([out, err]).toStrictEqual([
        "",
        expect.stringMatching(/no difference.*; not served there, so left out: moon$/m),
      ]);
    }
    const { err } = await hetuc(folder.path, "check", "--config", "two/hetu.json", "--against", url);
    expect(err).toContain(`${url} does not serve moon: nothing is said of that`);
  });

  it("is refused with words where it does not tell", async () => {
    const unknown = await hetuc(folder.path, "diff", `ws://127.0.0.1:${world.port}/hetu/moon`);
    expect([unknown.code, unknown.err]).toStrictEqual([2, expect.stringMatching(/closed the connection with 4004/)]);
    const page = await hetuc(folder.path, "diff", `ws://127.0.0.1:${operations.port}/hetu/world`);
    expect([page.code, page.err]).toStrictEqual([2, expect.stringMatching(/it answers 404, and is no WebSocket/)]);
    const wrong = await hetuc(folder.path, "diff", `http://127.0.0.1:${world.port}/hetu`);
    expect([wrong.code, wrong.err]).toStrictEqual([2, expect.stringMatching(/answers 4\d\d|is not JSON|is no schema/)]);
  });

  it("is asked through layers that are named, and refused with words where they are others", async () => {
    const data = `${folder.path}/layered`;
    const server: HetuServer = createServer({
      implementation: worldSystems(),
      data,
      host: "127.0.0.1",
      port: 0,
      wire: { hetu1: [], hetu2: ["jsonb", "zlib", "crypto"], secret: "s3cret" },
    });
    await server.listen();
    const url = `ws://127.0.0.1:${server.port}/hetu/world`;
    const ask = (layers: string, secret?: string): ReturnType<typeof hetucWith> => {
      return hetucWith(secret === undefined ? {} : { HETU_WIRE_SECRET: secret }, folder.path, "diff", url + layers);
    };
    try {
      const { code, out } = await ask("#jsonb,zlib,crypto", "s3cret");
      expect([code, out]).toStrictEqual([0, expect.stringMatching(/column-removed: column Profile\.secret of world/)]);
      for (const refused of [ask(""), ask("#zlib"), ask("#zlib,crypto"), ask("#zlib,crypto", "guessed")]) {
        const { code: other, err } = await refused;
        expect([other, err]).toStrictEqual([2, expect.stringMatching(/#zlib,crypto.*operations port/)]);
      }
      expect((await ask("#brotli")).err).toMatch(/there is no layer brotli/);
    } finally {
      await server.close();
      await rm(data, { recursive: true, force: true });
    }
  });
});
