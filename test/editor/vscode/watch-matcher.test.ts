import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { compilerProgram, plainEnvironment, temporaryFolder } from "../../compiler/cli/hetuc.js";
import { manifest } from "./manifest.js";

test("the background problem matcher sees where each build of hetuc build --watch begins and ends", async () => {
  await using folder = await temporaryFolder({ "hetu.json": "{}", "schema/a.hetu": "namespace a\nenum A { one }\n" });
  const { background } = manifest.contributes.problemMatchers.find(({ name }) => name === "hetuc-watch") ?? {};
  const [begins, ends] = [new RegExp(background?.beginsPattern ?? ""), new RegExp(background?.endsPattern ?? "")];
  const args = [compilerProgram, "build", "--watch", "--target", "schema.json"];
  const child = spawn(process.execPath, args, { cwd: folder.path, env: plainEnvironment(), stdio: "pipe" });
  const events: string[] = [];
  try {
    for await (const line of createInterface(child.stderr)) {
      if (begins.test(line)) events.push("begins");
      else if (line.includes("[HT")) events.push("problem");
      if (!ends.test(line)) continue;
      events.push("ends");
      if (events.filter((event) => event === "ends").length === 2) break;
      await folder.write("schema/a.hetu", "namespace a\nenum A { one, one }\n");
    }
  } finally {
    child.kill();
  }
  expect(events).toEqual(["ends", "begins", "problem", "ends"]);
});
