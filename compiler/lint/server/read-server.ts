import { relative } from "node:path/posix";
import { Node, type Project, ts } from "ts-morph";
import type { Model } from "../../model/model.js";
import { typescriptMemberName } from "../../model/names/typescript.js";
import { SourceFile } from "../../source/source-file.js";
import { span } from "../../source/span.js";
import { ContextUses } from "./context-use.js";
import { literalOf } from "./functions.js";
import { implementationsIn } from "./implementations.js";
import { openProject, type ServerPlace } from "./open-project.js";
import { Reach } from "./reach.js";
import { ServerSyntaxError } from "./server-syntax-error.js";
import type { ServerCode, SystemCode } from "./server-code.js";

/**
 * Reads the code of a server: which function implements which system, and what it does with `ctx`.
 *
 * @throws TsConfigError
 * @throws ServerSyntaxError when a file of it is no TypeScript or JavaScript.
 */
export function readServer(place: ServerPlace, model: Model): ServerCode {
  const project = openProject(place);
  const files = new Map<string, SourceFile>(
    project.getSourceFiles().map((file) => {
      const path = file.getFilePath();
      return [path, new SourceFile(relative(place.root, path), file.getFullText())];
    }),
  );
  refuseBroken(project, files);
  const reach = new Reach();
  const uses = new ContextUses();
  const systems = implementationsIn(project, model).flatMap(({ namespace, functions }) =>
    namespace.systems.flatMap((system): readonly SystemCode[] => {
      const body = functions.get(typescriptMemberName(system.name));
      return body === undefined
        ? []
        : [
            {
              namespace,
              system,
              body,
              names: () => namesIn(reach.functionsOf(body)),
              steps: reach.stepsBeforeCommit(body),
              use: uses.of(body),
            },
          ];
    }),
  );
  return {
    systems,
    files: [...files.values()],
    names: () => namesIn(project.getSourceFiles()),
    spanOf(node: Node) {
      const file = files.get(node.getSourceFile().getFilePath());
      if (file === undefined)
        throw new Error(`a node of a file that was not read: ${node.getSourceFile().getFilePath()}`);
      return span(file, node.getStart(), node.getEnd());
    },
  };
}

/** Identifiers, and what stands in quotes. */
function namesIn(nodes: Iterable<Node>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    node.forEachDescendant((each) => {
      const name = Node.isIdentifier(each) ? each.getText() : literalOf(each);
      if (name !== undefined) names.add(name);
    });
  }
  return names;
}

/** What a rule would say of half a function is not to be believed. */
function refuseBroken(project: Project, files: ReadonlyMap<string, SourceFile>): void {
  const program = project.getProgram().compilerObject;
  for (const source of project.getSourceFiles()) {
    const [first] = program.getSyntacticDiagnostics(source.compilerNode);
    const file = files.get(source.getFilePath());
    if (first === undefined || file === undefined) continue;
    throw new ServerSyntaxError(file, first.start, ts.flattenDiagnosticMessageText(first.messageText, " "));
  }
}
