import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { compilerProgram, finished, plainEnvironment, temporaryFolder } from "./hetuc.js";
import { GOOD, SECOND, WRONG } from "./schemas.js";

interface Event {
  readonly event: "built" | "failed";
  readonly ok: boolean;
  readonly diagnostics: readonly { readonly code: string }[];
  readonly files: { readonly written: readonly string[]; readonly removed: readonly string[] };
  readonly error?: { readonly message: string };
}

/** A running `hetuc build --watch --json`. */
class Watcher implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(cwd: string) {
    const args = [compilerProgram, "build", "--watch", "--json", "--target", "schema.json"];
    this.process = spawn(process.execPath, args, { cwd, env: plainEnvironment(), stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
  }

  /** The next build's outcome; waits for it. */
  async next(): Promise<Event> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error("the watcher has ended");
    return JSON.parse(line.value) as Event;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = finished(this.process);
    this.process.kill("SIGKILL");
    await ended;
  }
}

describe("hetuc build --watch --json", () => {
  it("builds at once, again after a change, keeps the last good output on errors, and recovers", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await using watcher = new Watcher(folder.path);
    expect(await watcher.next()).toMatchObject({ event: "built", files: { written: ["schema.json"] } });

    await folder.write("schema/shop.hetu", GOOD.replace("i32", "u32"));
    expect(await watcher.next()).toMatchObject({ event: "built", files: { written: ["schema.json"] } });
    const good = await folder.read("generated/schema.json");

    await folder.write("schema/shop.hetu", WRONG);
    const failed = await watcher.next();
    expect(failed).toMatchObject({ event: "failed", ok: false, files: { written: [] } });
    expect(failed.diagnostics).toHaveLength(1);
    expect(await folder.read("generated/schema.json")).toBe(good);

    await folder.write("schema/shop.hetu", GOOD);
    expect(await watcher.next()).toMatchObject({ event: "built", files: { written: ["schema.json"] } });
  });

  it("notices new and removed files, also in new folders", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await using watcher = new Watcher(folder.path);
    await watcher.next();
    await folder.write("schema/deep/er/farm.hetu", SECOND);
    expect(await watcher.next()).toMatchObject({ event: "built", files: { written: ["schema.json"] } });
    expect(await folder.read("generated/schema.json")).toContain('"farm"');
    await rm(join(folder.path, "schema/deep"), { recursive: true });
    expect(await watcher.next()).toMatchObject({ event: "built", files: { written: ["schema.json"] } });
    expect(await folder.read("generated/schema.json")).not.toContain('"farm"');
  });

  it("tells of a wrong hetu.json, goes on, and follows a changed one", async () => {
    await using folder = await temporaryFolder({
      "schema/shop.hetu": GOOD,
      "tables/farm.hetu": SECOND,
      "hetu.json": "{}",
    });
    await using watcher = new Watcher(folder.path);
    await watcher.next();
    await folder.write("hetu.json", '{ "scheme": 1 }');
    const failed = await watcher.next();
    expect(failed).toMatchObject({ event: "failed", diagnostics: [] });
    expect(failed.error?.message).toContain("unknown key `scheme`");

    await folder.write("hetu.json", '{ "schema": "tables/*.hetu" }');
    expect(await watcher.next()).toMatchObject({ event: "built", files: { written: ["schema.json"] } });
    await folder.write("tables/farm.hetu", SECOND.replace("i32", "u32"));
    expect(await watcher.next()).toMatchObject({ event: "built", files: { written: ["schema.json"] } });
  });

  it("goes on when the last schema file is removed, and builds when there is one again", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await using watcher = new Watcher(folder.path);
    await watcher.next();
    await rm(join(folder.path, "schema/shop.hetu"));
    expect((await watcher.next()).error?.message).toContain("no schema file matches");
    await folder.write("schema/shop.hetu", GOOD.replace("i32", "u32"));
    expect(await watcher.next()).toMatchObject({ event: "built" });
  });

  it("ends well on SIGTERM", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await using watcher = new Watcher(folder.path);
    await watcher.next();
    const ended = finished(watcher.process);
    watcher.process.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  it("ends when the program that started it closes its standard input", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await using watcher = new Watcher(folder.path);
    await watcher.next();
    const ended = finished(watcher.process);
    watcher.process.stdin!.end();
    expect((await ended).code).toBe(0);
  });
});
