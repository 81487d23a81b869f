import {
  type ArrowFunction,
  type CallExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  type ImportDeclaration,
  type MethodDeclaration,
  Node,
  type Symbol as TsSymbol,
  type VariableDeclaration,
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

/** The text of a key that is written out: `"a"`, or `a` between backticks. */
export function literalOf(key: Node | undefined): string | undefined {
  return Node.isStringLiteral(key) || Node.isNoSubstitutionTemplateLiteral(key) ? key.getLiteralText() : undefined;
}

/** What a property of an object or a pattern is called; `undefined` when only the running code knows. */
export function keyOf(name: Node): string | undefined {
  if (Node.isComputedPropertyName(name)) return literalOf(name.getExpression());
  return literalOf(name) ?? name.getText();
}

/** What a `const` is made of, through imports and defaults of modules; other values are returned as they are. */
export function valueOf(value: Node, seen: readonly Node[] = []): Node | undefined {
  const node = bare(value);
  if (seen.includes(node)) return undefined;
  const next = Node.isExportAssignment(node)
    ? node.getExpression()
    : Node.isVariableDeclaration(node)
      ? isConst(node)
        ? node.getInitializer()
        : undefined
      : Node.isIdentifier(node)
        ? declarationOf(node)
        : node;
  return next === undefined || next === node ? next : valueOf(next, [...seen, node]);
}

function isConst(variable: VariableDeclaration): boolean {
  return variable.getVariableStatement()?.getDeclarationKind() === VariableDeclarationKind.Const;
}

/** The function that a value is; `undefined` when another may stand there at run time. */
export function functionOf(value: Node | undefined): FunctionNode | undefined {
  const node = value === undefined ? undefined : valueOf(value);
  if (node === undefined) return undefined;
  if (Node.isArrowFunction(node) || Node.isFunctionExpression(node)) return node;
  if (Node.isFunctionDeclaration(node)) return node.getImplementation();
  if (Node.isMethodDeclaration(node)) return Node.isObjectLiteralExpression(node.getParent()) ? node : undefined;
  if (Node.isPropertyAssignment(node)) return functionOf(node.getInitializer());
  if (Node.isShorthandPropertyAssignment(node)) return functionOf(declarationOf(node.getNameNode()));
  return Node.isPropertyAccessExpression(node) ? functionOf(declarationOf(node.getNameNode())) : undefined;
}

/** The function that a call runs. */
export function calledBy(call: CallExpression): FunctionNode | undefined {
  const callee = bare(call.getExpression());
  return Node.isIdentifier(callee) || Node.isPropertyAccessExpression(callee) ? functionOf(callee) : undefined;
}

/** The function that a call runs, or one that a class derived from its class may replace. */
export function maybeCalledBy(call: CallExpression): FunctionNode | undefined {
  const known = calledBy(call);
  const callee = bare(call.getExpression());
  if (known !== undefined || !Node.isPropertyAccessExpression(callee)) return known;
  const method = declarationOf(callee.getNameNode());
  return Node.isMethodDeclaration(method) && method.getBody() !== undefined ? method : undefined;
}
