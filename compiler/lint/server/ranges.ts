import { type CallExpression, Node } from "ts-morph";
import type { ComponentModel } from "../../model/model.js";
import { typescriptTypeName } from "../../model/names/typescript.js";
import { memberCalled } from "./commits.js";
import { keyOf, literalOf, wrapped } from "./functions.js";
import { placesOf } from "./references.js";
import type { SystemCode } from "./server-code.js";

/** `ctx.Item.range("price")`: every row of a component. */
export interface WideRange {
  readonly component: ComponentModel;
  /** As the code names it. */
  readonly index: string;
  readonly call: CallExpression;
}

/** The ranges of a system's code that have neither bounds nor a limit. Ranges that cannot be read are not among them. */
export function wideRangesOf({ namespace, system, use }: SystemCode): readonly WideRange[] {
  return system.uses.flatMap((name) => {
    const component = namespace.components.find((each) => each.name === name);
    if (component === undefined) return [];
    const tables = use.touched.get(typescriptTypeName(name)) ?? [];
    return tables.flatMap(placesOf).flatMap((table) => {
      const method = table.getParent();
      const call = method === undefined ? undefined : wrapped(method).getParent();
      if (!Node.isCallExpression(call) || memberCalled(call) !== "range") return [];
      const [index, left, right, options] = call.getArguments();
      const indexName = literalOf(index);
      if (indexName === undefined || !isNoBound(left) || !isNoBound(right) || mayLimit(options)) return [];
      return [{ component, index: indexName, call }];
    });
  });
}

function isNoBound(bound: Node | undefined): boolean {
  if (bound === undefined || Node.isNullLiteral(bound)) return true;
  if (Node.isArrayLiteralExpression(bound)) return bound.getElements().length === 0;
  return Node.isIdentifier(bound) && bound.getText() === "undefined";
}

function mayLimit(options: Node | undefined): boolean {
  if (options === undefined) return false;
  if (!Node.isObjectLiteralExpression(options)) return true;
  return options
    .getProperties()
    .some((each) => Node.isSpreadAssignment(each) || (keyOf(each.getNameNode()) ?? "limit") === "limit");
}
