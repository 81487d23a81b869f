import { Node, type Symbol as TsSymbol, SyntaxKind } from "ts-morph";
import { calledBy, wrapped } from "./functions.js";

/** Where a name is used within the function or file that declares it. */
export function referencesTo(name: Node): readonly Node[] {
  const symbol = name.getSymbol();
  const scope = name.getFirstAncestor((each) => Node.isFunctionLikeDeclaration(each) || Node.isSourceFile(each));
  if (!Node.isIdentifier(name) || symbol === undefined || scope === undefined) return [];
  return scope
    .getDescendantsOfKind(SyntaxKind.Identifier)
    .filter((node) => node !== name && node.getText() === name.getText() && symbolOf(node) === symbol);
}

/** What a name stands for; in `{ item }` the variable, not the property. */
function symbolOf(name: Node): TsSymbol | undefined {
  const parent = name.getParent();
  return Node.isShorthandPropertyAssignment(parent) ? parent.getValueSymbol() : name.getSymbol();
}

/**
 * Where a value is at hand: there, under the names that it is given, and in the functions of the project that get it.
 *
 * @param value an expression, or the part of a pattern that takes it.
 */
export function placesOf(value: Node): readonly Node[] {
  const places: Node[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (Node.isBindingElement(node) || Node.isParameterDeclaration(node) || Node.isVariableDeclaration(node)) {
      for (const reference of referencesTo(node.getNameNode())) visit(reference);
      return;
    }
    const place = wrapped(node);
    places.push(place);
    const parent = place.getParent();
    if (Node.isVariableDeclaration(parent)) visit(parent);
    if (!Node.isCallExpression(parent) || parent.getExpression() === place) return;
    const parameter = calledBy(parent)?.getParameters()[parent.getArguments().indexOf(place)];
    if (parameter !== undefined && !parameter.isRestParameter()) visit(parameter);
  };
  visit(value);
  return places;
}
