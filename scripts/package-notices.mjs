// What the licences of bundled packages ask to be passed on.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * The folders of the packages that a bundle holds code of, relative to the repository.
 * @param {import("esbuild").Metafile} metafile
 * @returns {string[]}
 */
export function packagesOf({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

/**
 * Name, version and licence of packages, and what they say of code of others in them.
 * @param {readonly string[]} folders as of {@link packagesOf}.
 */
export function noticesOf(folders) {
  const notices = folders.map((folder) => {
    /** @type {{ name: string, version: string, license?: string }} */
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
    const text =
      file === undefined
        ? `Licence: ${license ?? "see its package.json"}`
        : readFileSync(join(root, folder, file), "utf8");
    const thirdParties = join(root, folder, "ThirdPartyNotices.txt");
    const more = existsSync(thirdParties) ? `\n\n${readFileSync(thirdParties, "utf8").trim()}` : "";
    return `${name} ${version}\n\n${text.trim()}${more}\n`;
  });
  return notices.join(`\n${"-".repeat(78)}\n\n`);
}
