import { type CallExpression, type Identifier, Node, type ParameterDeclaration, SyntaxKind } from "ts-morph";
import { calledBy, type FunctionNode, isGlobal, keyOf, literalOf, wrapped } from "./functions.js";

/** What a system's code does with its `ctx`. */
export interface ContextUse {
  /** Where each property is taken: `ctx.Item`, or `Item` of `const { Item } = ctx`. */
  readonly touched: ReadonlyMap<string, readonly Node[]>;
  /** Where it goes, and cannot be followed; none: what is touched is all. */
  readonly escapes: readonly Node[];
}

/** Follows the first parameter of functions. Each function is read once, however many systems hand their `ctx` to it. */
export class ContextUses {
  readonly #parts = new Map<ParameterDeclaration, Part>();

  /** What a function does with its first parameter: through names, patterns and the functions that it is given to. */
  of(body: FunctionNode): ContextUse {
    const touched = new Map<string, Node[]>();
    const escapes: Node[] = readsArguments(body) ? [body] : [];
    const [parameter] = body.getParameters();
    const reached = new Set(parameter === undefined ? [] : [parameter]);
    // A set gives what is added while it is walked.
    for (const each of reached) {
      const part = this.#part(each);
      escapes.push(...part.escapes);
      for (const [property, node] of part.touched) {
        const places = touched.get(property);
        if (places === undefined) touched.set(property, [node]);
        else places.push(node);
      }
      for (const next of part.given) reached.add(next);
    }
    return { touched, escapes };
  }

  #part(parameter: ParameterDeclaration): Part {
    const known = this.#parts.get(parameter);
    if (known !== undefined) return known;
    const part = new Part(parameter);
    this.#parts.set(parameter, part);
    return part;
  }
}

/** What one function does with one of its parameters. */
class Part {
  readonly touched: [property: string, Node][] = [];
  readonly given: ParameterDeclaration[] = [];
  readonly escapes: Node[] = [];

  constructor(parameter: ParameterDeclaration) {
    if (parameter.isRestParameter()) this.escapes.push(parameter);
    else this.#name(parameter.getNameNode(), parameter.getParentOrThrow());
  }

  /** A name or pattern that `ctx` is bound to, used within a scope. */
  #name(name: Node, scope: Node): void {
    if (Node.isObjectBindingPattern(name)) {
      for (const element of name.getElements()) {
        const key = keyOf(element.getPropertyNameNode() ?? element.getNameNode());
        if (element.getDotDotDotToken() !== undefined || key === undefined) this.escapes.push(element);
        else this.touched.push([key, element]);
      }
      return;
    }
    const symbol = name.getSymbol();
    if (!Node.isIdentifier(name) || symbol === undefined) {
      this.escapes.push(name);
      return;
    }
    for (const node of scope.getDescendantsOfKind(SyntaxKind.Identifier)) {
      if (node === name || node.getText() !== name.getText()) continue;
      const parent = node.getParent();
      if (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node) continue;
      if (Node.isShorthandPropertyAssignment(parent)) {
        if (parent.getValueSymbol() === symbol) this.escapes.push(node);
      } else if (node.getSymbol() === symbol) this.#reference(node, scope);
    }
  }

  #reference(node: Identifier, scope: Node): void {
    const value = wrapped(node);
    const parent = value.getParent();
    if (Node.isPropertyAccessExpression(parent)) {
      this.touched.push([parent.getName(), parent]);
    } else if (Node.isElementAccessExpression(parent) && parent.getExpression() === value) {
      const key = literalOf(parent.getArgumentExpression());
      if (key === undefined) this.escapes.push(value);
      else this.touched.push([key, parent]);
    } else if (Node.isVariableDeclaration(parent)) {
      this.#name(parent.getNameNode(), scope);
    } else if (Node.isCallExpression(parent) && parent.getExpression() !== value) {
      this.#given(parent, value);
    } else if (!Node.isTypeQuery(parent)) {
      this.escapes.push(value);
    }
  }

  #given(call: CallExpression, value: Node): void {
    const args = call.getArguments();
    const position = args.indexOf(value);
    const target = calledBy(call);
    if (target === undefined || readsArguments(target) || args.slice(0, position).some(Node.isSpreadElement)) {
      this.escapes.push(value);
      return;
    }
    const parameters = target.getParameters();
    const parameter = parameters[position] ?? parameters.find((each) => each.isRestParameter());
    if (parameter !== undefined) this.given.push(parameter);
  }
}

function readsArguments(body: FunctionNode): boolean {
  // Nearly none does, and the text says so sooner than the tree.
  if (!body.getText().includes("arguments")) return false;
  return body
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .some((node) => node.getText() === "arguments" && isGlobal(node));
}
