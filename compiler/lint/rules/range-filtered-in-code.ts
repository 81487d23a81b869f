import { type CallExpression, Node } from "ts-morph";
import * as codes from "../../diagnostics/codes/lint.js";
import type { ComponentModel } from "../../model/model.js";
import { typescriptMemberName } from "../../model/names/typescript.js";
import type { ServerRule } from "../rule.js";
import { memberCalled } from "../server/commits.js";
import { functionOf, wrapped } from "../server/functions.js";
import { type WideRange, wideRangesOf } from "../server/ranges.js";
import { referencesTo } from "../server/references.js";

const METHODS: ReadonlySet<string> = new Set(["filter", "find", "findIndex", "findLast", "some"]);
const COMPARISONS: ReadonlySet<string> = new Set(["===", "==", "<", "<=", ">", ">="]);

/** No table is read as a whole to pick rows by the value of a column. */
export const rangeFilteredInCode: ServerRule = {
  code: codes.rangeFilteredInCode.code,
  check({ report }, { systems, spanOf }) {
    for (const code of systems) {
      for (const range of wideRangesOf(code)) {
        const filter = filterOf(range);
        if (filter === undefined) continue;
        const { namespace, system } = code;
        const { component, index, call } = range;
        const { method, column } = filter;
        const params = {
          system: system.name,
          component: component.name,
          index,
          method,
          column,
          served: indexOn(column, component),
        };
        report(codes.rangeFilteredInCode, params, spanOf(call), [
          `${namespace.name}.${system.name}`,
          `${namespace.name}.${component.name}`,
        ]);
      }
    }
  },
};

/** How rows of a range are picked afterwards, by which column; `undefined` when they are not, or it is not to be seen. */
export function filterOf({
  call,
  component,
}: WideRange): { readonly method: string; readonly column: string } | undefined {
  const awaited = wrapped(call).getParent();
  if (!Node.isAwaitExpression(awaited)) return undefined;
  const rows = wrapped(awaited);
  const parent = rows.getParent();
  const places = Node.isVariableDeclaration(parent) ? referencesTo(parent.getNameNode()) : [rows];
  for (const place of places) {
    const method = place.getParent();
    const filter = Node.isPropertyAccessExpression(method) ? method.getParent() : undefined;
    if (!Node.isCallExpression(filter)) continue;
    const name = memberCalled(filter) ?? "";
    const column = METHODS.has(name) ? comparedIn(filter, component) : undefined;
    if (column !== undefined) return { method: name, column };
  }
  return undefined;
}

/** The first column of a row that a predicate compares with something. */
function comparedIn(filter: CallExpression, { columns }: ComponentModel): string | undefined {
  const predicate = functionOf(filter.getArguments()[0]);
  const row = predicate?.getParameters()[0]?.getNameNode();
  if (predicate === undefined || row === undefined) return undefined;
  const byProperty = new Map(columns.map(({ name }) => [typescriptMemberName(name), name]));
  for (const node of predicate.getDescendants()) {
    if (!Node.isBinaryExpression(node) || !COMPARISONS.has(node.getOperatorToken().getText())) continue;
    for (const side of [node.getLeft(), node.getRight()]) {
      const property = Node.isPropertyAccessExpression(side)
        ? side.getExpression().getText() === row.getText()
          ? side.getName()
          : undefined
        : Node.isObjectBindingPattern(row) && Node.isIdentifier(side)
          ? row
              .getElements()
              .find((each) => each.getName() === side.getText())
              ?.getName()
          : undefined;
      const column = property === undefined ? undefined : byProperty.get(property);
      if (column !== undefined) return column;
    }
  }
  return undefined;
}

/** An index that starts with a column, as code names it. */
function indexOn(column: string, { indexes }: ComponentModel): string | undefined {
  return indexes
    .find(({ columns }) => columns[0] === column)
    ?.columns.map(typescriptMemberName)
    .join(",");
}
