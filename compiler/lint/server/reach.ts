import { type Block, type CallExpression, Node } from "ts-morph";
import { bare, calledBy, type FunctionNode } from "./functions.js";

/** A node that runs in a system before its commit. */
export type Visit = (node: Node) => void;

/**
 * Visits all that a function may run inside of its transaction: its own code and that of the functions of the project
 * that it calls. What stands behind `await ctx.commit()`, or under a condition on `ctx.attempt`, is left out.
 */
export function visitBeforeCommit(body: FunctionNode, visit: Visit, seen = new Set<Node>()): void {
  if (seen.has(body)) return;
  seen.add(body);
  for (const node of body.getDescendants()) {
    if (isOnce(node, body)) continue;
    visit(node);
    const target = Node.isCallExpression(node) ? calledBy(node) : undefined;
    if (target !== undefined) visitBeforeCommit(target, visit, seen);
  }
}

/** Whether a node runs once for sure, or the code has thought of attempts. */
function isOnce(node: Node, body: FunctionNode): boolean {
  for (let at = node; at !== body;) {
    const parent: Node | undefined = at.getParent();
    if (parent === undefined) return false;
    if (Node.isBlock(parent) && isBehindCommit(at, parent)) return true;
    const condition =
      Node.isIfStatement(parent) && at !== parent.getExpression()
        ? parent.getExpression()
        : Node.isConditionalExpression(parent) && at !== parent.getCondition()
          ? parent.getCondition()
          : Node.isBinaryExpression(parent) && at === parent.getRight()
            ? parent.getLeft()
            : undefined;
    if (condition !== undefined && namesAttempt(condition)) return true;
    at = parent;
  }
  return false;
}

function isBehindCommit(statement: Node, block: Block): boolean {
  const statements = block.getStatements();
  const at = statements.findIndex((each) => each === statement);
  return statements.slice(0, at).some((each) => {
    const awaited = Node.isExpressionStatement(each) ? bare(each.getExpression()) : undefined;
    const call = Node.isAwaitExpression(awaited) ? bare(awaited.getExpression()) : undefined;
    return Node.isCallExpression(call) && memberCalled(call) === "commit" && call.getArguments().length === 0;
  });
}

/** Whether `ctx.attempt` is part of it. */
export function namesAttempt(node: Node): boolean {
  return [node, ...node.getDescendants()].some(
    (each) =>
      (Node.isPropertyAccessExpression(each) && each.getName() === "attempt") ||
      (Node.isIdentifier(each) && each.getText() === "attempt"),
  );
}

/** `get` of `ctx.Item.get(…)`. */
export function memberCalled(call: CallExpression): string | undefined {
  const callee = bare(call.getExpression());
  return Node.isPropertyAccessExpression(callee) ? callee.getName() : undefined;
}
