import { typescriptTypeName } from "../../model/names/typescript.js";
import { pascalCase } from "../../model/names/words.js";
import { fileNames } from "../file-names.js";
import type { PublicNamespace } from "../../model/public-model.js";

/** Something that a generated module can mention. */
export interface ClientSymbol {
  readonly name: string;
  /** The module that declares it, relative to the target's folder, without extension. */
  readonly module: string;
  readonly namespace: string;
}

export type DeclarationKind = "components" | "enums" | "structs" | "errors" | "events";

/** The one module of the hand-written half that generated code imports. */
export const BINDINGS = "sdk/bindings";

/** Where each declaration ends up: the one place that knows the layout of the output. */
export class ClientLayout {
  readonly namespaces: readonly PublicNamespace[];
  readonly #modules = new Map<string, string>();

  constructor(namespaces: readonly PublicNamespace[]) {
    this.namespaces = namespaces;
    for (const namespace of namespaces) {
      for (const kind of ["components", "enums", "structs", "errors", "events"] as const) {
        for (const [name, file] of fileNames(namespace[kind].map((declared) => declared.name))) {
          this.#modules.set(`${namespace.name}/${kind}/${name}`, `${namespaceFolder(namespace.name)}/${kind}/${file}`);
        }
      }
    }
  }

  module(namespace: string, kind: DeclarationKind, name: string): string {
    const module = this.#modules.get(`${namespace}/${kind}/${name}`);
    if (module === undefined) throw new Error(`the client has no ${kind} ${namespace}.${name}`);
    return module;
  }

  /** The exported type, and value if any, of a declaration. */
  declared(namespace: string, kind: DeclarationKind, name: string): ClientSymbol {
    return { name: typescriptTypeName(name), module: this.module(namespace, kind, name), namespace };
  }

  /** Something else that the module of a declaration exports for other generated code: `$Team`, `$readReward`. */
  internal(namespace: string, kind: DeclarationKind, name: string, prefix = ""): ClientSymbol {
    return { name: `$${prefix}${pascalCase(name)}`, module: this.module(namespace, kind, name), namespace };
  }

  calls(namespace: string, name: "Calls" | "$callables"): ClientSymbol {
    return { name, module: `${namespaceFolder(namespace)}/calls`, namespace };
  }

  /** What hetu.2 numbers. */
  wire(namespace: string): ClientSymbol {
    return { name: "$wire", module: `${namespaceFolder(namespace)}/wire`, namespace };
  }
}

/** The folder of a namespace; `sdk` is taken by the hand-written half. */
export function namespaceFolder(namespace: string): string {
  return namespace === "sdk" ? "_sdk" : namespace;
}
