import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lint } from "../../../compiler/lint/lint.js";
import { serverRules } from "../../../compiler/lint/rules/server-rules.js";
import { readServer } from "../../../compiler/lint/server/read-server.js";
import { DEFAULT_LINT_SETTINGS } from "../../../compiler/lint/settings.js";
import { analyseSources } from "../../../compiler/pipeline.js";
import { repository } from "../cli/hetuc.js";

const projects = [
  ...["chat", "kitchen-sink", "name-clash", "walking"].map((name) => `schema-examples/${name}`),
  "compiler/init/template",
];

it.each(projects)("nothing is found in %s, and the code of every system is", async (folder) => {
  const root = join(repository, folder);
  const names = await readdir(join(root, "schema"));
  const texts = names.map(async (name) => ({ path: name, text: await readFile(join(root, "schema", name), "utf8") }));
  const { context: schema, build } = analyseSources(await Promise.all(texts));
  const model = build!();
  const entries = [join(root, "server/index.ts")];
  const code = readServer({ root, entries, out: join(root, "generated") }, model);
  const found = lint({ schema, model, settings: DEFAULT_LINT_SETTINGS, server: { code, rules: serverRules } });
  expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  const systems = model.namespaces.flatMap((namespace) => namespace.systems);
  expect(code.systems.map(({ system, use }) => [system.name, use.escapes.length])).toEqual(
    systems.map(({ name }) => [name, 0]),
  );
});
