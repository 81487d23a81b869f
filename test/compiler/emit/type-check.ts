import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** One complaint of the type checker. */
export interface Complaint {
  /** Relative to the project's root, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

/**
 * Compiles with the strictest settings that a user may have.
 * @param files Paths relative to the project's root; with `content`, files that exist only here.
 * @returns what the type checker says of these files, and of nothing else.
 */
export function typeCheck(files: readonly { readonly path: string; readonly content?: string }[]): Complaint[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    paths: { hetu: [path.join(root, "runtime/index.ts")] },
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    declaration: true,
    exactOptionalPropertyTypes: true,
    isolatedModules: true,
    noFallthroughCasesInSwitch: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noPropertyAccessFromIndexSignature: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    verbatimModuleSyntax: true,
  };
  const virtual = new Map<string, string>();
  for (const file of files) if (file.content !== undefined) virtual.set(path.join(root, file.path), file.content);
  const host = ts.createCompilerHost(options);
  const disk = ts.createCompilerHost(options);
  host.fileExists = (name) => virtual.has(name) || disk.fileExists(name);
  host.readFile = (name) => virtual.get(name) ?? disk.readFile(name);
  host.directoryExists = (name) =>
    [...virtual.keys()].some((file) => file.startsWith(`${name}/`)) || disk.directoryExists?.(name) === true;
  const wanted = files.map((file) => path.join(root, file.path));
  const program = ts.createProgram(wanted, options, host);
  return wanted.flatMap((name) => {
    const source = program.getSourceFile(name);
    if (source === undefined) throw new Error(`${name} is not part of the program`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (diagnostic) => ({
        file: path.relative(root, name),
        line: source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1,
        code: diagnostic.code,
        message: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
      }),
    );
  });
}
