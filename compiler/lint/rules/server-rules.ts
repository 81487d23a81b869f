import type { ServerRule } from "../rule.js";
import { clockInSystem } from "./clock-in-system.js";
import { effectBeforeCommit } from "./effect-before-commit.js";
import { foreignAwait } from "./foreign-await.js";
import { rangeFilteredInCode } from "./range-filtered-in-code.js";
import { unboundedRange } from "./unbounded-range.js";
import { unneededUse } from "./unneeded-use.js";

/** The rules that read the code of the systems. */
export const serverRules: readonly ServerRule[] = [
  rangeFilteredInCode,
  unboundedRange,
  unneededUse,
  effectBeforeCommit,
  clockInSystem,
  foreignAwait,
];
