import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBrowser } from "../../../scripts/browser.mjs";
import { bundlePage } from "../../../scripts/bundle-page.mjs";
import { serve, type Served } from "../../serving.js";

let served: Served;
let browser: Browser;
beforeAll(async () => {
  await bundlePage(fileURLToPath(new URL("..", import.meta.url)));
  served = await serve("chat");
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

/** Somebody who has opened the page and gone to the lobby. */
async function enter(nick: string, problems: string[]): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`http://127.0.0.1:${served.port}/`);
  await page.getByLabel("Your nick").fill(nick);
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByRole("button", { name: "lobby" }).click();
  await page.getByLabel("Write a message").waitFor();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Write a message").fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

/** What stands in the list of messages, once the last one is `text`. */
async function messagesUntil(page: Page, text: string): Promise<readonly string[]> {
  const list = page.getByLabel("Messages").getByRole("listitem");
  await list.last().filter({ hasText: text }).waitFor();
  return (await list.allInnerTexts()).map((line) => line.replace(/^.*?(?=\b(ann|bob)\b)/, ""));
}

test("two people chat, and after a restart of the server go on where they were, with each message once", async () => {
  const problems: string[] = [];
  const ann = await enter("ann", problems);
  const bob = await enter("bob", problems);
  await say(ann, "hello");
  await messagesUntil(bob, "hello");
  await say(bob, "hello yourself");
  for (const page of [ann, bob]) {
    expect(await messagesUntil(page, "hello yourself")).toEqual(["ann hello", "bob hello yourself"]);
    expect((await page.getByLabel("Members").getByRole("listitem").allInnerTexts()).sort()).toEqual(["ann", "bob"]);
  }

  await served.stop();
  for (const page of [ann, bob]) await page.locator(".chat.stale").waitFor();
  // Written while there is no server: it waits, and is sent once there is one.
  await say(ann, "are you there?");
  await served.restart();
  for (const page of [ann, bob]) {
    expect(await messagesUntil(page, "are you there?")).toEqual([
      "ann hello",
      "bob hello yourself",
      "ann are you there?",
    ]);
  }
  await say(bob, "here");
  for (const page of [ann, bob]) expect(await messagesUntil(page, "here")).toHaveLength(4);
  expect(problems).toEqual([]);
});
