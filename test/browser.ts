import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../scripts/browser.mjs";

/** Starts the Chromium of this machine without a window. @throws Error when there is none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error("no Chromium; run `node scripts/set-up.mjs`");
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  return chromium.launch({ executablePath, args });
}
