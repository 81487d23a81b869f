/**
 * The compiler as a library. Pure: it takes texts and gives values; reading and writing files is the caller's.
 *
 * ```ts
 * import { compile, printText, targets } from "hetu/compiler";
 *
 * const { model, diagnostics } = compile([{ path: "schema/shop.hetu", text }]);
 * process.stderr.write(printText(diagnostics));
 * if (model !== undefined) for (const target of targets) console.log(target.emit(model));
 * ```
 */
export { compileSources as compile, type Compilation, type Source } from "./pipeline.js";
export type { Diagnostic, Edit, Fix, Related, Severity } from "./diagnostics/diagnostic.js";
export type { ExplainPage } from "./diagnostics/define.js";
export { allCodes, findCode, type CodeInfo } from "./diagnostics/registry.js";
export { printText, type TextOptions } from "./diagnostics/print/text.js";
export { diagnosticToJson, printJson, type JsonDiagnostic } from "./diagnostics/print/json.js";
export { printGithub } from "./diagnostics/print/github.js";
export { printSarif, type SarifOptions } from "./diagnostics/print/sarif.js";
export type * from "./model/model.js";
export { targets } from "./emit/registry.js";
export type { EmittedFile, Target } from "./emit/target.js";
export { diffModels } from "./diff/diff-models.js";
export type { Change, Effect } from "./diff/change.js";
export type { ChangeKind } from "./diff/change-kind.js";
export { SourceFile, type Position } from "./source/source-file.js";
export type { Span } from "./source/span.js";
