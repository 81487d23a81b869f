import { Node } from "ts-morph";
import * as codes from "../../diagnostics/codes/lint.js";
import type { ServerRule } from "../rule.js";
import { effectOf } from "../server/effects.js";
import { bare, importOf, rootOf } from "../server/functions.js";

/** Specifiers of the project's own modules, also of those that are generated: relative ones and the usual aliases. */
const OWN = /^([.#]|[/@~]\/)/;

/** A system waits for nothing but `ctx`, as far as it is plain: not for what packages and Node promise. */
export const foreignAwait: ServerRule = {
  code: codes.foreignAwait.code,
  check({ report }, { systems, spanOf }) {
    const told = new Set<Node>();
    for (const { namespace, system, steps } of systems) {
      for (const node of steps) {
        const awaited = Node.isAwaitExpression(node) ? bare(node.getExpression()) : undefined;
        if (!Node.isCallExpression(awaited) || told.has(node)) continue;
        const root = rootOf(awaited.getExpression());
        const name = Node.isIdentifier(root) ? importOf(root)?.getModuleSpecifierValue() : undefined;
        if (name === undefined || name === "hetu" || OWN.test(name)) continue;
        const isOwn = importOf(root)?.getModuleSpecifierSourceFile() !== undefined;
        // A function that is given something of the transaction may well wait for that.
        if (isOwn || effectOf(awaited) !== undefined || awaited.getArguments().some(mayHoldContext)) continue;
        told.add(node);
        const params = { system: system.name, awaited: awaited.getExpression().getText(), module: name };
        report(codes.foreignAwait, params, spanOf(awaited), [`${namespace.name}.${system.name}`]);
      }
    }
  },
};

/** A whole context, a table of it, or a function. */
function mayHoldContext(argument: Node): boolean {
  const node = bare(argument);
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node) || Node.isObjectLiteralExpression(node))
    return true;
  return /^ctx(\.[A-Z_]\w*)?$/.test(node.getText());
}
