import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readSite } from "../../compiler/cli/playground/site.js";
import { SiteServer } from "../../compiler/cli/playground/site-server.js";
import { launchBrowser } from "../browser.js";
import { hetuc, temporaryFolder, type TemporaryFolder } from "../compiler/cli/hetuc.js";
import { FileServer } from "./file-server.js";
import {
  fileTabs,
  fragmentOf,
  goToEnd,
  openPlayground,
  renameFile,
  replaceSchema,
  ServedPlayground,
  typeLines,
} from "./playground.js";
import { unzip } from "./vscode/unzip.js";

const SCHEMA = `namespace demo

@permission(everybody)
component Score {
  owner:  i64     @unique
  points: u32 = 0 @index
}

@permission(user)
system add(points: u32) uses Score
`;

const BONUS = `namespace demo

@permission(user)
system bonus() uses Score
`;

const FILES = { "schema/bonus.hetu": BONUS, "schema/demo.hetu": SCHEMA };

const MISTAKEN = SCHEMA.replace("uses Score", "uses Scroe");

let folder: TemporaryFolder;
let served: ServedPlayground;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Everything the pages have asked for, and what went wrong in them. */
const requests: string[] = [];
const failures: string[] = [];
/** The page without a project. */
let bare: SiteServer;
let site: string;

beforeAll(async () => {
  folder = await temporaryFolder(FILES);
  [served, bare, browser] = await Promise.all([
    ServedPlayground.start(["schema/demo.hetu"], folder.path),
    SiteServer.listen(await readSite(), "127.0.0.1", 0),
    launchBrowser(),
  ]);
  site = bare.url;
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
  await Promise.all([served.stop(), bare.close()]);
  await folder[Symbol.asyncDispose]();
});

const clipboard = (): Promise<string> => page.evaluate<string>("navigator.clipboard.readText()");
const summary = () => page.locator("#problem-summary");
const stale = () => page.locator("#stale");

describe("the playground in a browser", () => {
  it("opens with a copy of the project, which keeps its changes until it is read again from the disk", async () => {
    const about = page.locator("#copy-of-text");
    await openPlayground(page, served.url);
    expect(await summary().textContent()).toBe("No problems");
    expect(await fileTabs(page)).toEqual({ names: ["bonus.hetu", "demo.hetu"], shown: "demo.hetu" });
    expect(await about.textContent()).toContain("A copy of hetuc-test-");

    await goToEnd(page);
    await page.keyboard.type("// mine");
    await openPlayground(page, served.url);
    const mine = page.locator("#schema .view-lines", { hasText: "mine" });
    await mine.waitFor();
    expect(await about.textContent()).toContain("Your changed copy");
    await folder.write("schema/bonus.hetu", `${BONUS}// theirs\n`);
    await openPlayground(page, served.url);
    await mine.waitFor();
    expect(await about.textContent()).toContain("have changed on the disk");
    expect(await folder.read("schema/demo.hetu")).toBe(SCHEMA);

    await page.locator("#read-again").click();
    await page.locator("#copy-of-text:has-text('A copy of')").waitFor();
    await mine.waitFor({ state: "detached" });
    await page.locator("#file-tabs [role=tab]").first().click();
    await page.locator("#schema .view-lines", { hasText: "theirs" }).waitFor();
    expect(failures).toEqual([]);
  });

  it("goes to a definition in another file, and renames in all of them, with @was for what a project may store", async () => {
    await openPlayground(page, served.url);
    await page.locator("#file-tabs [role=tab]").first().click();
    await page.locator("#schema .view-lines", { hasText: "bonus()" }).click();
    for (const key of ["Control+Home", "ArrowDown", "ArrowDown", "ArrowDown", "End"]) await page.keyboard.press(key);
    await page.keyboard.press("F12");
    await page.locator("#file-tabs [aria-selected=true]:has-text('demo.hetu')").waitFor();
    await page.keyboard.press("F2");
    const input = page.locator(".rename-input");
    await input.waitFor();
    await input.fill("Points");
    await input.press("Enter");
    await page.locator("#schema .view-lines", { hasText: "@was(Score)" }).waitFor();
    await page.locator("#file-tabs [role=tab]").first().click();
    await page.locator("#schema .view-lines", { hasText: /uses.Points/ }).waitFor();
    await page.locator("#problem-summary:has-text('No problems')").waitFor();
    await page.locator("#read-again").click();
  });

  it("adds, renames and deletes files, brings a deleted one back, and lists problems by file", async () => {
    await openPlayground(page, site + fragmentOf(FILES));
    await page.locator("#new-file").click();
    await page.keyboard.type("demo");
    await page.keyboard.press("Enter");
    expect(await page.locator("#name-problem").textContent()).toContain("already a file schema/demo.hetu");
    await page.locator("#name").fill("mood");
    await page.keyboard.press("Enter");
    await page.keyboard.type("enum Mood { glad, glad }");
    await page.locator("#problem-list button", { hasText: "schema/mood.hetu:3:19" }).waitFor();
    expect(await page.locator("#file-tabs .error").textContent()).toBe("mood.hetu");

    await renameFile(page, "a");
    expect(await renameFile(page, "a/demo.hetu")).toBe("schema/a.hetu");
    const all = { names: ["a/demo.hetu", "bonus.hetu", "schema/demo.hetu"], shown: "a/demo.hetu" };
    expect(await fileTabs(page)).toEqual(all);
    await page.locator("#delete-file").click();
    expect(await fileTabs(page)).toEqual({ names: ["bonus.hetu", "demo.hetu"], shown: "bonus.hetu" });
    await page.locator("#notice-action").click();
    expect(await fileTabs(page)).toEqual(all);
    await page.locator("#problem-list button", { hasText: "a/demo.hetu:3:19" }).waitFor();
    expect(failures).toEqual([]);
  });

  it("opens hundreds of files, and goes to a problem in one that was never in front", async () => {
    const names = Array.from({ length: 250 }, (_, number) => number);
    const many = names.map((number) => [`f${number}.hetu`, `namespace many\nenum Kind${number} { one }\n`] as const);
    const files = { ...Object.fromEntries(many), "wrong.hetu": "namespace many\nstruct Wrong { kind: Knd7 }\n" };
    await openPlayground(page, site + fragmentOf(files));
    await page.locator("#problem-list button", { hasText: "wrong.hetu:2:22" }).click();
    await page.locator("#file-tabs [aria-selected=true]:has-text('wrong.hetu')").waitFor();
    await page.locator("#schema .squiggly-error").waitFor();
    expect(failures).toEqual([]);
  });

  it("copies a link to all files and downloads them, and the address does not undo later changes", async () => {
    await openPlayground(page, site + fragmentOf(FILES));
    await page.locator("#copy-link").click();
    await page.locator("#notice-text:has-text('link is copied')").waitFor();
    expect(await clipboard()).toBe(page.url());
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
    const archive = unzip(await readFile(await download.path()));
    expect(Object.fromEntries([...archive].map(([path, text]) => [path, text.toString()]))).toEqual(FILES);

    const link = page.url();
    await goToEnd(page);
    await page.keyboard.type("// later");
    await page.waitForURL(site);
    await page.reload();
    await page.locator("#schema .view-lines", { hasText: "later" }).waitFor();
    await openPlayground(page, link);
    expect(await fileTabs(page)).toEqual({ names: ["bonus.hetu", "demo.hetu"], shown: "bonus.hetu" });
    expect(await page.locator("#schema .view-lines").textContent()).not.toContain("later");
  });

  it("generates the same text as hetuc build", async () => {
    await hetuc(["build"], { cwd: folder.path });
    await openPlayground(page, site + fragmentOf(FILES));
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
    const isCut = "[...document.querySelectorAll('.action-widget .title')].some((e) => e.scrollWidth > e.clientWidth)";
    expect(await page.evaluate<boolean>(isCut)).toBe(false);
    await page.keyboard.press("Enter");
    await page.locator("#problem-summary:has-text('No problems')").waitFor();
    await page.locator('#file option[value="Generated/Demo/Components/Score.cs"]').waitFor({ state: "attached" });
    await page.locator("#file").selectOption("Generated/Demo/Components/Score.cs");
    await page.locator("#file-text .view-lines", { hasText: "class Score" }).waitFor();
    expect(await stale().isVisible()).toBe(false);
  });

  it("shows the cluster graph, what is near a box that is pointed at, larger, smaller, and as a file", async () => {
    await openPlayground(page, site + fragmentOf(SCHEMA));
    await page.locator('[data-output="graph"]').click();
    const table = page.locator("#graph .table", { hasText: "Score" });
    await table.waitFor();
    await table.hover();
    await page.locator("#graph svg.chosen .line.near").waitFor({ state: "attached" });
    await table.click();
    expect(await page.locator("#graph-around").inputValue()).toBe("demo Score");
    await page.locator("#graph-around").selectOption("");
    const width = async () => Number(await page.locator("#graph svg").first().getAttribute("width"));
    const drawn = await width();
    await page.locator("#graph").focus();
    await page.keyboard.press("+");
    expect([await width(), await page.locator("#graph-fit").textContent()]).toEqual([drawn * 1.25, "125 %"]);
    await page.locator("#graph-fit").click();
    expect(await width()).toBe(drawn);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#graph-save").click()]);
    expect([download.suggestedFilename(), (await readFile(await download.path(), "utf8")).slice(0, 4)]).toEqual([
      "clusters.svg",
      "<svg",
    ]);
  });

  it("ends the line at Enter where a name is typed to its end, and where it is misspelt", async () => {
    await openPlayground(page, site + fragmentOf(SCHEMA));
    await goToEnd(page);
    await page.keyboard.type("component Coin {\n");
    await typeLines(page, "unique", "owner: i64 @unique");
    await typeLines(page, "u32", "gold: u32");
    await typeLines(page, "as it is typed", "note: string", "icon: bytes", "rank: u8 @range");
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("system take() uses Sc");
    await page.locator(".suggest-widget.visible", { hasText: "Score" }).waitFor();
    await page.keyboard.type("roe");
    await page.locator(".suggest-widget.visible").waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await page.keyboard.type("// end");
    await page.locator("#copy-text").click();
    await page.locator("#notice-text:has-text('is copied')").waitFor();
    expect(await clipboard()).toBe(
      `${SCHEMA}component Coin {\n  owner: i64 @unique\n  gold: u32\n  note: string\n  icon: bytes\n  rank: u8 @range\n\n}\nsystem take() uses Scroe\n// end`,
    );
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
    await openPlayground(page, site + fragmentOf(SCHEMA));
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
    await openPlayground(page, site + fragmentOf(SCHEMA));
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
    const outside = fragmentOf({ "../a.hetu": "namespace a" });
    for (const fragment of ["#schema=AAAA", "#schema=", "#schema=__79", "#files=", tooMuch, outside]) {
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
    await openPlayground(phone, served.url);
    expect(await phone.locator("#problem-summary").textContent()).toBe("没有问题");
    expect(await phone.locator("html").getAttribute("lang")).toBe("zh-CN");
    await phone.locator('[data-output="graph"]').click();
    const heading = phone.locator("#graph h2").first();
    await heading.waitFor();
    expect([await heading.textContent(), await phone.locator("#graph p").first().textContent()]).toEqual([
      "demo，集群 0",
      "1 张表，2 个系统。",
    ]);
    expect(await phone.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    await phone.locator("#language").selectOption("en");
    expect(await heading.textContent()).toBe("demo, cluster 0");
    expect(await phone.locator("#problem-summary").textContent()).toBe("No problems");
    await phone.close();
  });

  it("chooses tabs by arrow keys", async () => {
    await openPlayground(page, site + fragmentOf(SCHEMA));
    await page.locator('[data-output="server-ts"]').click();
    await page.keyboard.press("ArrowRight");
    expect(await page.locator('#tabs [aria-selected="true"]').textContent()).toBe("TypeScript client");
    await page.keyboard.press("End");
    await page.locator("#graph .hetu-graph").waitFor();
    expect(await page.locator('[role="tab"]:focus').textContent()).toBe("Clusters");
  });

  it("asks nobody but its own server for anything, also for pictures in comments of a foreign schema", async () => {
    const docs = "/// ![p](http://127.0.0.1:9/p.png) [l](http://127.0.0.1:9/)\n";
    await openPlayground(page, site + fragmentOf(SCHEMA.replace("component", `${docs}component`)));
    await page
      .locator("#schema .view-line", { hasText: "uses Score" })
      .locator("span", { hasText: /Score/ })
      .last()
      .hover();
    await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor();
    const own = [site, served.url, "data:"];
    expect(requests.filter((url) => !own.some((each) => url.startsWith(each)))).toEqual([]);
  });

  it("works from a plain file server below a folder", async () => {
    await hetuc(["playground", ".", "--out", "site"], { cwd: folder.path });
    await using files = await FileServer.start(join(folder.path, "site"), "/docs/playground/");
    await openPlayground(page, files.url);
    expect((await fileTabs(page)).names).toEqual(["bonus.hetu", "demo.hetu"]);
    await page.locator('[data-output="client-ts"]').click();
    await page.locator("#file-text .view-lines", { hasText: "Score" }).waitFor();
    expect(failures).toEqual([]);
    expect(files.missed).toEqual([]);
  });

  it("ends at Ctrl+C although pages are open, and as it should", async () => {
    expect(await served.stop()).toBe(0);
  });
});
