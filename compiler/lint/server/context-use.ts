import { type CallExpression, type Identifier, Node, SyntaxKind } from "ts-morph";
import { bare, calledBy, type FunctionNode, isGlobal, wrapped } from "./functions.js";

/** What a system's code does with its `ctx`. */
export interface ContextUse {
  /** Where each property is taken: `ctx.Item`, or `Item` of `const { Item } = ctx`. */
  readonly touched: ReadonlyMap<string, readonly Node[]>;
  /** Whether that is all: `false` once `ctx` goes where it cannot be followed. */
  readonly complete: boolean;
}

/**
 * Follows the first parameter of a function through names, patterns and the functions that it is given to.
 */
export function contextUseOf(body: FunctionNode): ContextUse {
  const tracer = new Tracer();
  tracer.parameter(body, 0);
  return tracer;
}

class Tracer implements ContextUse {
  readonly touched = new Map<string, Node[]>();
  complete = true;
  readonly #seen = new Set<Node>();

  parameter(body: FunctionNode, position: number): void {
    const readsArguments = (node: Node): boolean => node.getText() === "arguments" && isGlobal(node);
    if (body.getDescendantsOfKind(SyntaxKind.Identifier).some(readsArguments)) this.complete = false;
    const parameter = body.getParameters()[position];
    if (parameter === undefined || this.#seen.has(parameter)) return;
    this.#seen.add(parameter);
    if (parameter.isRestParameter()) this.complete = false;
    else this.#name(parameter.getNameNode(), body);
  }

  /** A name or pattern that `ctx` is bound to, used within a scope. */
  #name(name: Node, scope: Node): void {
    if (Node.isObjectBindingPattern(name)) {
      for (const element of name.getElements()) {
        if (element.getDotDotDotToken() !== undefined) this.complete = false;
        else this.#touch((element.getPropertyNameNode() ?? element.getNameNode()).getText(), element);
      }
      return;
    }
    const symbol = name.getSymbol();
    if (!Node.isIdentifier(name) || symbol === undefined) {
      this.complete = false;
      return;
    }
    for (const node of scope.getDescendants()) {
      if (!Node.isIdentifier(node) || node === name || node.getText() !== name.getText()) continue;
      const parent = node.getParent();
      if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node) continue;
      if (Node.isShorthandPropertyAssignment(parent)) {
        if (parent.getValueSymbol() === symbol) this.complete = false;
      } else if (node.getSymbol() === symbol) this.#reference(node, scope);
    }
  }

  #reference(node: Identifier, scope: Node): void {
    const value = wrapped(node);
    const parent = value.getParent();
    if (Node.isPropertyAccessExpression(parent)) {
      this.#touch(parent.getName(), parent);
    } else if (Node.isElementAccessExpression(parent) && parent.getExpression() === value) {
      const key = parent.getArgumentExpression();
      if (Node.isStringLiteral(key)) this.#touch(key.getLiteralText(), parent);
      else this.complete = false;
    } else if (Node.isVariableDeclaration(parent)) {
      this.#name(parent.getNameNode(), scope);
    } else if (Node.isCallExpression(parent) && parent.getExpression() !== value) {
      this.#given(parent, value);
    } else if (!Node.isTypeQuery(parent)) {
      this.complete = false;
    }
  }

  #given(call: CallExpression, value: Node): void {
    const args = call.getArguments();
    const position = args.indexOf(value);
    const target = calledBy(call);
    if (target === undefined || args.slice(0, position).some(Node.isSpreadElement)) this.complete = false;
    else this.parameter(target, position);
  }

  #touch(property: string, node: Node): void {
    const places = this.touched.get(property);
    if (places === undefined) this.touched.set(property, [node]);
    else places.push(node);
  }
}

/** Whether a node is one of the places where a property of `ctx` is taken, or is made of one: `ctx.Item.get`. */
export function isOfContext(node: Node, { touched }: ContextUse): boolean {
  const inner = bare(node);
  if ([...touched.values()].some((places) => places.includes(inner))) return true;
  return Node.isPropertyAccessExpression(inner) && isOfContext(inner.getExpression(), { touched, complete: true });
}
