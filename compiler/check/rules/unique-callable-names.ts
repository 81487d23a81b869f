import { duplicateCallable } from "../../diagnostics/codes/names.js";
import type { Rule } from "../context.js";
import { isCallable } from "../project.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** Systems and endpoints of a namespace have different names. */
export const uniqueCallableNames: Rule = (context) => {
  for (const { declarations } of context.namespaces.values()) {
    eachRepeat(
      declarations.filter(isCallable).map(({ name }) => name),
      ({ text }) => text,
      (name, first) => context.report(duplicateCallable, { name: name.text }, name.span, firstHere(first)),
    );
  }
};
