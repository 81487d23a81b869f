import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Page } from "playwright-core";
import * as React from "react";
import { renderToString } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHooks } from "../fixtures/world/generated/client-ts/sdk/react.js";
import { Account } from "../fixtures/world/generated/client-ts/world/index.js";
import { TestSite } from "./page.js";
import { account, accept, startClient, startServer } from "./world-client.js";
import type { ScriptedConnection } from "./scripted-server.js";

let site: TestSite;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("react-app.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    define: { "process.env.NODE_ENV": '"development"' },
  });
  site = await TestSite.start(outputFiles[0]?.text ?? "");
});

afterAll(() => site.stop());

async function open(): Promise<{ readonly page: Page; readonly connection: ScriptedConnection }> {
  const server = await startServer();
  const page = await site.browser.newPage();
  await page.goto(site.url);
  await page.addScriptTag({ type: "module", url: "/script.js" });
  await page.waitForFunction("globalThis.page !== undefined");
  await page.evaluate(`page.start(${JSON.stringify(server.url)}); page.render({ from: 1, shown: true, turn: 1 })`);
  return { page, connection: await accept(server) };
}

/** The text of the page, once it has this text in it. */
async function text(page: Page, part: string): Promise<string | null> {
  await page.waitForFunction(`document.body.textContent.includes(${JSON.stringify(part)})`);
  return page.textContent("#root");
}

describe("the hooks", () => {
  it("follow rows under StrictMode with one subscription a query, through renders with equal parameters", async () => {
    const { page, connection } = await open();
    expect((await connection.expect("sub")).query).toMatchObject({ index: "number", left: 1, right: 9, limit: 5 });
    expect((await connection.expect("sub")).query).toMatchObject({ index: "number", left: 1, right: 1, limit: 1 });
    connection.send("sub", "A", [account(1n, 1, 5), account(2n, 2)]);
    connection.send("sub", "B", [account(1n, 1, 5)]);
    expect(await text(page, "row 5; ready true")).toBe(
      "rows 1:5 2:0; row 5; ready true; stale false; connected; idle ",
    );
    connection.update("A", new Map([[3n, account(3n, 3)]]));
    await text(page, "3:0");
    await page.evaluate("page.render({ from: 1, shown: true, turn: 2 })");
    await page.waitForSelector('[data-turn="2"]');
    expect(connection.unread).toStrictEqual([]);
    expect(await page.evaluate("page.renders.at(-1) === page.renders.at(-2)")).toBe(true);
    await page.close();
  });

  it("ask anew for other parameters, and end what is not shown any more", async () => {
    const { page, connection } = await open();
    await connection.expect("sub");
    await connection.expect("sub");
    connection.send("sub", "A", [account(1n, 1)]);
    connection.send("sub", "B", []);
    await text(page, "ready true");
    await page.evaluate("page.render({ from: 2, shown: true, turn: 2 })");
    const frames = [await connection.next(), await connection.next(), await connection.next()];
    expect(frames.filter(({ kind }) => kind === "sub")).toMatchObject([{ query: { left: 2 } }]);
    connection.send("sub", "C", []);
    await page.evaluate("page.render({ from: 2, shown: false, turn: 3 })");
    await text(page, "nothing");
    const ended = [...frames, await connection.next()].filter(({ kind }) => kind === "unsub");
    expect(ended).toMatchObject([{ subscription: "A" }, { subscription: "B" }, { subscription: "C" }]);
    await page.close();
  });

  it("show a call from its start to its outcome", async () => {
    const { page, connection } = await open();
    await connection.expect("sub");
    await connection.expect("sub");
    connection.send("sub", "A", []);
    connection.send("sub", "B", []);
    await text(page, "ready true");
    const echoed = page.evaluate("page.echo('hello')");
    await text(page, "pending");
    await connection.expectCall("echo");
    connection.send("rsp", "olleh");
    expect(await echoed).toBe("olleh");
    await text(page, "idle olleh");
    void page.evaluate("page.echo('again').catch(() => undefined)");
    await connection.expectCall("echo");
    connection.send("rej", "echo", "ABORTED");
    await text(page, "idle CallRejectedError");
    await page.close();
  });

  it("give their empty state on a server, and start nothing there", async () => {
    const server = await startServer();
    const client = startClient(server.url);
    const { useRange, useRow, useConnection } = createHooks(React);
    const Shown = (): string => {
      const { rows, ready } = useRange(client, Account, "number");
      const { row, stale } = useRow(client, Account, { number: 1 });
      return `${rows.length} ${String(ready)} ${typeof row} ${String(stale)} ${useConnection(client).status}`;
    };
    expect(renderToString(React.createElement(Shown))).toBe("0 false undefined true connecting");
    const connection = await accept(server);
    void client.calls.any().catch(() => undefined);
    await connection.expectCall("any");
  });
});
