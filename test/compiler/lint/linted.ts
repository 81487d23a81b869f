import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { lint, type LintedProject } from "../../../compiler/lint/lint.js";
import { serverRules } from "../../../compiler/lint/rules/server-rules.js";
import { readServer } from "../../../compiler/lint/server/read-server.js";
import { DEFAULT_LINT_SETTINGS, type LintLevel, type LintSettings } from "../../../compiler/lint/settings.js";
import { analyseSources } from "../../../compiler/pipeline.js";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { filesInMemory } from "./files-in-memory.js";

export interface Linted {
  /** The schema. */
  readonly schema: string;
  /** server/index.ts, and other files by path; left out: no code. */
  readonly code?: string | Readonly<Record<string, string>>;
  readonly settings?: Partial<LintSettings>;
}

/** The findings in a project that is nowhere on the disk. */
export function linted({ schema: text, code, settings = {} }: Linted): readonly Diagnostic[] {
  const { context: schema, build, diagnostics } = analyseSources([{ path: "schema/game.hetu", text }]);
  const model = build?.();
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const files = typeof code === "string" ? { "server/index.ts": code } : code;
  const server: LintedProject["server"] =
    files === undefined
      ? undefined
      : {
          code: readServer(
            {
              root: "/game",
              entries: ["/game/server/index.ts"],
              out: "/game/generated",
              fileSystem: filesInMemory(
                Object.fromEntries(Object.entries(files).map(([path, file]) => [`/game/${path}`, file])),
              ),
            },
            model,
          ),
          rules: serverRules,
        };
  return lint({
    schema,
    model,
    settings: { ...DEFAULT_LINT_SETTINGS, ...settings },
    configFile: new SourceFile("hetu.json", JSON.stringify({ lint: { ignore: settings.ignore ?? [] } })),
    ...(server === undefined ? {} : { server }),
  });
}

/** The findings as `HT8005 uses X`: code and what is underlined. */
export function findings(project: Linted): readonly string[] {
  return linted(project).map(({ code, span }) => `${code} ${span.file.text.slice(span.start, span.end)}`);
}

/** The beginning of server code for `namespace game`. */
export function server(body: string, imports = ""): string {
  return `import { implement } from "hetu";
import { schema } from "../generated/server-ts/game/index.js";
${imports}
export default implement(schema, {
${body}
});
`;
}

export const only = (code: string, level: LintLevel = "warn"): Partial<LintSettings> => ({ levels: { [code]: level } });
