import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBrowser } from "../../../scripts/browser.mjs";
import { serve, type Served } from "../../serving.js";

let served: Served;
let browser: Browser;
beforeAll(async () => {
  served = await serve("walking");
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error("no Chromium; run `node scripts/set-up.mjs`");
  browser = await chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
});
afterAll(async () => {
  await browser.close();
  await served.close();
});

/** What the page puts on `window` for the developer tools. */
interface PageState {
  readonly players: { readonly rows: readonly { readonly owner: bigint; readonly x: number; readonly y: number }[] };
  readonly me: () => bigint | undefined;
}

declare global {
  // A property of `window` inside the page.
  var hetu: PageState;
}

/** A window of its own, as a second person would have. */
async function openPage(problems: string[]): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${served.port}/`);
  await page.waitForFunction(() => {
    const me = globalThis.hetu.me();
    return globalThis.hetu.players.rows.some(({ owner }) => owner === me);
  });
  return page;
}

test("two pages see each other walk, also after the server was stopped and started again", async () => {
  const problems: string[] = [];
  const one = await openPage(problems);
  const two = await openPage(problems);
  const walker = await one.evaluate(() => String(globalThis.hetu.me()));

  await one.click("#world", { position: { x: 100, y: 100 } });
  const there = (page: Page): Promise<unknown> =>
    page.waitForFunction((owner) => {
      const row = globalThis.hetu.players.rows.find((candidate) => String(candidate.owner) === owner);
      const canvas = document.querySelector<HTMLCanvasElement>("#world");
      const scale = (canvas?.width ?? 0) / (canvas?.getBoundingClientRect().width ?? 1);
      return row !== undefined && Math.abs(row.x - 100 * scale) < 3 && Math.abs(row.y - 100 * scale) < 3;
    }, walker);
  await there(one);
  await there(two);
  expect(problems).toEqual([]);

  await two.fill("#text", "hello");
  await two.click("#say button");
  await served.stop();
  await two.waitForSelector('#state:not([data-state="connected"])');
  await served.restart();
  for (const page of [one, two]) {
    await page.waitForSelector('#state[data-state="connected"]');
    await page.waitForFunction(() => globalThis.hetu.players.rows.length === 2);
  }
});
