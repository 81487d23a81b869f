import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bundleEntry } from "../../../runtime/cli/entry.js";
import { eventually } from "../../redis/index.js";

const entry = fileURLToPath(new URL("world-entry.ts", import.meta.url));

/** Programs that this process has started and that run. */
async function children(): Promise<readonly { readonly pid: number; readonly name: string }[]> {
  const pids = (await readdir(`/proc/${process.pid}/task/${process.pid}`)).includes("children")
    ? (await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")).trim().split(" ")
    : [];
  const found = await Promise.all(
    pids.map(async (pid) => ({ pid: Number(pid), name: await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "") })),
  );
  return found.filter(({ name }) => name.trim() === "esbuild");
}

const canLook = spawnSync("cat", [`/proc/${process.pid}/task/${process.pid}/children`]).status === 0;

it.runIf(canLook)("bundles after the process of the bundler was killed, and leaves none behind", async () => {
  const both = Promise.allSettled([bundleEntry(entry), bundleEntry(entry)]);
  await eventually(async () => (await children()).length > 0);
  for (const { pid } of await children()) process.kill(pid, "SIGKILL");
  for (const outcome of await both) {
    // It may have been done before.
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ name: "EntryError" });
  }
  const bundles = await Promise.all([bundleEntry(entry), bundleEntry(entry)]);
  for (const { code } of bundles) expect(code).toContain("export");
  await eventually(async () => (await children()).length === 0);
});
