import type { CheckContext } from "../check/context.js";
import { diagnose, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Model } from "../model/model.js";
import type { SourceFile } from "../source/source-file.js";
import { type Finding, withoutIgnored } from "./findings.js";
import type { LintContext, SchemaRule, ServerRule } from "./rule.js";
import { schemaRules } from "./rules/schema-rules.js";
import type { ServerCode } from "./server/server-code.js";
import type { LintSettings } from "./settings.js";

/** A project without errors. */
export interface LintedProject {
  readonly schema: CheckContext;
  readonly model: Model;
  readonly settings: LintSettings;
  /** hetu.json as messages show it. */
  readonly configFile?: SourceFile;
  /** The code of the systems with the rules that read it; left out: only rules for schemas run. */
  readonly server?: { readonly code: ServerCode; readonly rules: readonly ServerRule[] };
}

/** Every finding that is not switched off, by path, then by place; severities as the project's levels say. */
export function lint({ schema, model, settings, configFile, server }: LintedProject): readonly Diagnostic[] {
  const findings: Finding[] = [];
  const context: LintContext = {
    schema,
    model,
    report: (definition, params, span, names) =>
      findings.push({ diagnostic: diagnose(definition, params, span), names }),
  };
  const runs = ({ code, offByDefault }: SchemaRule | ServerRule): boolean =>
    (settings.levels[code] ?? (offByDefault === true ? "off" : "warn")) !== "off";
  const ran = new Set<string>();
  for (const rule of schemaRules.filter(runs)) {
    ran.add(rule.code);
    rule.check(context, server?.code);
  }
  if (server !== undefined) {
    for (const rule of server.rules.filter(runs)) {
      ran.add(rule.code);
      rule.check(context, server.code);
    }
  }
  const files = [
    ...schema.files.map(({ file, declarations }) => ({ file, declarations: declarations.map((each) => each.span) })),
    ...(server?.code.files ?? []).map((file) => ({ file })),
  ];
  return withoutIgnored(findings, { files, settings, configFile, ran })
    .filter(({ code }) => settings.levels[code] !== "off")
    .map((each) => ({ ...each, severity: settings.levels[each.code] === "error" ? ("error" as const) : each.severity }))
    .sort(byPlace);
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [path, other] = [a.span.file.path, b.span.file.path];
  return path === other ? a.span.start - b.span.start || (a.code < b.code ? -1 : 1) : path < other ? -1 : 1;
}
