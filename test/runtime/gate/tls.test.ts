import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { Hetu2Client } from "./hetu2-client.js";
import { WireClient } from "./wire-client.js";
import { startWorld } from "./world-server.js";

const pem = (name: string): Promise<string> =>
  readFile(new URL(`../../fixtures/tls/${name}.pem`, import.meta.url), "utf8");

test("with a certificate the server speaks wss itself", async () => {
  const [cert, key] = await Promise.all([pem("cert"), pem("key")]);
  const world = await startWorld({ tls: { cert, key } });
  const client = new WireClient(`wss://127.0.0.1:${world.port}/hetu/world`, { ca: cert });
  await new Promise((resolve) => client.socket.once("open", resolve));
  client.raw([0x90]);
  expect(await client.next()).toEqual([]);
  for (let n = 0; n < 50; n++) client.send("rpc", "echo", "x".repeat(n * 20));
  const answers = await client.take(50);
  expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => ["rsp", "x".repeat(n * 20)]));
  const second = await Hetu2Client.open(world.port, { ca: cert, secure: true });
  expect(second.welcome.token).toHaveLength(16);
  await Promise.all([client.close(), second.close()]);
  await world.close();
});
