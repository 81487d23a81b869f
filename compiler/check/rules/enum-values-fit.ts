import { enumValueNotInteger, enumValueOutOfRange } from "../../diagnostics/codes/types.js";
import type { Rule } from "../context.js";
import { integerValue } from "../numbers.js";
import { INTEGER_BOUNDS } from "../types.js";
import { enumBase, enumNumbers } from "../values.js";

/** Every value of an enum is a whole number that its base can hold. Of a run that counts on, the first is reported. */
export const enumValuesFit: Rule = (context) => {
  for (const { declaration } of context.all("EnumDeclaration")) {
    const base = enumBase(declaration);
    const bounds = INTEGER_BOUNDS.get(base);
    const numbers = enumNumbers(declaration);
    let isReported = false;
    declaration.values.forEach(({ name, value }, index) => {
      if (value !== undefined) isReported = false;
      if (value?.kind === "NumberLiteral" && integerValue(value.raw) === undefined) {
        context.report(enumValueNotInteger, { name: name.text, value: value.raw }, value.span);
      }
      const number = numbers[index];
      if (number === undefined || bounds === undefined || isReported) return;
      if (number >= bounds.min && number <= bounds.max) return;
      isReported = true;
      const { min, max } = { min: String(bounds.min), max: String(bounds.max) };
      const written = value?.kind === "NumberLiteral" ? value.raw : String(number);
      const params = { name: name.text, value: written, base, min, max };
      context.report(enumValueOutOfRange, params, value?.span ?? name.span);
    });
  }
};
