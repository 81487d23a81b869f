import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { parse as parseYaml, YAMLParseError } from "yaml";
import { ServerConfigError } from "./config-error.js";
import { interpolate, type MissingVariable } from "./interpolate.js";
import { nearestName } from "./nearest.js";
import { describeProblems } from "./problems.js";
import { type Settings, settingsSchema } from "./settings.js";

/** In the order in which they are looked for. */
const FILE_NAMES = ["hetu.json", "hetu.yaml", "hetu.yml"];
/** What the compiler reads in the same file; it checks these itself. */
const COMPILER_KEYS = ["$schema", "schema", "out", "targets"];
const DEFAULT_OUT = "generated";

export interface LoadedSettings {
  readonly settings: Settings;
  /** The folder that paths in it are relative to. */
  readonly root: string;
  /** The compiler's output folder, relative to `root`. */
  readonly out: string;
  /** Left out when there is none. */
  readonly file?: string;
}

/**
 * Reads `server` of hetu.json, hetu.yaml or hetu.yml, the nearest from `folder` upward; without a file there are no
 * settings but defaults.
 *
 * @param given a file, or a folder with one in it, instead; relative to `folder`.
 * @throws ServerConfigError
 */
export function loadSettings(
  folder: string,
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): LoadedSettings {
  const file = given === undefined ? findUpward(folder) : givenFile(resolve(folder, given));
  if (file === undefined) return { settings: {}, root: folder, out: DEFAULT_OUT };
  const content = parse(file, readText(file));
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new ServerConfigError(file, ["the file must hold an object with the key server"]);
  }
  const problems = Object.keys(content)
    .filter((key) => key !== "server" && !COMPILER_KEYS.includes(key))
    .map((key) => {
      const isSetting = Object.keys(settingsSchema.shape).includes(key);
      const meant = nearestName(key, ["server", ...COMPILER_KEYS]);
      const help = isSetting
        ? `it belongs under server`
        : meant === undefined
          ? "known keys are server, schema, out, targets"
          : `did you mean ${meant}?`;
      return `unknown key ${key}; ${help}`;
    });
  if (problems.length > 0) throw new ServerConfigError(file, problems);
  const server = "server" in content ? content.server : {};
  const missing: MissingVariable[] = [];
  const interpolated = interpolate(server, environment, missing);
  if (missing.length > 0) {
    throw new ServerConfigError(
      file,
      missing.map(({ path, variable }) => {
        const at = ["server", ...path].join(".");
        return `${at} needs the environment variable ${variable}, which is not set; set it, or write \${${variable}:-default}`;
      }),
    );
  }
  const out = "out" in content && typeof content.out === "string" ? content.out : DEFAULT_OUT;
  return { settings: checkSettings(interpolated ?? {}, file, "server"), root: dirname(file), out, file };
}

/** @throws ServerConfigError */
export function checkSettings(content: unknown, source: string, prefix: string): Settings {
  const result = settingsSchema.safeParse(content);
  if (result.success) return result.data;
  throw new ServerConfigError(source, describeProblems(result.error, content, prefix, settingsSchema));
}

function findUpward(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const found = FILE_NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

function givenFile(path: string): string {
  if (!existsSync(path)) throw new ServerConfigError(path, ["there is no such file"]);
  if (!statSync(path).isDirectory()) return path;
  const found = FILE_NAMES.map((name) => join(path, name)).find((candidate) => existsSync(candidate));
  if (found === undefined) throw new ServerConfigError(path, [`the folder has none of ${FILE_NAMES.join(", ")}`]);
  return found;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new ServerConfigError(file, [`cannot be read: ${messageOf(error)}`]);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return extname(file) === ".json" ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    const kind = error instanceof YAMLParseError ? "YAML" : "JSON";
    throw new ServerConfigError(file, [`is not ${kind}: ${messageOf(error)}`]);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
