import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { repository } from "./recorder/vector-file.js";

it("the vectors are what the recorder gets from the server now", () => {
  const recorder = join(repository, "scripts/record-conformance.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [recorder, "--check"], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toBe("conformance: all vectors are fresh\n");
  expect(status).toBe(0);
});
