import type { CheckContext } from "../check/context.js";
import type { CodeDefinition } from "../diagnostics/define.js";
import type { Model } from "../model/model.js";
import type { Span } from "../source/span.js";
import type { ServerCode } from "./server/server-code.js";

/** What a rule sees of a project without errors, and a place for its findings. */
export interface LintContext {
  /** Declarations with their places. */
  readonly schema: CheckContext;
  readonly model: Model;
  /**
   * Reports a finding.
   *
   * @param names what it is about, as `shop.Item`: what `lint.ignore` of hetu.json may name.
   */
  readonly report: <P>(definition: CodeDefinition<P>, params: P, span: Span, names: readonly string[]) => void;
}

/** One thing that `hetuc lint` looks for. `S` is what it gets of the server. */
interface Rule<S> {
  readonly code: string;
  /** Whether it runs only when hetu.json gives it a level. */
  readonly offByDefault?: true;
  readonly check: (context: LintContext, server: S) => void;
}

/** Needs no code; says more where there is some. */
export type SchemaRule = Rule<ServerCode | undefined>;
export type ServerRule = Rule<ServerCode>;
