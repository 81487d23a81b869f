import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type ServerOptions, ServerOptionsError } from "hetu";
import { afterEach, beforeEach, expect, test } from "vitest";
import { settingsOf } from "../../../runtime/cli/flags.js";
import { ServerConfigError } from "../../../runtime/config/config-error.js";
import { worldSystems } from "../gate/world-server.js";

let folder: string;
const secret = process.env["HETU_WIRE_SECRET"];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-wire-"));
  delete process.env["HETU_WIRE_SECRET"];
});
afterEach(async () => {
  if (secret === undefined) delete process.env["HETU_WIRE_SECRET"];
  else process.env["HETU_WIRE_SECRET"] = secret;
  await rm(folder, { recursive: true });
});

/** What the server is made with, for these settings and options of the command line. */
async function wireOf(wire: unknown, flags: Parameters<typeof settingsOf>[0] = {}): Promise<unknown> {
  await writeFile(join(folder, "hetu.json"), JSON.stringify({ server: { wire } }));
  return settingsOf({ config: folder, ...flags }, {}).settings.options.wire;
}

/** Makes a server, which opens nothing yet. */
function made(wire: ServerOptions["wire"]): void {
  createServer({ implementation: worldSystems(), data: folder, ...(wire === undefined ? {} : { wire }) });
}

test("the settings of the wire are those of the server's options", async () => {
  expect(
    await wireOf({
      hetu1: ["jsonb", "zlib", "crypto"],
      hetu2: [],
      secret: "long and random",
      plaintext: "true",
      resume_window: "30s",
      deflate_window: 12,
    }),
  ).toEqual({
    hetu1: ["jsonb", "zlib", "crypto"],
    hetu2: [],
    secret: "long and random",
    plaintext: true,
    resumeWindow: 30_000,
    deflateWindow: 12,
  });
});

test("resume_window 0 switches resuming off", async () => {
  expect(await wireOf({ resume_window: 0 })).toEqual({ resumeWindow: 0 });
});

test("options of the command line go before the file, and off stands for no layers", async () => {
  const flags = { hetu1: "jsonb, zlib", hetu2: "off", plaintext: true };
  expect(await wireOf({ hetu1: ["jsonb"], deflate_window: 10 }, flags)).toEqual({
    hetu1: ["jsonb", "zlib"],
    hetu2: [],
    plaintext: true,
    deflateWindow: 10,
  });
});

test("the secret of the environment goes before that of the file, and an empty one counts as none", async () => {
  process.env["HETU_WIRE_SECRET"] = "of the environment";
  expect(await wireOf({ secret: "of the file" })).toEqual({ secret: "of the environment" });
  process.env["HETU_WIRE_SECRET"] = "";
  expect(await wireOf({ secret: "of the file" })).toEqual({ secret: "of the file" });
});

test.each([
  [{ hetu1: ["jsonb", "gzip"] }, "server.wire.hetu1.1"],
  [{ hetu2: "jsonb" }, "server.wire.hetu2"],
  [{ secret: "" }, "server.wire.secret"],
  [{ deflate_window: 16 }, "server.wire.deflate_window"],
  [{ resume_window: "soon" }, "server.wire.resume_window"],
  [{ layers: [] }, "server.wire.layers is no setting"],
])("%j is refused with its key path", async (wire, path) => {
  const refused: unknown = await wireOf(wire).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ServerConfigError);
  expect((refused as ServerConfigError).problems[0]).toContain(path);
});

test.each([
  undefined,
  {},
  { hetu1: ["jsonb"], hetu2: [] },
  { hetu1: [], hetu2: ["jsonb", "zlib"] },
  { hetu1: ["jsonb", "crypto"], hetu2: [], secret: "x" },
  { hetu1: ["jsonb", "zlib", "crypto"], hetu2: ["jsonb", "crypto"], secret: "x" },
  { resumeWindow: 0, deflateWindow: 9, plaintext: true },
] satisfies readonly ServerOptions["wire"][])("a server is made of %j", (wire) => {
  expect(() => made(wire)).not.toThrow();
});

test.each([
  [{ hetu1: ["jsonb", "crypto", "zlib"] }, "what is encrypted cannot be compressed"],
  [{ hetu1: ["jsonb", "zlib", "zlib"] }, "give each layer once"],
  [{ hetu2: ["zlib"] }, "the first layer is always jsonb"],
  [{ hetu1: [], hetu2: [] }, "no client could connect"],
  [{ hetu1: ["jsonb", "crypto"], secret: "x" }, "wire.hetu2 has no layer crypto"],
  [{ hetu2: ["jsonb", "crypto"], secret: "x" }, "wire.hetu1 has no layer crypto"],
  [{ secret: "" }, "leave it out, or give a long random text"],
  [{ resumeWindow: -1 }, "wire.resumeWindow is -1"],
  [{ resumeWindow: NaN }, "wire.resumeWindow is NaN"],
  [{ deflateWindow: 8 }, "wire.deflateWindow is 8"],
] satisfies readonly (readonly [ServerOptions["wire"], string])[])("no server is made of %j", (wire, reason) => {
  expect(() => made(wire)).toThrow(ServerOptionsError);
  expect(() => made(wire)).toThrow(reason);
});

test("what JavaScript gives wrongly is named, too", () => {
  const wrong =
    (wire: unknown): (() => void) =>
    () =>
      made(wire as ServerOptions["wire"]);
  expect(wrong({ hetu1: ["jsonb", "gzip"] })).toThrow('there is no layer "gzip"; known are jsonb, zlib, crypto');
  expect(wrong({ hetu1: "jsonb" })).toThrow('wire.hetu1 is "jsonb": it must be a list of layers');
  expect(wrong({ layers: ["jsonb"] })).toThrow("wire.layers is unknown; known are hetu1, hetu2");
});
