import { relative } from "node:path/posix";
import type { Node } from "ts-morph";
import type { Model } from "../../model/model.js";
import { typescriptMemberName } from "../../model/names/typescript.js";
import { SourceFile } from "../../source/source-file.js";
import { span } from "../../source/span.js";
import { contextUseOf } from "./context-use.js";
import { implementationsIn } from "./implementations.js";
import { openProject, type ServerPlace } from "./open-project.js";
import { stepsBeforeCommit } from "./reach.js";
import type { ServerCode, SystemCode } from "./server-code.js";

/** Reads the code of a server: which function implements which system, and what it does with `ctx`. */
export function readServer(place: ServerPlace, model: Model): ServerCode {
  const project = openProject(place);
  const files = new Map<string, SourceFile>(
    project.getSourceFiles().map((file) => {
      const path = file.getFilePath();
      return [path, new SourceFile(relative(place.root, path), file.getFullText())];
    }),
  );
  const systems = implementationsIn(project, model).flatMap(({ namespace, functions }) =>
    namespace.systems.flatMap((system): readonly SystemCode[] => {
      const body = functions.get(typescriptMemberName(system.name));
      return body === undefined
        ? []
        : [{ namespace, system, body, steps: stepsBeforeCommit(body), use: contextUseOf(body) }];
    }),
  );
  return {
    systems,
    files: [...files.values()],
    spanOf(node: Node) {
      const file = files.get(node.getSourceFile().getFilePath());
      if (file === undefined)
        throw new Error(`a node of a file that was not read: ${node.getSourceFile().getFilePath()}`);
      return span(file, node.getStart(), node.getEnd());
    },
  };
}
