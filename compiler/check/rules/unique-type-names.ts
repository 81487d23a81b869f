import { duplicateType } from "../../diagnostics/codes/names.js";
import type { Rule } from "../context.js";
import { isCallable, type TypeDeclaration } from "../project.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** Components, enums, structs, errors and events of a namespace have different names. */
export const uniqueTypeNames: Rule = (context) => {
  for (const { declarations } of context.namespaces.values()) {
    const types = declarations.filter(
      (each): each is TypeDeclaration => each.kind !== "SessionDeclaration" && !isCallable(each),
    );
    eachRepeat(
      types.map(({ name }) => name),
      ({ text }) => text,
      (name, first) => context.report(duplicateType, { name: name.text }, name.span, firstHere(first)),
    );
  }
};
