import { fitBraces } from "./print.js";
import type { EmittedFile } from "./target.js";

/**
 * Something that generated code can import: an import is a value, and nobody writes import lines. `module` is a file
 * of the same target (its path relative to the target's folder), or a package.
 */
export interface ImportSymbol {
  readonly name: string;
  readonly module: string;
  /** The local name to prefer; `name` when left out. */
  readonly alias?: string;
  readonly package?: true;
}

interface UsedImport {
  readonly symbol: ImportSymbol;
  readonly local: string;
  value: boolean;
}

export interface GeneratedFileOptions {
  /** Comment lines at the very top, without `//`. */
  readonly header: readonly string[];
  /** Names that the file declares by itself: an import of the same name gets another local one. */
  readonly declares?: readonly string[];
}

/**
 * One TypeScript or JavaScript file in the making. Lines are printed in order; imports collect on the side and come
 * out on top, sorted, type-only where nothing needs more.
 */
export class GeneratedFile {
  readonly #path: string;
  readonly #header: readonly string[];
  readonly #lines: string[] = [];
  readonly #imports = new Map<string, UsedImport>();
  readonly #locals: Set<string>;

  /** @param filePath Relative to the target's output folder, with `/`. */
  constructor(filePath: string, options: GeneratedFileOptions) {
    this.#path = filePath;
    this.#header = options.header;
    this.#locals = new Set(options.declares);
  }

  /** Appends lines; an array in the list is spread, so that printers can be composed. */
  print(...lines: readonly (string | readonly string[])[]): void {
    for (const line of lines) {
      if (typeof line === "string") this.#lines.push(line);
      else this.#lines.push(...line);
    }
  }

  /** The local name of an import that exists at run time. */
  value(symbol: ImportSymbol): string {
    const used = this.#use(symbol);
    used.value = true;
    return used.local;
  }

  /** The local name of an import that only the type checker needs. */
  type(symbol: ImportSymbol): string {
    return this.#use(symbol).local;
  }

  toFile(): EmittedFile {
    const head = this.#header.map((line) => `// ${line}`);
    const imports = this.#importLines();
    if (imports.length > 0) imports.push("");
    return { path: this.#path, content: [...head, ...imports, ...this.#lines, ""].join("\n") };
  }

  #use(symbol: ImportSymbol): UsedImport {
    const key = `${symbol.module} ${symbol.name}`;
    const known = this.#imports.get(key);
    if (known !== undefined) return known;
    const wanted = symbol.alias ?? symbol.name;
    let local = wanted;
    // No schema name contains `$`.
    for (let n = 2; this.#locals.has(local); n++) local = `${wanted}$${n}`;
    this.#locals.add(local);
    const used = { symbol, local, value: false };
    this.#imports.set(key, used);
    return used;
  }

  #importLines(): string[] {
    const modules = new Map<string, UsedImport[]>();
    for (const used of this.#imports.values()) {
      const isPackage = used.symbol.package === true;
      // Packages first, then by path.
      const key = isPackage ? `0${used.symbol.module}` : `1${relativeModule(this.#path, used.symbol.module)}`;
      const list = modules.get(key);
      if (list === undefined) modules.set(key, [used]);
      else list.push(used);
    }
    return [...modules].sort(([a], [b]) => compare(a, b)).map(([key, list]) => importLine(key.slice(1), list));
  }
}

function importLine(from: string, list: readonly UsedImport[]): string {
  const typeOnly = list.every(({ value }) => !value);
  const names = [...list]
    .sort((a, b) => compare(a.symbol.name, b.symbol.name))
    .map(({ symbol, local, value }) => {
      const name = local === symbol.name ? local : `${symbol.name} as ${local}`;
      return value || typeOnly ? name : `type ${name}`;
    });
  return fitBraces(`import ${typeOnly ? "type " : ""}{`, names, `} from "${from}";`);
}

/** The specifier of `target` as imported by `from`; both are paths of files, `.ts` becomes `.js`. */
export function relativeModule(from: string, target: string): string {
  const folders = from.split("/").slice(0, -1);
  const parts = target.replace(/\.ts$/, ".js").split("/");
  let shared = 0;
  while (shared < folders.length && shared < parts.length - 1 && folders[shared] === parts[shared]) shared += 1;
  const up = folders.length - shared;
  return `${up === 0 ? "./" : "../".repeat(up)}${parts.slice(shared).join("/")}`;
}

/** By UTF-16 unit: independent of the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
