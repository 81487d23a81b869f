// After `npm ci` in a clone, makes `npx hetuc` and `npx hetu` answer at once: npm links the programs of dependencies
// into node_modules/.bin, but not those of the package itself.
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const binFolder = join(root, "node_modules/.bin");

/** @type {{ bin: Record<string, string> }} */
const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

mkdirSync(binFolder, { recursive: true });
for (const [name, path] of Object.entries(bin)) {
  const link = join(binFolder, name);
  const target = relative(binFolder, join(root, path));
  rmSync(link, { force: true });
  if (process.platform === "win32") {
    writeFileSync(`${link}.cmd`, `@node "%~dp0\\${target.replaceAll("/", "\\")}" %*\r\n`);
  } else {
    symlinkSync(target, link);
  }
}
