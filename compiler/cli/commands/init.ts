import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { ExitCode } from "../exit-code.js";
import { packageInfo } from "../package-info.js";
import type { CommandContext } from "../command-context.js";
import { UsageError } from "../usage-error.js";

/** Files that npm would treat as its own if they lay in the package under their real names. */
const realNames: Readonly<Record<string, string>> = {
  gitignore: ".gitignore",
  "package.template.json": "package.json",
};

/**
 * Writes a new project.
 *
 * @param folder relative to the working folder; created when missing.
 * @throws UsageError when there is something in it, or it cannot be written.
 */
export async function init({ terminal, cwd }: CommandContext, folder: string): Promise<ExitCode> {
  const target = resolve(cwd, folder);
  const present = await readdir(target).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
    throw new UsageError(`${folder} is not a folder that can be read`, "give the name of a new folder");
  });
  const inTheWay = present.find((name) => name !== ".git");
  if (inTheWay !== undefined) {
    throw new UsageError(
      `${folder} is not empty: it holds \`${inTheWay}\``,
      "give the name of a new or an empty folder",
    );
  }

  const source = join(packageInfo().root, "dist/compiler/init/template");
  const values = { name: packageName(basename(target)), dependency: dependencyOn(target) };
  const files = (await readdir(source, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) {
    const path = join(dirname(relative(source, file)), realNames[basename(file)] ?? basename(file));
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), fill(await readFile(file, "utf8"), values));
  }

  terminal.out.write(
    [
      `Created ${folder}. Next:`,
      "",
      `  cd ${inShell(folder)}`,
      "  npm install",
      "  npm start        # then open http://127.0.0.1:2466/ in two windows",
      "",
      "README.md in it says what each file is for.",
      "",
    ].join("\n"),
  );
  return ExitCode.ok;
}

/** A path as an argument of a shell; in quotes that cmd.exe knows, too, unless they would not hold it together. */
function inShell(path: string): string {
  if (/^[\w./:@%+,-]+$/.test(path) && !path.startsWith("-")) return path;
  const argument = path.startsWith("-") ? `./${path}` : path;
  return /["$`!]/.test(argument) ? `'${argument.replaceAll("'", "'\\''")}'` : `"${argument}"`;
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

/** A folder's name as npm accepts it for a package. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "");
  return name === "" ? "game" : name;
}

/** The version of ours that the project needs; in a clone of our repository, the clone itself. */
function dependencyOn(target: string): string {
  const { root, version } = packageInfo();
  const installed = root.split(sep).includes("node_modules");
  return installed ? `^${version}` : `file:${relative(target, root).split(sep).join("/")}`;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
