import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { compilerProgram, plainEnvironment, repository } from "../compiler/cli/hetuc.js";

/** `hetuc playground`, serving. */
export class ServedPlayground {
  readonly #child: ChildProcess;
  /** As it was printed. */
  readonly url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(args: readonly string[] = [], cwd = repository): Promise<ServedPlayground> {
    const child = spawn(process.execPath, [compilerProgram, "playground", "--port", "0", ...args], {
      cwd,
      env: plainEnvironment(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    for await (const text of child.stdout.setEncoding("utf8")) {
      printed += text as string;
      if (printed.endsWith("\n")) return new ServedPlayground(child, printed.trim());
    }
    throw new Error("hetuc playground ended without an address");
  }

  /** Ends it as Ctrl+C does, unless it has ended. @returns its exit code. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGINT");
    const [code] = (await ended) as [number | null];
    return code;
  }
}

/** What stands behind `#` of a link to a schema: one file as its text, several by their paths. */
export function fragmentOf(schema: string | Readonly<Record<string, string>>): string {
  const [key, text] =
    typeof schema === "string" ? ["schema", schema] : ["files", JSON.stringify(Object.entries(schema))];
  return `#${key}=${deflateRawSync(text).toString("base64url")}`;
}

/** The names on the tabs of the files, and which of them is in front. */
export async function fileTabs(page: Page): Promise<{ readonly names: readonly string[]; readonly shown: string }> {
  const names = await page.locator("#file-tabs [role=tab]").allTextContents();
  return { names, shown: (await page.locator("#file-tabs [aria-selected=true]").textContent()) ?? "" };
}

/** Opens the page at an address and waits until the schema has been compiled. */
export async function openPlayground(page: Page, url: string): Promise<void> {
  // Another fragment alone would not load the page again.
  await page.goto("about:blank");
  await page.goto(url);
  await page.locator("#problem-summary:not(:empty)").waitFor();
}

/** Puts the cursor behind the last character of the schema. */
export async function goToEnd(page: Page): Promise<void> {
  await page.locator("#schema .view-lines").click();
  await page.keyboard.press("Control+End");
}

/** Puts a text in the place of the whole schema, as a user pastes it. */
export async function replaceSchema(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.locator("#schema .view-lines").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+V");
}

/** Types lines, each ended by Enter once the proposals for its last word show a text. */
export async function typeLines(page: Page, proposed: string, ...lines: readonly string[]): Promise<void> {
  for (const typed of lines) {
    await page.keyboard.type(typed);
    await page.locator(".suggest-widget.visible", { hasText: proposed }).waitFor();
    await page.keyboard.press("Enter");
  }
}

/** Gives the file in front another path. @returns the one that it had. */
export async function renameFile(page: Page, path: string): Promise<string> {
  await page.locator("#rename-file").click();
  const before = await page.locator("#name").inputValue();
  await page.locator("#name").fill(path);
  await page.keyboard.press("Enter");
  return before;
}
