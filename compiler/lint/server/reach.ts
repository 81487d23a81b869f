import { type AwaitExpression, type Block, type CallExpression, type NewExpression, Node } from "ts-morph";
import { bare, calledBy, type FunctionNode } from "./functions.js";

/** What rules look at. */
export type Step = AwaitExpression | CallExpression | NewExpression;

/**
 * All that a function may call or await inside of its transaction: in its own code and in that of the functions of the
 * project that it calls. What stands behind `await ctx.commit()`, or under a condition on `ctx.attempt`, is left out.
 */
export function stepsBeforeCommit(body: FunctionNode, seen = new Set<Node>()): readonly Step[] {
  if (seen.has(body)) return [];
  seen.add(body);
  return body.getDescendants().flatMap((node): readonly Step[] => {
    if (!isStep(node) || isOnce(node, body)) return [];
    const target = Node.isCallExpression(node) ? calledBy(node) : undefined;
    return target === undefined ? [node] : [node, ...stepsBeforeCommit(target, seen)];
  });
}

function isStep(node: Node): node is Step {
  return Node.isCallExpression(node) || Node.isNewExpression(node) || Node.isAwaitExpression(node);
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
