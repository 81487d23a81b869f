import { Node, type Project, type SourceFile } from "ts-morph";
import type { Model, NamespaceModel } from "../../model/model.js";
import { bare, calledBy, type FunctionNode, functionOf, importOf, keyOf, valueOf } from "./functions.js";

/** What implements the calls of one namespace. */
export interface Implementation {
  readonly namespace: NamespaceModel;
  /** By the name of the property: `moveTo`. Functions that cannot be found are left out. */
  readonly functions: Functions;
}

type Functions = ReadonlyMap<string, FunctionNode>;

/** The calls of `implement(schema, { … })` in a project. */
export function implementationsIn(project: Project, model: Model): readonly Implementation[] {
  return project.getSourceFiles().flatMap((file) =>
    implementNames(file).flatMap((name) =>
      file.getDescendants().flatMap((call) => {
        if (!Node.isCallExpression(call) || call.getExpression().getText() !== name) return [];
        const [schema, code] = call.getArguments();
        const namespace = schema === undefined ? undefined : namespaceOf(schema, model);
        const functions = code === undefined ? undefined : functionsOf(code);
        return namespace === undefined || functions === undefined ? [] : [{ namespace, functions }];
      }),
    ),
  );
}

/** What `implement` of the package is called in a file. */
function implementNames(file: SourceFile): readonly string[] {
  return file
    .getImportDeclarations()
    .filter((each) => each.getModuleSpecifierValue() === "hetu")
    .flatMap((each) => {
      const whole = each.getNamespaceImport();
      if (whole !== undefined) return [`${whole.getText()}.implement`];
      const named = each.getNamedImports().filter((name) => name.getName() === "implement");
      return named.map((name) => name.getAliasNode()?.getText() ?? "implement");
    });
}

/** The namespace whose bindings a schema comes from: one that is a folder in the path of its import, or the only one. */
function namespaceOf(schema: Node, { namespaces }: Model): NamespaceModel | undefined {
  if (namespaces.length === 1) return namespaces[0];
  const folders = importOf(bare(schema))?.getModuleSpecifierValue().split("/").reverse() ?? [];
  return folders
    .map((folder) => namespaces.find(({ name }) => name === folder || `_${name}` === folder))
    .find((found) => found !== undefined);
}

/** The functions of an object, of a module (`import * as`), or of what a function of the project makes. */
function functionsOf(value: Node, seen: readonly Node[] = []): Functions | undefined {
  const node = valueOf(value);
  if (node === undefined || seen.includes(node)) return undefined;
  const visited = [...seen, node];
  if (Node.isObjectLiteralExpression(node)) {
    const functions = new Map<string, FunctionNode>();
    for (const property of node.getProperties()) {
      if (Node.isSpreadAssignment(property)) {
        const spread = functionsOf(property.getExpression(), visited);
        // It may replace anything that was written before.
        if (spread === undefined) functions.clear();
        else for (const [name, body] of spread) functions.set(name, body);
        continue;
      }
      const name = keyOf(property.getNameNode());
      const body = functionOf(property);
      if (name === undefined) functions.clear();
      else if (body === undefined) functions.delete(name);
      else functions.set(name, body);
    }
    return functions;
  }
  if (Node.isSourceFile(node)) return exportsOf(node);
  const made = Node.isCallExpression(node) ? resultOf(calledBy(node)) : undefined;
  return made === undefined ? undefined : functionsOf(made, visited);
}

function exportsOf(file: SourceFile): Functions {
  const functions = new Map<string, FunctionNode>();
  for (const [name, [declaration]] of file.getExportedDeclarations()) {
    const body = functionOf(declaration);
    if (body !== undefined) functions.set(name, body);
  }
  return functions;
}

/** The object that a function makes, when there is but one. */
function resultOf(body: FunctionNode | undefined): Node | undefined {
  const block = body?.getBody();
  if (block === undefined) return undefined;
  if (!Node.isBlock(block)) return Node.isObjectLiteralExpression(bare(block)) ? block : undefined;
  const statements = block.getStatements();
  const last = statements.at(-1);
  const isPlain = statements
    .slice(0, -1)
    .every((each) => Node.isVariableStatement(each) || Node.isFunctionDeclaration(each));
  const result = isPlain && Node.isReturnStatement(last) ? last.getExpression() : undefined;
  return result !== undefined && Node.isObjectLiteralExpression(bare(result)) ? result : undefined;
}
