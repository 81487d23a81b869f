import type { IntegerName } from "../../model/model.js";
import { csharpErrorName, csharpNamespaceName, csharpTypeName } from "../../model/names/csharp.js";
import type { PublicNamespace } from "../../model/public-model.js";
import { SDK, type CsharpScope, type CsharpSymbol } from "./csharp-file.js";

export type DeclarationKind = "components" | "enums" | "structs" | "errors" | "events";

/** What is generated once for a namespace, beside what the schema declares. */
export type NamespaceClass = "Client" | "Bootstrap" | "Systems" | "Schema";

const KINDS = ["components", "enums", "structs", "events", "errors"] as const;
const CLASSES = ["Client", "Bootstrap", "Systems", "Schema"] as const;

/** Names that Windows gives to devices, whatever the extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Names and files of everything that is generated: the one place that knows the layout of the output. */
export class CsharpLayout {
  readonly #namespaces = new Map<string, NamespaceNames>();
  readonly #bases = new Map<string, IntegerName>();

  constructor(namespaces: readonly PublicNamespace[]) {
    const folders = new FileNames();
    for (const namespace of namespaces) {
      const folder = `Generated/${folders.give(csharpNamespaceName(namespace.name))}`;
      this.#namespaces.set(namespace.name, new NamespaceNames(namespace, folder));
      for (const { name, base } of namespace.enums) this.#bases.set(`${namespace.name}.${name}`, base);
    }
  }

  /** The C# namespace with the names of its types. */
  scope(namespace: string): CsharpScope {
    return this.#of(namespace).scope;
  }

  declared(namespace: string, kind: DeclarationKind, name: string): CsharpSymbol {
    return this.#of(namespace).symbol(`${kind}/${name}`);
  }

  /** The class beside an enum that knows which values the schema has. */
  values(namespace: string, name: string): CsharpSymbol {
    return this.#of(namespace).symbol(`values/${name}`);
  }

  enumBase(namespace: string, name: string): IntegerName {
    const base = this.#bases.get(`${namespace}.${name}`);
    if (base === undefined) throw new Error(`the client has no enum ${namespace}.${name}`);
    return base;
  }

  /** A class that is generated once for the namespace. */
  class(namespace: string, name: NamespaceClass): CsharpSymbol {
    return this.#of(namespace).symbol(name);
  }

  /** The file of a declaration, or of a class of the namespace. */
  file(namespace: string, kind: DeclarationKind | NamespaceClass, name?: string): string {
    return this.#of(namespace).file(name === undefined ? kind : `${kind}/${name}`);
  }

  #of(namespace: string): NamespaceNames {
    const names = this.#namespaces.get(namespace);
    if (names === undefined) throw new Error(`the client has no namespace ${namespace}`);
    return names;
  }
}

/** The types of one namespace. Those of the schema are named first; what would meet one of them gets a leading `_`. */
class NamespaceNames {
  readonly scope: CsharpScope;
  readonly #symbols = new Map<string, CsharpSymbol>();
  readonly #files = new Map<string, string>();

  constructor(namespace: PublicNamespace, folder: string) {
    const part = csharpNamespaceName(namespace.name);
    const types = new Set<string>();
    this.scope = { namespace: `${SDK}.${part}`, types };
    const add = (key: string, wanted: string, files: FileNames, path: string, deprecated: boolean): void => {
      let name = wanted;
      while (types.has(name)) name = `_${name}`;
      types.add(name);
      this.#symbols.set(key, { namespace: this.scope.namespace, name, deprecated });
      this.#files.set(key, `${path}/${files.give(name)}.cs`);
    };
    for (const kind of KINDS) {
      const files = new FileNames();
      const path = `${folder}/${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
      const nameOf = kind === "errors" ? csharpErrorName : csharpTypeName;
      for (const { name, deprecated } of namespace[kind]) {
        add(`${kind}/${name}`, nameOf(name), files, path, deprecated !== undefined);
      }
    }
    for (const { name } of namespace.enums) {
      add(`values/${name}`, `${csharpTypeName(name)}Values`, new FileNames(), folder, false);
    }
    const files = new FileNames();
    for (const name of CLASSES) add(name, `${part}${name}`, files, folder, false);
  }

  symbol(key: string): CsharpSymbol {
    return this.#get(this.#symbols, key);
  }

  file(key: string): string {
    return this.#get(this.#files, key);
  }

  #get<T>(map: ReadonlyMap<string, T>, key: string): T {
    const value = map.get(key);
    if (value === undefined) throw new Error(`the client has no ${key} in ${this.scope.namespace}`);
    return value;
  }
}

/** Names for the files of one folder, different also where case does not count. */
class FileNames {
  readonly #taken = new Set<string>();

  give(name: string): string {
    const base = DEVICES.test(name) ? `${name}-` : name;
    let file = base;
    for (let n = 2; this.#taken.has(file.toLowerCase()); n++) file = `${base}-${n}`;
    this.#taken.add(file.toLowerCase());
    return file;
  }
}
