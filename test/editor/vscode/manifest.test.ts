import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compile, printText } from "../../../compiler/index.js";
import { CONFIG_FILE_NAMES } from "../../../compiler/config/load-config.js";
import { INLAY_HINT_KINDS } from "../../../compiler/language-server/features/inlay-hints.js";
import { DEFAULT_SETTINGS, readSettings } from "../../../compiler/language-server/server/settings.js";
import { type ContributedSetting, extensionFolder, extensionJson, manifest } from "./manifest.js";

const { commands, menus, configuration, problemPatterns, problemMatchers } = manifest.contributes;
const sources = readdirSync(join(extensionFolder, "source"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(extensionFolder, "source", name), "utf8"))
  .join("\n");

/** Settings that the extension itself reads, and the client that it uses. */
const OWN_SETTINGS = ["hetu.server.path", "hetu.trace.server"];
const serverSettings = Object.entries(configuration.properties).filter(([name]) => !OWN_SETTINGS.includes(name));

/** The section `hetu`, as the editor sends it. */
function section(values: Readonly<Record<string, unknown>>): unknown {
  const root: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const steps = name.split(".").slice(1);
    const last = steps.pop() ?? "";
    let at = root;
    for (const step of steps) at = (at[step] ??= {}) as Record<string, unknown>;
    at[last] = value;
  }
  return root;
}

function anotherValue({ type, default: value }: ContributedSetting): unknown {
  if ([type].flat()[0] === "boolean") return value !== true;
  return typeof value === "number" ? value + 1 : expect.unreachable(`no other value is known for ${String(type)}`);
}

describe("settings", () => {
  test("what the manifest says to be the defaults are the defaults of the server", () => {
    const defaults = Object.fromEntries(serverSettings.map(([name, { default: value }]) => [name, value]));
    expect(readSettings(section(defaults))).toEqual(DEFAULT_SETTINGS);
  });

  test("the server reads each setting of the manifest, and has no other", () => {
    const read = serverSettings.flatMap(([name, setting]) => {
      const settings = readSettings(section({ [name]: anotherValue(setting) }));
      return Object.entries(settings)
        .filter(([key, value]) => value !== Reflect.get(DEFAULT_SETTINGS, key))
        .map(([key]) => key);
    });
    expect([...read].sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
    expect(read).toHaveLength(serverSettings.length);
  });

  test("the kinds of inlay hints are those that the server has", () => {
    expect(configuration.properties["hetu.inlayHints"]?.items?.enum).toEqual([...INLAY_HINT_KINDS]);
  });

  test("README.md and the document tell all settings with their defaults", () => {
    const documents = [join(extensionFolder, "README.md"), join(extensionFolder, "../../docs/editors.md")];
    for (const text of documents.map((path) => readFileSync(path, "utf8"))) {
      for (const [name, { default: value }] of Object.entries(configuration.properties)) {
        const shown = value === "" ? "" : `\`${String(value)}\` `;
        expect(text).toContain(`| \`${name}\` | ${shown}|`);
      }
    }
  });
});

test("the extension starts with each file that can make a folder a project", () => {
  expect(manifest.activationEvents).toEqual(CONFIG_FILE_NAMES.map((name) => `workspaceContains:**/${name}`));
});

test("each command of the manifest is registered, and menus name no other", () => {
  const registered = [...sources.matchAll(/registerCommand\("([^"]+)"/g)].map(([, name]) => name);
  const named = commands.map(({ command }) => command);
  // What the code lenses run is for nobody's eyes.
  expect(registered.filter((name) => name !== "hetu.showReferences").sort()).toEqual([...named].sort());
  for (const { command } of Object.values(menus).flat()) expect(named).toContain(command);
});

test("every text of the manifest is there in English and in Chinese, and none is left over", () => {
  const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? "");
  for (const language of ["", ".zh-cn"]) {
    const texts = extensionJson<Record<string, string>>(`package.nls${language}.json`);
    expect(Object.keys(texts).sort()).toEqual([...new Set(used)].sort());
    expect(Object.values(texts)).not.toContain("");
  }
});

test("every message of the extension is there in Chinese with the same places to fill in, and none is left over", () => {
  const used = [...sources.matchAll(/l10n\.t\(\s*"([^"]+)"/g)].map(([, text]) => text ?? "");
  expect(used).toHaveLength(sources.split("l10n.t(").length - 1);
  const chinese = extensionJson<Record<string, string>>("l10n/bundle.l10n.zh-cn.json");
  expect(Object.keys(chinese).sort()).toEqual([...new Set(used)].sort());
  const places = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).sort();
  for (const [text, translated] of Object.entries(chinese)) expect(places(translated)).toEqual(places(text));
});

test("the problem matcher reads what hetuc prints", () => {
  const text = "namespace game\nsystem pay() uses Money\ncomponent Gold {\n  kind: Kind\n}\n";
  const { diagnostics } = compile([{ path: "schema/pay.hetu", text }]);
  const [first, second] = problemPatterns[0].patterns.map(({ regexp }) => new RegExp(regexp));
  const lines = printText(diagnostics).split("\n");
  const found = lines.flatMap((line, at) => {
    const [head, place] = [first?.exec(line), second?.exec(lines[at + 1] ?? "")];
    return head && place ? [[...head.slice(1), ...place.slice(1)]] : [];
  });
  expect(found.length).toBeGreaterThan(1);
  expect(found).toEqual(
    diagnostics.map(({ severity, code, message, span: { file, start } }) => {
      const { line, column } = file.position(start);
      return [severity, code, message, file.path, String(line), String(column)];
    }),
  );
});

test("the tasks of the manifest are those of the extension, each with a problem matcher that exists", () => {
  const table = /const COMMANDS = \{(.*?)\} as const/s.exec(sources)?.[1] ?? "";
  const tasks = [...table.matchAll(/^ {2}(\w+): .*matcher: "\$([^"]+)"/gm)].map(([, name, matcher]) => [name, matcher]);
  expect(tasks.map(([name]) => name)).toEqual(manifest.contributes.taskDefinitions[0].properties.command.enum);
  const known = problemMatchers.map(({ name }) => name);
  // Of files that are open the language server says what holds now: the task's problems are those of the last save.
  expect(problemMatchers.map(({ applyTo }) => applyTo)).toEqual(known.map(() => "closedDocuments"));
  for (const [, matcher] of tasks) expect(known).toContain(matcher);
});
