import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browser.mjs";
import { hetuc, temporaryFolder, type TemporaryFolder } from "../compiler/cli/hetuc.js";
import { fragmentOf, goToEnd, openPlayground, replaceSchema, ServedPlayground } from "./playground.js";

const SCHEMA = `namespace demo

@permission(everybody)
component Score {
  owner:  i64     @unique
  points: u32 = 0 @index
}

@permission(user)
system add(points: u32) uses Score
`;

const MISTAKEN = SCHEMA.replace("uses Score", "uses Scroe");

let folder: TemporaryFolder;
let served: ServedPlayground;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Everything the pages have asked for, and what went wrong in them. */
const requests: string[] = [];
const failures: string[] = [];
/** Without what the command has added behind `#`. */
let site: string;

beforeAll(async () => {
  folder = await temporaryFolder({ "schema/demo.hetu": SCHEMA });
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error("no Chromium; run `node scripts/set-up.mjs`");
  const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  [served, browser] = await Promise.all([
    ServedPlayground.start(["schema/demo.hetu"], folder.path),
    chromium.launch({ executablePath, args }),
  ]);
  site = new URL("/", served.url).href;
  context = await browser.newContext({ locale: "en-GB", permissions: ["clipboard-read", "clipboard-write"] });
  context.on("request", (request) => requests.push(request.url()));
  context.on("weberror", (error) => failures.push(String(error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") failures.push(message.text());
  });
  page = await context.newPage();
});

beforeEach(() => {
  failures.length = 0;
});

afterAll(async () => {
  await browser.close();
  await served.stop();
  await folder[Symbol.asyncDispose]();
});

const clipboard = (): Promise<string> => page.evaluate<string>("navigator.clipboard.readText()");
const summary = () => page.locator("#problem-summary");
const stale = () => page.locator("#stale");

describe("the playground in a browser", () => {
  it("opens with the schema that hetuc playground was given", async () => {
    await openPlayground(page, served.url);
    expect(await summary().textContent()).toBe("No problems");
    expect(await page.locator("#schema .view-lines").textContent()).toContain("Score");
  });

  it("generates the same text as hetuc build", async () => {
    await hetuc(["build"], { cwd: folder.path });
    await openPlayground(page, served.url);
    for (const [tab, path] of [
      ["server-ts", "demo/systems/add.ts"],
      ["client-ts", "demo/components/score.ts"],
      ["client-js", "demo/components/score.js"],
      ["client-csharp", "Generated/Demo/Components/Score.cs"],
      ["schema.json", "schema.json"],
    ] as const) {
      await page.locator(`[data-output="${tab}"]`).click();
      await page.locator(`#file option[value="${path}"]`).waitFor({ state: "attached" });
      await page.locator("#file").selectOption(path);
      await page.locator("#copy-file").click();
      await page.locator("#notice-text:has-text('Copied.')").waitFor();
      const file = tab === "schema.json" ? "generated/schema.json" : `generated/${tab}/${path}`;
      expect(await clipboard()).toBe(await folder.read(file));
      await page.locator("#notice-close").click();
    }
  });

  it("marks a mistake, offers to put it right, and then shows the class for C#", async () => {
    await openPlayground(page, site + fragmentOf(MISTAKEN));
    expect(await summary().textContent()).toBe("1 problem");
    expect(await page.locator("#problem-list").textContent()).toContain("HT2011");
    await page.locator("#schema .squiggly-error").waitFor();
    await page.locator('[data-output="client-csharp"]').click();
    expect(await stale().textContent()).toContain("shown when they are gone");

    await page.locator("#problem-list button").click();
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget", { hasText: "Replace with Score" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#problem-summary:has-text('No problems')").waitFor();
    await page.locator('#file option[value="Generated/Demo/Components/Score.cs"]').waitFor({ state: "attached" });
    await page.locator("#file").selectOption("Generated/Demo/Components/Score.cs");
    await page.locator("#file-text .view-lines", { hasText: "class Score" }).waitFor();
    expect(await stale().isVisible()).toBe(false);
  });

  it("shows the cluster graph, and what is near a box that is pointed at", async () => {
    await openPlayground(page, site + fragmentOf(SCHEMA));
    await page.locator('[data-output="graph"]').click();
    const table = page.locator("#graph .table", { hasText: "Score" });
    await table.waitFor();
    await table.hover();
    await page.locator("#graph svg.chosen .line.near").waitFor({ state: "attached" });
  });

  it("completes, explains, and formats what is typed", async () => {
    await openPlayground(page, site + fragmentOf(SCHEMA));
    await goToEnd(page);
    await page.keyboard.type("@perm");
    await page.locator(".suggest-widget.visible", { hasText: "permission" }).waitFor();
    await page.keyboard.press("Escape");
    await page
      .locator("#schema .view-line", { hasText: "uses Score" })
      .locator("span", { hasText: /^uses$/ })
      .hover();
    await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor();

    await replaceSchema(page, "namespace demo\nenum   Mood   {  glad  }");
    await page.locator("#problem-summary:has-text('No problems')").waitFor();
    await page.locator("#format").click();
    await page.locator("#schema .view-lines", { hasText: /enum.Mood\S/ }).waitFor();
  });

  it("copies a link that opens with the same text elsewhere", async () => {
    const text = `${SCHEMA}\n// 河图 \u{1F40E} <&>\n`;
    await openPlayground(page, site);
    await replaceSchema(page, text);
    await page.locator("#copy-link").click();
    await page.locator("#notice-text:has-text('link is copied')").waitFor();
    const link = await clipboard();

    await openPlayground(page, link);
    await page.locator("#schema .view-lines").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Control+C");
    expect(await clipboard()).toBe(text);
  });

  it("says that a schema is too long for a link", async () => {
    const comments = Array.from({ length: 8_000 }, (_, n) => `// ${(n * 2_654_435_761) % 2 ** 32}`);
    await openPlayground(page, site);
    await replaceSchema(page, `namespace long\n${comments.join("\n")}\n`);
    await page.locator("#copy-link").click();
    await page.locator("#notice.failed:has-text('too long for a link')").waitFor();
  });

  it("tells of a link that holds nothing to read, and shows the last schema", async () => {
    await openPlayground(page, site + fragmentOf(SCHEMA));
    await goToEnd(page);
    await page.keyboard.type("// mine");
    const mine = page.locator("#schema .view-lines", { hasText: "mine" });
    await mine.waitFor();
    await openPlayground(page, `${site}#schema=%%%`);
    await mine.waitFor();
    const notice = page.locator("#notice.failed:has-text('holds no schema that can be read')");
    await notice.waitFor();
    const tooMuch = fragmentOf("a".repeat(1_000_001));
    for (const fragment of ["#schema=AAAA", "#schema=", "#schema=__79", tooMuch]) {
      await page.locator("#notice-close").click();
      await page.evaluate(`location.hash = ${JSON.stringify(fragment)}`);
      await notice.waitFor();
    }
    await mine.waitFor();
    expect(failures).toEqual([]);

    await page.evaluate(`location.hash = ${JSON.stringify(fragmentOf("namespace other"))}`);
    await page.locator("#schema .view-lines", { hasText: "other" }).waitFor();
  });

  it("speaks Chinese to a browser that asks for it, and is as wide as a telephone", async () => {
    const phone = await browser.newPage({ locale: "zh-CN", viewport: { width: 390, height: 800 } });
    await openPlayground(phone, site);
    expect(await phone.locator("#problem-summary").textContent()).toBe("没有问题");
    expect(await phone.locator("html").getAttribute("lang")).toBe("zh-CN");
    expect(await phone.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await phone.locator("#language").selectOption("en");
    expect(await phone.locator("#problem-summary").textContent()).toBe("No problems");
    await phone.close();
  });

  it("chooses tabs by arrow keys", async () => {
    await openPlayground(page, site + fragmentOf(SCHEMA));
    await page.locator('[data-output="server-ts"]').click();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator('[role="tab"][aria-selected="true"]').textContent()).toBe("TypeScript client");
    await page.keyboard.press("End");
    await page.locator("#graph .hetu-graph").waitFor();
    expect(await page.locator('[role="tab"]:focus').textContent()).toBe("Clusters");
  });

  it("asks nobody but its own server for anything, also for pictures in comments of a foreign schema", async () => {
    const foreign = SCHEMA.replace(
      "component",
      "/// ![p](http://127.0.0.1:9/p.png) [l](http://127.0.0.1:9/)\ncomponent",
    );
    await openPlayground(page, site + fragmentOf(foreign));
    await page
      .locator("#schema .view-line", { hasText: "uses Score" })
      .locator("span", { hasText: /Score/ })
      .last()
      .hover();
    await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor();
    expect(requests.filter((url) => !url.startsWith(site) && !url.startsWith("data:"))).toEqual([]);
  });

  it("works from a plain file server below a folder", async () => {
    await hetuc(["playground", "--out", "site"], { cwd: folder.path });
    await using files = await FileServer.start(join(folder.path, "site"), "/docs/playground/");
    await openPlayground(page, files.url + fragmentOf(SCHEMA));
    await page.locator('[data-output="client-ts"]').click();
    await page.locator("#file-text .view-lines", { hasText: "Score" }).waitFor();
    expect(failures).toEqual([]);
    expect(files.missed).toEqual([]);
  });

  it("ends at Ctrl+C although pages are open, and as it should", async () => {
    expect(await served.stop()).toBe(0);
  });
});

/** Serves a folder below a path, as the simplest web server does. */
class FileServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #base: string;
  /** Paths that were asked for and are not there. */
  readonly missed: string[] = [];

  private constructor(folder: string, base: string) {
    this.#base = base;
    const types: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", css: "text/css" };
    this.#server = createServer((request, response) => {
      const path = (request.url ?? "").split("?", 1)[0] ?? "";
      const name = path === base ? "index.html" : normalize(path.slice(base.length));
      readFile(join(folder, path.startsWith(base) ? name : "nothing")).then(
        (content) => {
          response.setHeader("content-type", types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream");
          response.end(content);
        },
        () => {
          this.missed.push(path);
          response.writeHead(404).end();
        },
      );
    });
  }

  static async start(folder: string, base: string): Promise<FileServer> {
    const server = new FileServer(folder, base);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#base}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
