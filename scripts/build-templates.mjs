// Makes of templates/client-ts what the client targets emit: TypeScript with the wire's source beside it, the same as
// JavaScript with declarations, and for pages without a bundler one script with everything but the layers, and one with
// those.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "templates/client-ts");
const wire = join(root, "runtime/wire");
const finished = join(root, "dist/templates");
/** Put in place at the end: whoever reads meanwhile sees all of an old folder or all of a new one. */
const target = join(root, `dist/.templates-${process.pid}`);

/** Written into `client-ts`: what the other two are made of. */
const typescriptFolder = join(target, "client-ts");

/**
 * @param {string} file
 * @param {string} content
 */
function write(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/**
 * The files of the wire that one of them needs, itself included.
 * @param {string} name below runtime/wire, with slashes.
 * @param {Set<string>} found
 */
function withImports(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(wire, name), "utf8");
  for (const [, imported] of text.matchAll(/from "(\.{1,2}\/[\w./-]+)\.js"/g)) {
    withImports(posix.join(posix.dirname(name), `${imported}.ts`), found);
  }
  return found;
}

function copySources() {
  const toWire = /"(?:\.\.\/)+runtime\/wire\/([\w/-]+)\.js"/g;
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, "utf8");
    for (const [, name] of text.matchAll(toWire)) {
      for (const part of withImports(`${name}.ts`)) {
        write(join(typescriptFolder, "wire", part), readFileSync(join(wire, part), "utf8"));
      }
    }
    const up = relative(entry.parentPath, source).replaceAll("\\", "/") || ".";
    write(
      join(typescriptFolder, relative(source, file)),
      text.replaceAll(toWire, (_, name) => `"${up}/wire/${name}.js"`),
    );
  }
}

function compile() {
  const rootNames = readdirSync(typescriptFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const program = ts.createProgram(rootNames, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    declaration: true,
    noEmitOnError: true,
    verbatimModuleSyntax: true,
    rootDir: typescriptFolder,
    outDir: join(target, "client-js"),
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length === 0) return;
  console.error(ts.formatDiagnostics(problems, ts.createCompilerHost({})));
  rmSync(target, { recursive: true, force: true });
  process.exit(1);
}

function bundle() {
  const entry = ['export * from "./codegen.js";', 'export * from "./index.js";'].join("\n");
  const { outputFiles } = buildSync({
    stdin: { contents: entry, resolveDir: typescriptFolder, loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "$",
    target: "es2022",
    platform: "browser",
    legalComments: "none",
    minify: true,
    charset: "utf8",
  });
  const text = outputFiles[0]?.text ?? "";
  // esbuild declares the global with `var`; in a module that is a variable of the module.
  write(join(target, "bundle-prelude.js"), text.replace(/^"use strict";\n/, ""));
}

/** The layers with their libraries as one module, for pages without a bundler: it goes along with any `bundle.js`. */
function bundleLayers() {
  buildSync({
    entryPoints: [join(typescriptFolder, "layers.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    // The licences of the libraries ask for their notices.
    legalComments: "eof",
    minify: true,
    charset: "utf8",
    outfile: join(target, "client-js/layers.bundle.js"),
  });
  write(join(target, "client-js/layers.bundle.d.ts"), 'export * from "./layers.js";\n');
}

/**
 * The TypeScript client lies in projects as source, and most do without layers: the modules that import their libraries
 * must compile where those are not installed. What they export is annotated, so that nothing is lost to those who use it.
 */
function excuseLayers() {
  const why = "its libraries are only installed where layers are used; checked where the SDK is built.";
  for (const name of ["crypto.ts", "zlib.ts"]) {
    const file = join(typescriptFolder, "layers", name);
    write(file, `// @ts-nocheck ${why}\n${readFileSync(file, "utf8")}`);
  }
}

/** Which names a bundle passes on to applications. */
function listExports() {
  const { metafile } = buildSync({
    entryPoints: [join(typescriptFolder, "index.ts")],
    bundle: true,
    write: false,
    format: "esm",
    metafile: true,
    outfile: "index.js",
  });
  write(join(target, "sdk-exports.json"), `${JSON.stringify(metafile.outputs["index.js"]?.exports ?? [])}\n`);
}

copySources();
compile();
bundle();
bundleLayers();
listExports();
excuseLayers();
// One by one: the templates of other languages lie beside them.
mkdirSync(finished, { recursive: true });
for (const name of readdirSync(target)) {
  rmSync(join(finished, name), { recursive: true, force: true });
  renameSync(join(target, name), join(finished, name));
}
rmSync(target, { recursive: true });
