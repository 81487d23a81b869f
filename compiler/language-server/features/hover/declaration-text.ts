import type { Namespace } from "../../../check/project.js";
import { enumBase, enumNumbers } from "../../../check/values.js";
import { csharpErrorName, csharpTypeName } from "../../../model/names/csharp.js";
import { typescriptTypeName } from "../../../model/names/typescript.js";
import type { Declaration, EnumDeclaration } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import { callableText } from "./callable-text.js";
import { componentText } from "./component-text.js";
import { usersOf } from "./reach.js";
import { docText, facts, listed, paragraphs, signature } from "./signature.js";

/** What is known of a declaration, as Markdown. */
export function declarationText(snapshot: Snapshot, declaration: Declaration, namespace: Namespace): string {
  switch (declaration.kind) {
    case "ComponentDeclaration":
      return componentText(snapshot, declaration, namespace);
    case "SystemDeclaration":
    case "EndpointDeclaration":
      return callableText(snapshot, declaration, namespace);
    case "EnumDeclaration":
      return plain(declaration, `Stored as \`${enumBase(declaration)}\`.`, numbers(declaration), names(declaration));
    case "StructDeclaration":
      return plain(declaration, names(declaration));
    case "ErrorDeclaration":
      return plain(
        declaration,
        users("Rejected with by", declaration.name.text, "rejects", namespace),
        names(declaration),
      );
    case "EventDeclaration":
      return plain(declaration, users("Sent by", declaration.name.text, "emits", namespace), names(declaration));
    case "SessionDeclaration":
      return plain(declaration, "What the server keeps for each connection; `@rls` may compare columns with it.");
  }
}

function plain(declaration: Declaration, ...lines: readonly (string | undefined)[]): string {
  return paragraphs(signature(declaration), docText(declaration), facts(...lines));
}

function numbers(declaration: EnumDeclaration): string | undefined {
  const all = enumNumbers(declaration);
  const values = declaration.values.map(({ name }, index) => `${name.text} = ${all[index] ?? "?"}`);
  return values.length === 0 ? undefined : `Values: ${listed(values, 16)}.`;
}

function users(words: string, name: string, clause: "rejects" | "emits", namespace: Namespace): string | undefined {
  const systems = usersOf(name, clause, namespace);
  return systems.length === 0 ? undefined : `${words} ${listed(systems)}.`;
}

function names(declaration: Exclude<Declaration, { kind: "SessionDeclaration" }>): string {
  const { text } = declaration.name;
  const csharp = declaration.kind === "ErrorDeclaration" ? csharpErrorName(text) : csharpTypeName(text);
  return `TypeScript \`${typescriptTypeName(text)}\` · C# \`${csharp}\``;
}
