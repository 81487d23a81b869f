import {
  type ArrowFunction,
  type CallExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  type ImportDeclaration,
  type MethodDeclaration,
  Node,
  type Symbol as TsSymbol,
  VariableDeclarationKind,
} from "ts-morph";

/** A function with a body that is known when it is called by name. */
export type FunctionNode = ArrowFunction | FunctionDeclaration | FunctionExpression | MethodDeclaration;

/** Without parentheses, `!`, `as` and `satisfies`. */
export function bare(node: Node): Node {
  return Node.isParenthesizedExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node)
    ? bare(node.getExpression())
    : node;
}

/** The outermost node that is the same value as this one: in parentheses, with `!`, `as` or `satisfies`. */
export function wrapped(node: Node): Node {
  const parent = node.getParent();
  return parent !== undefined && parent !== node && bare(parent) === bare(node) ? wrapped(parent) : node;
}

/** What a name stands for, through imports; `undefined` for names of packages and of the language. */
export function declarationOf(name: Node): Node | undefined {
  const parent = name.getParent();
  const symbol: TsSymbol | undefined =
    Node.isShorthandPropertyAssignment(parent) && parent.getNameNode() === name
      ? parent.getValueSymbol()
      : name.getSymbol();
  return (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations()[0];
}

/** The import that brings a name from a package, a module of Node or a generated file. */
export function importOf(name: Node): ImportDeclaration | undefined {
  const declaration = name.getSymbol()?.getDeclarations()[0];
  return declaration?.getFirstAncestor(Node.isImportDeclaration);
}

/** Whether a name is one of the language or its host, as `fetch`. */
export function isGlobal(name: Node): boolean {
  return Node.isIdentifier(name) && name.getSymbol()?.getDeclarations()[0] === undefined;
}

/** The first name of `a.b.c`. */
export function rootOf(node: Node): Node {
  const inner = bare(node);
  return Node.isPropertyAccessExpression(inner) ? rootOf(inner.getExpression()) : inner;
}

/** The function that a value is; `undefined` when another may stand there at run time. */
export function functionOf(value: Node | undefined): FunctionNode | undefined {
  if (value === undefined) return undefined;
  const node = bare(value);
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) return node;
  if (Node.isFunctionDeclaration(node)) return node.getImplementation();
  if (Node.isMethodDeclaration(node)) return Node.isObjectLiteralExpression(node.getParent()) ? node : undefined;
  if (Node.isPropertyAssignment(node)) return functionOf(node.getInitializer());
  if (Node.isVariableDeclaration(node)) {
    const isConst = node.getVariableStatement()?.getDeclarationKind() === VariableDeclarationKind.Const;
    return isConst ? functionOf(node.getInitializer()) : undefined;
  }
  if (Node.isShorthandPropertyAssignment(node)) return functionOf(declarationOf(node.getNameNode()));
  return Node.isIdentifier(node) ? functionOf(declarationOf(node)) : undefined;
}

/** The function that a call runs. */
export function calledBy(call: CallExpression): FunctionNode | undefined {
  const callee = bare(call.getExpression());
  if (Node.isIdentifier(callee)) return functionOf(callee);
  return Node.isPropertyAccessExpression(callee) ? functionOf(declarationOf(callee.getNameNode())) : undefined;
}
