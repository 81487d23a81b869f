// Bundles the page of `hetuc playground` into dist/playground: index.html, page.js and page.css (with Monaco), and two
// workers. Bundles are kept compressed, as .gz, which makes a quarter of them; `hetuc playground` serves them so, and
// unpacks them with --out. Monaco takes some seconds, so a bundle is made again only when one of its inputs has changed.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { noticesOf, packagesOf } from "./package-notices.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "editor/playground");
const target = join(root, "dist/playground");
const cache = join(root, "node_modules/.cache/hetu");

/** Nothing but the page's own files. Monaco writes styles into the page; it evaluates no text as code. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const bundles = {
  page: join(source, "source/main.ts"),
  "compiler-worker": join(source, "source/worker/compiler-worker.ts"),
  "editor-worker": join(root, "node_modules/monaco-editor/esm/vs/editor/editor.worker.js"),
};

/**
 * What a file is known by, without reading it.
 * @param {string} path
 */
function stampOf(path) {
  const file = statSync(join(root, path), { throwIfNoEntry: false });
  return file === undefined ? "" : `${file.mtimeMs} ${file.size}`;
}

/**
 * Of a bundle that was made: stamps of what it was made of and of what it became, its files, and the packages in it.
 * @typedef {{
 *   readonly stamps: { readonly [path: string]: string },
 *   readonly files: readonly string[],
 *   readonly packages: readonly string[],
 * }} BundleRecord
 */

/**
 * Whether a bundle is still what its inputs make.
 * @param {BundleRecord} record
 */
const isFresh = ({ stamps }) => Object.entries(stamps).every(([path, stamp]) => stampOf(path) === stamp);

/**
 * Makes a bundle if it is not there or no longer fresh.
 * @param {string} name
 * @param {string} entryPoint
 * @returns {Promise<BundleRecord>}
 */
async function bundle(name, entryPoint) {
  const recordFile = join(cache, `playground-${name}.json`);
  if (existsSync(recordFile)) {
    /** @type {BundleRecord} */
    const known = JSON.parse(readFileSync(recordFile, "utf8"));
    if (isFresh(known)) return known;
    rmSync(recordFile);
  }
  const began = Date.now();
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    write: false,
    entryPoints: { [name]: entryPoint },
    outdir: target,
    assetNames: "[name]",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    loader: { ".ttf": "file", ".hetu": "text" },
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
  });
  const files = await Promise.all(
    outputFiles.map(async ({ path, contents }) => {
      const file = `${path}.gz`;
      writeInPlace(file, await promisify(gzip)(contents, { level: 9 }));
      return relative(root, file);
    }),
  );
  const inputs = [...Object.keys(metafile.inputs), "package-lock.json", "scripts/build-playground.mjs"];
  const stamps = Object.fromEntries([...inputs, ...files].map((path) => [path, stampOf(path)]));
  const record = { stamps, files, packages: packagesOf(metafile) };
  // Of an input that changed meanwhile nobody knows which state is in the bundle: it is made again next time.
  if (inputs.every((path) => statSync(join(root, path)).mtimeMs < began)) {
    writeFileSync(recordFile, JSON.stringify(record));
  }
  return record;
}

/**
 * Whoever reads the file meanwhile reads the old one or the new one.
 * @param {string} file
 * @param {string | Uint8Array} content
 */
function writeInPlace(file, content) {
  const aside = join(cache, `playground-${basename(file)}.new`);
  writeFileSync(aside, content);
  renameSync(aside, file);
}

mkdirSync(cache, { recursive: true });
mkdirSync(target, { recursive: true });
const records = await Promise.all(Object.entries(bundles).map(([name, entryPoint]) => bundle(name, entryPoint)));
const packages = [...new Set(records.flatMap((record) => record.packages))].sort();
writeInPlace(
  join(target, "index.html"),
  readFileSync(join(source, "index.html"), "utf8").replace("{{policy}}", POLICY),
);
writeInPlace(
  join(target, "THIRD-PARTY-NOTICES.txt"),
  `The scripts and the style in this folder contain code of these packages.\n\n${noticesOf(packages)}`,
);
// What an earlier page had would be packed and published.
const kept = new Set([
  "index.html",
  "THIRD-PARTY-NOTICES.txt",
  ...records.flatMap(({ files }) => files.map((file) => basename(file))),
]);
for (const name of readdirSync(target)) if (!kept.has(name)) rmSync(join(target, name), { recursive: true });
