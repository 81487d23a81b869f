import {
  type AwaitExpression,
  type BinaryExpression,
  type CallExpression,
  type NewExpression,
  Node,
  type PostfixUnaryExpression,
  type PrefixUnaryExpression,
  SyntaxKind,
} from "ts-morph";
import { Commits, memberCalled } from "./commits.js";
import { bare, type FunctionNode, functionOf, maybeCalledBy, wrapped } from "./functions.js";

/** What rules look at. */
export type Step =
  AwaitExpression | CallExpression | NewExpression | BinaryExpression | PrefixUnaryExpression | PostfixUnaryExpression;

/** What a function does by itself, and which functions of the project run within it. */
interface Part {
  readonly steps: readonly Step[];
  readonly runs: readonly FunctionNode[];
}

/** Methods that keep a function which they are given, and functions that run it when all is over. */
const KEEPS: ReadonlySet<string> = new Set([
  ...["push", "unshift", "add", "set"],
  ...["setTimeout", "setInterval", "setImmediate"],
]);
const CHOICES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

/** What functions do before their commit. Each function is read once, however many systems it is part of. */
export class Reach {
  readonly #parts = new Map<FunctionNode, Part>();
  readonly #commits = new Commits();

  /**
   * All that a function may call, await or change inside of its transaction: in its own code and in that of the functions
   * of the project that it runs. What stands behind `await ctx.commit()`, or under a condition on `ctx.attempt`, is left
   * out, and so are functions that are made there and run nobody knows when.
   */
  stepsBeforeCommit(body: FunctionNode): readonly Step[] {
    return [...this.functionsOf(body)].flatMap((each) => this.#part(each).steps);
  }

  /** A function with those of the project that run within it. */
  functionsOf(body: FunctionNode): ReadonlySet<FunctionNode> {
    const reached = new Set([body]);
    // A set gives what is added while it is walked.
    for (const each of reached) {
      for (const next of this.#part(each).runs) reached.add(next);
    }
    return reached;
  }

  #part(body: FunctionNode): Part {
    const known = this.#parts.get(body);
    if (known !== undefined) return known;
    const part = partOf(body, this.#commits);
    this.#parts.set(body, part);
    return part;
  }
}

function partOf(body: FunctionNode, commits: Commits): Part {
  const steps: Step[] = [];
  const runs: FunctionNode[] = [];
  const visit = (node: Node): void => {
    if (node !== body && isFunctionLike(node) && !runsInPlace(node)) return;
    if (isStep(node)) steps.push(node);
    if (Node.isCallExpression(node)) {
      runs.push(...runBy(node));
      const callee = bare(node.getExpression());
      // What is given to `ctx.commit().then` runs once.
      if (Node.isPropertyAccessExpression(callee) && callee.getName() === "then" && commits.by(callee.getExpression()))
        return;
    }
    if (Node.isBlock(node)) {
      for (const statement of node.getStatements()) {
        visit(statement);
        if (commits.after(statement)) return;
      }
      return;
    }
    const condition = conditionOf(node);
    if (condition !== undefined && namesAttempt(condition)) visit(condition);
    else node.forEachChild(visit);
  };
  visit(body);
  return { steps, runs };
}

/** The functions of the project that a call runs: the one that it names, and those that it hands on by name. */
function runBy(call: CallExpression): readonly FunctionNode[] {
  const given = keeps(call) ? [] : call.getArguments().filter((each) => !isFunctionLike(each));
  return [maybeCalledBy(call), ...given.map(functionOf)].filter((each) => each !== undefined);
}

function keeps(call: CallExpression): boolean {
  return KEEPS.has(memberCalled(call) ?? call.getExpression().getText());
}

/** Whether a function is called where it stands, or by what it is handed to there. */
function runsInPlace(node: Node): boolean {
  const value = wrapped(node);
  const parent = value.getParent();
  if (Node.isNewExpression(parent)) return true;
  return Node.isCallExpression(parent) && !(keeps(parent) && parent.getExpression() !== value);
}

function isFunctionLike(node: Node): boolean {
  return (
    Node.isArrowFunction(node) ||
    Node.isFunctionExpression(node) ||
    Node.isFunctionDeclaration(node) ||
    Node.isMethodDeclaration(node) ||
    Node.isConstructorDeclaration(node) ||
    Node.isGetAccessorDeclaration(node) ||
    Node.isSetAccessorDeclaration(node)
  );
}

function isStep(node: Node): node is Step {
  return (
    Node.isCallExpression(node) ||
    Node.isNewExpression(node) ||
    Node.isAwaitExpression(node) ||
    Node.isBinaryExpression(node) ||
    Node.isPrefixUnaryExpression(node) ||
    Node.isPostfixUnaryExpression(node)
  );
}

function conditionOf(node: Node): Node | undefined {
  if (Node.isIfStatement(node)) return node.getExpression();
  if (Node.isConditionalExpression(node)) return node.getCondition();
  return Node.isBinaryExpression(node) && CHOICES.has(node.getOperatorToken().getKind()) ? node.getLeft() : undefined;
}

/** Works out something of a step once, in however many systems it is. */
export function oncePerStep<Value>(workOut: (step: Step) => Value): (step: Step) => Value {
  const known = new Map<Step, Value>();
  return (step) => {
    if (!known.has(step)) known.set(step, workOut(step));
    return known.get(step) as Value;
  };
}

/** Whether `ctx.attempt` is part of it. */
export function namesAttempt(node: Node): boolean {
  return [node, ...node.getDescendants()].some(
    (each) =>
      (Node.isPropertyAccessExpression(each) && each.getName() === "attempt") ||
      (Node.isIdentifier(each) && each.getText() === "attempt"),
  );
}
