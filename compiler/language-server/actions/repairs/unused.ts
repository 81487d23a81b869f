import * as codes from "../../../diagnostics/codes/style.js";
import type { Fix } from "../../../diagnostics/diagnostic.js";
import { declarationRemoval, insertion } from "../edits.js";
import { fix, type Repair, type Repairs } from "../repair.js";

const removeUnused: Repair = ({ declaration, file, text }) => {
  if (declaration === undefined) return [];
  const removal = fix(`Remove the unused \`${text}\``, declarationRemoval(file, declaration));
  return [uselessText(removal)];
};

/** May be made with all others at once, when that is asked for: what goes is what the problem says is of no use. */
function uselessText(removal: Fix): Fix & { readonly isUseless: true } {
  return { ...removal, isUseless: true };
}

/** Nobody is let in without being asked: that comes second. */
const removeOrPermit: Repair = (trouble) => {
  const { declaration, file } = trouble;
  if (declaration === undefined) return [];
  const permit = insertion(file.file, declaration.span.start, "@permission(user) ");
  return [...removeUnused(trouble), fix("Let users call it with `@permission(user)`", permit)];
};

export const unusedRepairs: Repairs = [
  [codes.unusedType, removeUnused],
  [codes.unusedError, removeUnused],
  [codes.unusedEvent, removeUnused],
  [codes.unusedComponent, removeUnused],
  [codes.unusedCallable, removeOrPermit],
];
