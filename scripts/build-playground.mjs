// Bundles the page of `hetuc playground` into dist/playground: index.html, page.js and page.css (with Monaco), and two
// workers. Bundles are kept compressed, as .gz, which makes a quarter of them; `hetuc playground` serves them so, and
// unpacks them with --out. Monaco takes some seconds, so a bundle is made again only when one of its inputs has changed.
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
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
 * Made of a bundle once: stamps of what it was made of and of what it became, and the packages in it.
 * @typedef {{ readonly stamps: { readonly [path: string]: string }, readonly packages: readonly string[] }} BundleRecord
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
 * @returns {Promise<readonly string[]>} the packages in it.
 */
async function bundle(name, entryPoint) {
  const recordFile = join(cache, `playground-${name}.json`);
  if (existsSync(recordFile)) {
    /** @type {BundleRecord} */
    const known = JSON.parse(readFileSync(recordFile, "utf8"));
    if (isFresh(known)) return known.packages;
    rmSync(recordFile);
  }
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
  const written = await Promise.all(
    outputFiles.map(async ({ path, contents }) => {
      const file = `${path}.gz`;
      writeFileSync(file, await promisify(gzip)(contents, { level: 9 }));
      return relative(root, file);
    }),
  );
  const packages = packagesOf(metafile);
  const paths = [...Object.keys(metafile.inputs), ...written, "scripts/build-playground.mjs"];
  const stamps = Object.fromEntries(paths.map((path) => [path, stampOf(path)]));
  writeFileSync(recordFile, JSON.stringify({ stamps, packages }));
  return packages;
}

mkdirSync(cache, { recursive: true });
mkdirSync(target, { recursive: true });
const packages = await Promise.all(Object.entries(bundles).map(([name, entryPoint]) => bundle(name, entryPoint)));
writeFileSync(
  join(target, "index.html"),
  readFileSync(join(source, "index.html"), "utf8").replace("{{policy}}", POLICY),
);
writeFileSync(
  join(target, "THIRD-PARTY-NOTICES.txt"),
  `The scripts and the style in this folder contain code of these packages.\n\n${noticesOf([...new Set(packages.flat())].sort())}`,
);
