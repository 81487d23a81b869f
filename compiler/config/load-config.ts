import { readFile, stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { ConfigError } from "./config-error.js";
import type { ConfigFile } from "./config-schema.js";

/** What a configuration may be called, in the order in which the names are looked for; all hold the same. */
export const CONFIG_FILE_NAMES: readonly string[] = ["hetu.json", "hetu.yaml", "hetu.yml"];

/** A project as `hetuc` sees it: hetu.json (or its YAML twin) with its defaults filled in. */
export interface Project {
  /** Absolute path of hetu.json; left out when there is none, and the defaults hold for the working folder. */
  readonly configFile?: string;
  /** The folder that all paths of the configuration are relative to; absolute. */
  readonly root: string;
  /** Globs of the schema's files, relative to `root`. */
  readonly schema: readonly string[];
  /** Where generated files go; absolute. */
  readonly out: string;
  /** Names of targets as given; left out: every one. */
  readonly targets?: readonly string[];
  /** Levels and accepted findings of `hetuc lint`, as given. */
  readonly lint?: NonNullable<ConfigFile["lint"]>;
  /** What `hetu` reads; not checked here. */
  readonly server?: Readonly<Record<string, unknown>>;
}

/**
 * Reads the project that a folder belongs to.
 *
 * @param folder where the search for hetu.json starts; it goes on upward to the root of the disk.
 * @param given a path of a configuration file that is taken instead, relative to `folder`; may also name its folder.
 * @throws ConfigError when the file is missing, unreadable, malformed or has wrong content.
 */
export async function loadProject(folder: string, given?: string): Promise<Project> {
  const configFile = given === undefined ? await findConfigFile(folder) : await givenFile(resolve(folder, given));
  if (configFile === undefined) return asProject(folder, {});
  const text = await readFile(configFile, "utf8").catch((error: unknown) => {
    throw new ConfigError(configFile, [`cannot be read: ${reason(error)}`]);
  });
  const content = await parse(configFile, text);
  // Loaded only here: the validator is a third of the start-up time of a command that needs no configuration.
  const { validateConfig } = await import("./validate.js");
  return { configFile, ...asProject(dirname(configFile), validateConfig(configFile, content)) };
}

function asProject(root: string, config: ConfigFile): Project {
  const { schema = "schema/**/*.hetu", out = "generated", targets, lint, server } = config;
  return {
    root,
    schema: typeof schema === "string" ? [schema] : schema,
    out: resolve(root, out),
    ...(targets === undefined ? {} : { targets }),
    ...(lint === undefined ? {} : { lint }),
    ...(server === undefined ? {} : { server }),
  };
}

/** The nearest configuration file, from a folder upward to the root of the disk; `undefined` when there is none. */
export async function findConfigFile(start: string): Promise<string | undefined> {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const found = await findIn(folder);
    if (found !== undefined) return found;
    if (dirname(folder) === folder) return undefined;
  }
}

async function givenFile(path: string): Promise<string> {
  if (await isFile(path)) return path;
  const inFolder = await findIn(path);
  if (inFolder !== undefined) return inFolder;
  throw new ConfigError(path, ["there is no such file, nor a folder with a hetu.json in it"]);
}

async function findIn(folder: string): Promise<string | undefined> {
  for (const name of CONFIG_FILE_NAMES) {
    const candidate = join(folder, name);
    if (await isFile(candidate)) return candidate;
  }
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}

async function parse(file: string, text: string): Promise<unknown> {
  const isJson = extname(file) === ".json";
  const withoutMark = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    return isJson ? JSON.parse(withoutMark) : (await import("yaml")).parse(withoutMark);
  } catch (error) {
    const hasComment = isJson && /^\s*(\/\/|\/\*)/m.test(text);
    throw new ConfigError(file, [
      `is not ${isJson ? "JSON" : "YAML"}: ${reason(error)}`,
      ...(hasComment ? ["comments are not part of JSON; remove them, or turn the file into a hetu.yaml"] : []),
    ]);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
