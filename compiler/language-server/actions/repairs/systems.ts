import * as codes from "../../../diagnostics/codes/systems.js";
import { span, spanText } from "../../../source/span.js";
import { insertion, itemRemoval, removal, replacement } from "../edits.js";
import { fix, namespaceOf, type Repair, type Repairs } from "../repair.js";

/** Nobody gives a system that the engine runs anything, nor takes anything from it. */
const withoutSignature: Repair = ({ declaration }) => {
  if (declaration?.kind !== "SystemDeclaration") return [];
  const { parentheses, result } = declaration;
  const end = result?.span.end ?? parentheses.end;
  const title = result === undefined ? "Remove the parameters" : "Remove the parameters and the result";
  return [fix(title, replacement(span(parentheses.file, parentheses.start, end), "()"))];
};

const intoSystem: Repair = ({ declaration }) =>
  declaration?.kind === "EndpointDeclaration"
    ? [fix("Make it a `system`", replacement(declaration.keyword, "system"))]
    : [];

const intoEndpoint: Repair = ({ declaration }) =>
  declaration?.kind === "SystemDeclaration"
    ? [fix("Make it an `endpoint`", replacement(declaration.keyword, "endpoint"))]
    : [];

const emitOrStale: Repair = ({ declaration }) => {
  if (declaration?.kind !== "SystemDeclaration") return [];
  const stale = declaration.attributes.find(({ name }) => name.text === "stale");
  return [
    ...(stale === undefined ? [] : [fix(`Remove \`${spanText(stale.span)}\``, removal(stale.span))]),
    ...(declaration.emits === undefined ? [] : [fix("Remove the `emits` clause", removal(declaration.emits.span))]),
  ];
};

/** What is called may be stale, too; or is not called. */
const callStale: Repair = (trouble) => {
  const { declaration, span: at, text } = trouble;
  if (declaration?.kind !== "SystemDeclaration") return [];
  const stale = declaration.attributes.find(({ name }) => name.text === "stale");
  const called = namespaceOf(trouble)?.callables.get(text.split(".").at(-1) ?? text);
  if (stale === undefined || called === undefined) return [];
  const { file, start } = called.span;
  const age = spanText(stale.span);
  const items = declaration.calls?.items ?? [];
  const index = items.findIndex(({ span: item }) => item.start <= at.start && at.end <= item.end);
  const leave = items.length > 1 && index >= 0 ? [fix(`Do not call \`${text}\``, itemRemoval(items, index))] : [];
  return [
    fix(`Put \`${age}\` on \`${called.name.text}\``, insertion(file, start, `${age} `)),
    fix(`Remove \`${age}\` here`, removal(stale.span)),
    ...leave,
  ];
};

export const systemRepairs: Repairs = [
  [codes.triggerSignature, withoutSignature],
  [codes.endpointClause, intoSystem],
  [codes.noClause, intoEndpoint],
  [codes.staleEmits, emitOrStale],
  [codes.staleCalls, callStale],
];
