import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type HetuServer } from "hetu";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clientJs } from "../../compiler/emit/client-js/index.js";
import { worldModel } from "../fixtures/world/model.js";
import { worldSystems } from "../runtime/gate/world-server.js";
import { TestSite } from "./page.js";

let folder: string;
let server: HetuServer;
let site: TestSite;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-browser-"));
  server = createServer({ instances: { world: worldSystems() }, data: folder, port: 0, host: "127.0.0.1" });
  await server.listen();
  const bundle = clientJs.emit(worldModel).find(({ path }) => path === "world/bundle.js")?.content ?? "";
  site = await TestSite.start(bundle);
});

afterAll(async () => {
  await site.stop();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

it("the bundle logs in, calls, follows rows and rejects with typed errors in a page without a bundler", async () => {
  const page = await site.browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(site.url);
  const script = `(async () => {
    const { connect, NotEnough, Position } = await import("/script.js");
    const client = connect("ws://127.0.0.1:${server.port}/hetu/world", { bootstrap: ({ calls }) => calls.login(7n) });
    const near = client.query(Position).range("x", 0, 10);
    await near.ready;
    const arrived = new Promise((resolve) => near.onInsert(resolve));
    await client.calls.moveTo(1.5, 2);
    const row = await arrived;
    const error = await client.calls.transfer(1, 2, 500n).catch((reason) => reason);
    client.close();
    return [String(row.owner), row.x, row.y, error instanceof NotEnough, String(error.have), client.connection.status];
  })()`;
  expect(await page.evaluate(script)).toStrictEqual(["7", 1.5, 2, true, "100", "closed"]);
  expect(problems).toStrictEqual([]);
});

it("the bundle dials once more for hetu.1 when the server selects no subprotocol", async () => {
  const data = await mkdtemp(join(tmpdir(), "hetu-browser-"));
  const implementation = worldSystems();
  const old = createServer({
    instances: { world: implementation },
    data,
    port: 0,
    host: "127.0.0.1",
    wire: { hetu2: [] },
  });
  await old.listen();
  try {
    const page = await site.browser.newPage();
    await page.goto(site.url);
    const script = `(async () => {
      const { connect } = await import("/script.js");
      const dialled = [];
      const Dialling = class extends WebSocket {
        constructor(url, protocols) {
          super(url, protocols);
          dialled.push(protocols ?? "none");
        }
      };
      const options = { webSocket: Dialling };
      for (let n = 0; n < 2; n++) {
        const client = connect("ws://127.0.0.1:${old.port}/hetu/world", options);
        await client.calls.echo("a");
        client.close();
      }
      return dialled;
    })()`;
    expect(await page.evaluate(script)).toStrictEqual([["hetu.2"], "none", "none"]);
  } finally {
    await old.close();
    await rm(data, { recursive: true, force: true });
  }
});

it("the bundle works in a worker", async () => {
  const page = await site.browser.newPage();
  await page.goto(site.url);
  const code = `import { connect } from "${page.url()}script.js";
    const client = connect("ws://127.0.0.1:${server.port}/hetu/world");
    client.calls.echo("from a worker").then(postMessage, (error) => postMessage(String(error)));`;
  const script = `new Promise((resolve) => {
    const source = new Blob([${JSON.stringify(code)}], { type: "text/javascript" });
    const worker = new Worker(URL.createObjectURL(source), { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => resolve("error: " + message);
  })`;
  expect(await page.evaluate(script)).toBe("from a worker");
});
