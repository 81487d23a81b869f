import { type CallExpression, Node } from "ts-morph";
import { bare, calledBy, type FunctionNode } from "./functions.js";

/** Knows which code commits its transaction for sure. Each function is read once. */
export class Commits {
  readonly #functions = new Map<FunctionNode, boolean>();

  /** Whether all is committed once a statement has run: by `await ctx.commit()`, there or in what it awaits. */
  after(statement: Node): boolean {
    if (Node.isBlock(statement)) return statement.getStatements().some((each) => this.after(each));
    if (Node.isTryStatement(statement)) {
      const end = statement.getCatchClause()?.getBlock().getStatements().at(-1);
      // A conflict is thrown by the commit: a catch that goes on may go on uncommitted.
      const leaves = Node.isThrowStatement(end) || Node.isReturnStatement(end);
      return (statement.getCatchClause() === undefined || leaves) && this.after(statement.getTryBlock());
    }
    const expression = Node.isExpressionStatement(statement) ? bare(statement.getExpression()) : undefined;
    return Node.isAwaitExpression(expression) && this.by(expression.getExpression());
  }

  /** Whether all is committed once the promise of an expression is fulfilled. */
  by(promise: Node): boolean {
    const call = bare(promise);
    if (!Node.isCallExpression(call)) return false;
    if (memberCalled(call) === "commit") return call.getArguments().length === 0;
    const body = calledBy(call);
    return body !== undefined && this.#commits(body);
  }

  #commits(body: FunctionNode): boolean {
    const known = this.#functions.get(body);
    if (known !== undefined) return known;
    // What calls itself commits where it does not.
    this.#functions.set(body, false);
    const block = body.getBody();
    const result =
      block !== undefined &&
      (Node.isBlock(block)
        ? block.getStatements().some((each) => this.after(each) || this.#returns(each))
        : this.by(Node.isAwaitExpression(block) ? block.getExpression() : block));
    this.#functions.set(body, result);
    return result;
  }

  /** `return ctx.commit();`, whose caller waits for it. */
  #returns(statement: Node): boolean {
    const value = Node.isReturnStatement(statement) ? statement.getExpression() : undefined;
    const promise = Node.isAwaitExpression(value) ? value.getExpression() : value;
    return promise !== undefined && this.by(promise);
  }
}

/** `get` of `ctx.Item.get(…)`. */
export function memberCalled(call: CallExpression): string | undefined {
  const callee = bare(call.getExpression());
  return Node.isPropertyAccessExpression(callee) ? callee.getName() : undefined;
}
