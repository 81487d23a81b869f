import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type HetuServer } from "hetu";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clientJs } from "../../compiler/emit/client-js/index.js";
import { worldModel } from "../fixtures/world/model.js";
import { worldSystems } from "../runtime/gate/world-server.js";
import { TestSite } from "./page.js";

const SECRET = "known to the page's visitors, too";

let folder: string;
let server: HetuServer;
let site: TestSite;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-browser-"));
  const layers = ["jsonb", "zlib", "crypto"] as const;
  const wire = { hetu1: layers, hetu2: layers, secret: SECRET };
  server = createServer({ instances: { world: worldSystems() }, data: folder, port: 0, host: "127.0.0.1", wire });
  await server.listen();
  const emitted = new Map(clientJs.emit(worldModel).map(({ path, content }) => [path, content]));
  site = await TestSite.start(emitted.get("world/bundle.js") ?? "", {
    "/layers.js": emitted.get("sdk/layers.bundle.js") ?? "",
  });
});

afterAll(async () => {
  await site.stop();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A page that has connected; what `body` gives. */
async function run(protocols: string, body: string): Promise<unknown> {
  const page = await site.browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(site.url);
  const result = await page.evaluate(`(async () => {
    const { connect, Position } = await import("/script.js");
    const { crypto, zlib } = await import("/layers.js");
    const start = (secret) => connect("ws://127.0.0.1:${server.port}/hetu/world", {
      protocols: ${protocols},
      layers: { hetu1: [zlib(), crypto({ secret })], hetu2: [zlib(), crypto({ secret })] },
      bootstrap: ({ calls }) => calls.login(7n),
    });
    ${body}
  })()`);
  await page.close();
  expect(problems).toStrictEqual([]);
  return result;
}

it.each(['["hetu.1"]', '["hetu.2"]', '["hetu.2", "hetu.1"]'])(
  "both bundles in a page log in, call and follow rows through all layers with %s",
  async (protocols) => {
    const body = `
      const client = start(${JSON.stringify(SECRET)});
      const near = client.query(Position).range("x", 0, 10);
      await near.ready;
      const arrived = new Promise((resolve) => near.onChange(([{ row }]) => resolve(row)));
      await client.calls.moveTo(Math.fround(Math.random()), 2);
      const { owner, y } = await arrived;
      const echo = await client.calls.echo("a".repeat(900));
      client.close();
      return [String(owner), y, echo.length];`;
    expect(await run(protocols, body)).toStrictEqual(["7", 2, 900]);
  },
);

it("a page with another secret is told so once, and does not try again", async () => {
  const body = `
    const client = start("a guess");
    return client.connected().catch(({ cause }) => [client.connection.status, cause.closeCode]);`;
  expect(await run('["hetu.1"]', body)).toStrictEqual(["closed", 4005]);
  expect(await run('["hetu.2"]', body)).toStrictEqual(["closed", 4005]);
});
