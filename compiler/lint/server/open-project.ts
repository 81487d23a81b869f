import { dirname, join, relative } from "node:path/posix";
import { type FileSystemHost, Project, type ResolutionHostFactory, ts } from "ts-morph";
import { TsConfigError } from "./tsconfig-error.js";

/** Where the code of a server is. */
export interface ServerPlace {
  /** The project's folder; absolute, with `/`. */
  readonly root: string;
  /** Modules that the server loads; absolute. */
  readonly entries: readonly string[];
  /** The folder of what is generated, which is not read; absolute. */
  readonly out: string;
  /** Left out: the disk. */
  readonly fileSystem?: FileSystemHost;
}

/**
 * The entries with all that they import within the project. Packages, libraries of the language and generated files are
 * left out: names that lead to them stay unresolved, which makes the project small, and is all that rules ask.
 *
 * @throws TsConfigError when the nearest tsconfig.json is not what it should be.
 */
export function openProject({ root, entries, out, fileSystem }: ServerPlace): Project {
  const exists = (path: string): boolean => fileSystem?.fileExistsSync(path) ?? ts.sys.fileExists(path);
  const [first] = entries;
  const tsConfigFilePath = first === undefined ? undefined : nearestTsConfig(dirname(first), exists);
  if (tsConfigFilePath !== undefined) {
    const read = (path: string): string | undefined => fileSystem?.readFileSync(path) ?? ts.sys.readFile(path);
    const { error } = ts.readConfigFile(tsConfigFilePath, read);
    if (error !== undefined)
      throw new TsConfigError(tsConfigFilePath, ts.flattenDiagnosticMessageText(error.messageText, " "));
  }
  const project = new Project({
    ...(tsConfigFilePath === undefined ? {} : { tsConfigFilePath }),
    ...(fileSystem === undefined ? {} : { fileSystem }),
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      ...(tsConfigFilePath === undefined ? MODERN : {}),
      allowJs: true,
      checkJs: false,
      noLib: true,
      types: [],
      composite: false,
      incremental: false,
    },
    resolutionHost: ownModules(root, out),
  });
  for (const entry of entries) project.addSourceFileAtPath(entry);
  project.resolveSourceFileDependencies();
  return project;
}

const MODERN: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
};

function nearestTsConfig(folder: string, exists: (path: string) => boolean): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const candidate = join(at, "tsconfig.json");
    if (exists(candidate)) return candidate;
    if (dirname(at) === at) return undefined;
  }
}

function ownModules(root: string, out: string): ResolutionHostFactory {
  return (host, optionsOf) => ({
    resolveModuleNames: (names, containingFile) =>
      names.map((name) => {
        if (name === "hetu" || name.startsWith("node:")) return undefined;
        const { resolvedModule: found } = ts.resolveModuleName(
          name,
          containingFile,
          optionsOf(),
          host,
          undefined,
          undefined,
          ts.ModuleKind.ESNext,
        );
        if (found === undefined || found.isExternalLibraryImport === true) return undefined;
        const isOwn = isWithin(root, found.resolvedFileName) && !isWithin(out, found.resolvedFileName);
        return isOwn ? found : undefined;
      }),
  });
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..");
}
