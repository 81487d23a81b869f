import { repeatedItem } from "../../diagnostics/codes/names.js";
import { clauseItems, type ClauseItem } from "../clauses.js";
import type { Rule } from "../context.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** No clause lists the same name twice. `pay` and `pay:Shop` are two. */
export const clauseItemsDiffer: Rule = (context) => {
  for (const { declaration } of context.callables()) {
    eachRepeat(
      clauseItems(declaration),
      (item) => `${item.clause} ${written(item)}`,
      (item, first) => {
        const params = { clause: item.clause, name: written(item) };
        context.report(repeatedItem, params, item.reference.span, firstHere(first.reference, "first listed here"));
      },
    );
  }
};

function written({ reference, suffix }: ClauseItem): string {
  return suffix === undefined ? reference.name.text : `${reference.name.text}:${suffix}`;
}
