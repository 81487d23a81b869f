import { Node, type ObjectLiteralExpression, type Project, type SourceFile } from "ts-morph";
import type { Model, NamespaceModel } from "../../model/model.js";
import { bare, declarationOf, type FunctionNode, functionOf, importOf } from "./functions.js";

/** What implements the calls of one namespace. */
export interface Implementation {
  readonly namespace: NamespaceModel;
  /** By the name of the property: `moveTo`. Functions that cannot be found are left out. */
  readonly functions: ReadonlyMap<string, FunctionNode>;
}

/** The calls of `implement(schema, { … })` in a project. */
export function implementationsIn(project: Project, model: Model): readonly Implementation[] {
  return project.getSourceFiles().flatMap((file) =>
    implementNames(file).flatMap((name) =>
      file.getDescendants().flatMap((call) => {
        if (!Node.isCallExpression(call) || call.getExpression().getText() !== name) return [];
        const [schema, code] = call.getArguments();
        const namespace = schema === undefined ? undefined : namespaceOf(schema, model);
        const object = code === undefined ? undefined : objectOf(code);
        return namespace === undefined || object === undefined ? [] : [{ namespace, functions: functionsOf(object) }];
      }),
    ),
  );
}

/** What `implement` of the package is called in a file. */
function implementNames(file: SourceFile): readonly string[] {
  return file
    .getImportDeclarations()
    .filter((each) => each.getModuleSpecifierValue() === "hetu")
    .flatMap((each) => each.getNamedImports())
    .filter((each) => each.getName() === "implement")
    .map((each) => each.getAliasNode()?.getText() ?? "implement");
}

/** The namespace whose bindings a schema comes from: one that is a folder in the path of its import, or the only one. */
function namespaceOf(schema: Node, { namespaces }: Model): NamespaceModel | undefined {
  if (namespaces.length === 1) return namespaces[0];
  const folders = importOf(bare(schema))?.getModuleSpecifierValue().split("/").reverse() ?? [];
  return folders
    .map((folder) => namespaces.find(({ name }) => name === folder || `_${name}` === folder))
    .find((found) => found !== undefined);
}

function objectOf(value: Node): ObjectLiteralExpression | undefined {
  const node = bare(value);
  if (Node.isObjectLiteralExpression(node)) return node;
  if (!Node.isIdentifier(node)) return undefined;
  const declaration = declarationOf(node);
  const initializer = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined;
  return initializer === undefined ? undefined : objectOf(initializer);
}

function functionsOf(object: ObjectLiteralExpression): ReadonlyMap<string, FunctionNode> {
  const functions = new Map<string, FunctionNode>();
  for (const property of object.getProperties()) {
    if (Node.isSpreadAssignment(property)) {
      const spread = objectOf(property.getExpression());
      // It may replace anything that was written before.
      if (spread === undefined) functions.clear();
      else for (const [name, body] of functionsOf(spread)) functions.set(name, body);
      continue;
    }
    const nameNode = property.getNameNode();
    const name = Node.isStringLiteral(nameNode) ? nameNode.getLiteralText() : nameNode.getText();
    const body = functionOf(property);
    if (body === undefined) functions.delete(name);
    else functions.set(name, body);
  }
  return functions;
}
