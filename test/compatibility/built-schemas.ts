import * as hetu from "hetu";
import { build, type Plugin } from "esbuild";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";
import { clientJs } from "../../compiler/emit/client-js/index.js";
import { serverTs } from "../../compiler/emit/server-ts/index.js";
import type { EmittedFile } from "../../compiler/emit/target.js";
import type { Model } from "../../compiler/model/model.js";
import { compileSources } from "../../compiler/pipeline.js";
import { printText } from "../../compiler/diagnostics/print/text.js";
import type { ClientModule } from "./old-client.js";
import type { ServerModule } from "./server-code.js";

/** Where bundles find packages. */
const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** Compiles schemas, one a namespace. @throws Error with the diagnostics. */
export function modelOf(texts: readonly string[]): Model {
  const sources = texts.map((text, at) => ({ path: `schema-${at}.hetu`, text }));
  const { model, diagnostics } = compileSources(sources);
  if (model === undefined) throw new Error(printText(diagnostics.filter(({ severity }) => severity === "error")));
  return model;
}

/** What `hetuc build` makes of a model, loaded. By namespace. */
export interface Built<M> {
  get(namespace: string): M;
}

/** The bindings that server code imports. */
export function serverModules(model: Model): Promise<Built<ServerModule>> {
  return load<ServerModule>(model, serverTs.emit(model), "ts");
}

/** The folders of client-js. */
export function clientModules(model: Model): Promise<Built<ClientModule>> {
  return load<ClientModule>(model, clientJs.emit(model), "js");
}

async function load<M>(model: Model, files: readonly EmittedFile[], loader: "ts" | "js"): Promise<Built<M>> {
  const names = model.namespaces.map(({ name }) => name);
  const contents = new Map(files.map(({ path: file, content }) => [file, content]));
  const { outputFiles } = await build({
    stdin: {
      contents: names.map((name) => `export * as ${name} from "./${name}/index.js";`).join("\n"),
      resolveDir: "/",
    },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    external: ["hetu"],
    plugins: [fromMemory(contents, loader)],
  });
  const exported = evaluate(outputFiles[0]?.text ?? "");
  return {
    get(namespace) {
      const found = exported[namespace];
      if (found === undefined) throw new Error(`there is no namespace ${namespace}`);
      return found as M;
    },
  };
}

/** Modules that are on no disk. */
function fromMemory(contents: ReadonlyMap<string, string>, loader: "ts" | "js"): Plugin {
  return {
    name: "from memory",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path: wanted, importer, namespace }) => {
        if (namespace !== "emitted" && importer !== "<stdin>") return undefined;
        const base = namespace === "emitted" ? path.posix.dirname(importer) : ".";
        const file = path.posix.join(base, wanted);
        return { path: loader === "ts" ? file.replace(/\.js$/, ".ts") : file, namespace: "emitted" };
      });
      onLoad({ filter: /.*/, namespace: "emitted" }, ({ path: file }) => {
        const text = contents.get(file);
        return text === undefined
          ? { errors: [{ text: `nothing was emitted as ${file}` }] }
          : { contents: text, loader, resolveDir: REPOSITORY };
      });
    },
  };
}

/** Runs a bundle in this process, with the package under test as `hetu`. */
function evaluate(code: string): Readonly<Record<string, unknown>> {
  const module = { exports: {} as Readonly<Record<string, unknown>> };
  const require = (name: string): unknown => {
    if (name === "hetu") return hetu;
    throw new Error(`the bundle asks for ${name}`);
  };
  const run = compileFunction(code, ["module", "exports", "require"]) as (...parts: unknown[]) => void;
  run(module, module.exports, require);
  return module.exports;
}
