import { enumValueRepeated } from "../../diagnostics/codes/types.js";
import type { Rule } from "../context.js";
import { eachRepeat, firstHere } from "../repeats.js";
import { enumNumbers } from "../values.js";

/** No two values of an enum have the same number. */
export const enumValuesDiffer: Rule = (context) => {
  for (const { declaration } of context.all("EnumDeclaration")) {
    const numbers = enumNumbers(declaration);
    const readable = declaration.values.flatMap(({ name, value }, index) => {
      const number = numbers[index];
      return number === undefined ? [] : [{ name: name.text, span: value?.span ?? name.span, number: String(number) }];
    });
    eachRepeat(
      readable,
      ({ number }) => number,
      ({ name, span, number }, first) => {
        const params = { name, first: first.name, value: number };
        context.report(enumValueRepeated, params, span, firstHere(first, `also ${number}`));
      },
    );
  }
};
