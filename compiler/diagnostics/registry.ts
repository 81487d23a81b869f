import * as attributes from "./codes/attributes.js";
import * as components from "./codes/components.js";
import * as lexical from "./codes/lexical.js";
import * as lint from "./codes/lint.js";
import * as names from "./codes/names.js";
import * as style from "./codes/style.js";
import * as syntax from "./codes/syntax.js";
import * as systems from "./codes/systems.js";
import * as types from "./codes/types.js";
import type { ExplainPage } from "./define.js";
import type { Severity } from "./severity.js";

/** What can be said of a code without an instance of its problem. */
export interface CodeInfo {
  /** The export's name, as `unknownType`. */
  readonly name: string;
  readonly code: string;
  readonly severity: Severity;
  /** Whether every diagnostic of this code says what to do. */
  readonly alwaysHelps: boolean;
  readonly page: ExplainPage;
}

/** One module of codes by area; each of its exports is one code. */
type Area = Readonly<Record<string, Omit<CodeInfo, "name">>>;

const areas: readonly Area[] = [lexical, syntax, names, types, attributes, components, systems, style];

/** Every code that checking a schema gives, ordered by number. */
export const allCodes: readonly CodeInfo[] = codesOf(areas);

/** Every code of `hetuc lint`, ordered by number. */
export const lintCodes: readonly CodeInfo[] = codesOf([lint]);

function codesOf(list: readonly Area[]): readonly CodeInfo[] {
  return list
    .flatMap((area) => Object.entries(area))
    .map(([name, { code, severity, alwaysHelps, page }]) => Object.freeze({ name, code, severity, alwaysHelps, page }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

const byCode = new Map([...allCodes, ...lintCodes].map((info) => [info.code, info]));

/** The code's row, of checks or of lint; `undefined` when there is none of that number. Letter case does not matter, and `HT` may be left out. */
export function findCode(code: string): CodeInfo | undefined {
  return byCode.get(/^\d{4}$/.test(code) ? `HT${code}` : code.toUpperCase());
}
