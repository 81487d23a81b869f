import type { ColumnTypeModel, FieldModel, RangeModel, ScalarName, TypeModel } from "../../model/model.js";
import type { GeneratedFile } from "../generated-file.js";
import { scalarTypes } from "../scalar-types.js";
import { CODEGEN } from "./symbols.js";
import type { ServerSymbols } from "./symbols.js";

/** Names that an object has without anybody giving them. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Where a value comes from: server code, a MessagePack argument, or a bound of a hetu.1 query. */
export type ValueSource = "check" | "read" | "bound";

/** How values of each schema type are typed, checked and written in TypeScript. */
export class ValueTypes {
  constructor(
    readonly file: GeneratedFile,
    readonly symbols: ServerSymbols,
  ) {}

  /** The type that user code sees. */
  type(type: TypeModel): string {
    switch (type.kind) {
      case "scalar":
        return scalarTypes[type.name];
      case "string":
        return "string";
      case "bytes":
        return "Uint8Array";
      case "enum":
        return this.file.type(this.symbols.declared(type.namespace, "enums", type.name));
      case "struct":
        return this.file.type(this.symbols.declared(type.namespace, "structs", type.name));
      case "array":
        return `${this.type(type.of)}[]`;
    }
  }

  /**
   * An expression that checks `value`.
   * @param path An expression: how errors call the place.
   */
  checked(source: ValueSource, type: TypeModel, value: string, path: string, range?: RangeModel): string {
    const plain = this.#checkedType(source, type, value, path);
    if (range === undefined) return plain;
    return `${this.$}.checkRange(${plain}, ${bounds(type, range)}, ${path})`;
  }

  /** {@link checked} for a member that may be left out. */
  checkedField(source: ValueSource, field: FieldModel, value: string, path: string): string {
    if (field.optional !== true) return this.checked(source, field.type, value, path, field.range);
    return `${this.$}.checkOptional(${value}, ${path}, ${this.checker(source, field.type, field.range)})`;
  }

  /** A function `(value, path) => checked value`. */
  checker(source: ValueSource, type: TypeModel, range?: RangeModel): string {
    if (range === undefined) {
      if (type.kind === "scalar") return `${this.$}.${scalarFunction(source, type.name)}`;
      if (type.kind === "enum") return `${this.#codec("enums", type)}.${source}`;
      if (type.kind === "struct") return `${this.#codec("structs", type)}.${source}`;
    }
    return `(value, path) => ${this.checked(source, type, "value", "path", range)}`;
  }

  /** {@link write} in the form of hetu.1, for values of columns: `bool` as 0 or 1, `f32` as float64. */
  writeForHetu1(type: ColumnTypeModel, value: string, indent: string): string[] {
    if (type.kind === "scalar" && type.name === "bool") return [`${indent}writer.int(${value} ? 1 : 0);`];
    if (type.kind === "scalar" && type.name === "f32") return [`${indent}writer.float64(${value});`];
    return this.write(type, value, indent);
  }

  /** Statements that write a checked value as MessagePack, in the form of hetu.2. */
  write(type: TypeModel, value: string, indent: string, depth = 1): string[] {
    switch (type.kind) {
      case "scalar":
        return [`${indent}${scalarWrite(type.name, value)};`];
      case "string":
        return [`${indent}writer.string(${value});`];
      case "bytes":
        return [`${indent}writer.bin(${value});`];
      case "enum":
        return [`${indent}writer.int(${this.#codec("enums", type)}.valueOf(${value}));`];
      case "struct":
        return [`${indent}${this.#codec("structs", type)}.write(${value}, writer);`];
      case "array": {
        const element = depth === 1 ? "element" : `element${depth}`;
        return [
          `${indent}writer.arrayHeader(${value}.length);`,
          `${indent}for (const ${element} of ${value}) {`,
          ...this.write(type.of, element, `${indent}  `, depth + 1),
          `${indent}}`,
        ];
      }
    }
  }

  enumCodec(type: Extract<TypeModel, { kind: "enum" }>): string {
    return this.#codec("enums", type);
  }

  /** The integer that an enum is stored as, the type's own name for other scalars. */
  storedAs(type: TypeModel): string {
    if (type.kind === "scalar") return type.name;
    if (type.kind === "enum") return this.symbols.enumBase(type);
    return type.kind === "bytes" ? "blob" : "string";
  }

  get $(): string {
    return this.file.value(CODEGEN);
  }

  #checkedType(source: ValueSource, type: TypeModel, value: string, path: string): string {
    switch (type.kind) {
      case "scalar":
        return `${this.$}.${scalarFunction(source, type.name)}(${value}, ${path})`;
      case "string":
        return `${this.$}.checkString(${value}, ${type.max}, ${path})`;
      case "bytes":
        return `${this.$}.checkBytes(${value}, ${type.max}, ${path})`;
      case "enum":
        return `${this.#codec("enums", type)}.${source}(${value}, ${path})`;
      case "struct":
        return `${this.#codec("structs", type)}.${source}(${value}, ${path})`;
      case "array":
        return `${this.$}.checkArray(${value}, ${path}, ${this.checker(source, type.of)})`;
    }
  }

  #codec(kind: "enums" | "structs", type: { readonly namespace: string; readonly name: string }): string {
    return this.file.value(this.symbols.codec(type.namespace, kind, type.name));
  }
}

/** A field of an unknown object, by a name of the schema or of TypeScript. */
export function fieldOf(fields: string, name: string): string {
  if (INHERITED.has(name)) return `$.ownField(${fields}, ${JSON.stringify(name)})`;
  return `${fields}[${JSON.stringify(name)}]`;
}

/** `checkI32`, `readI32`, `boundI32`. */
function scalarFunction(source: ValueSource, name: ScalarName): string {
  return source + name.charAt(0).toUpperCase() + name.slice(1);
}

function scalarWrite(name: ScalarName, value: string): string {
  switch (name) {
    case "bool":
      return `writer.bool(${value})`;
    case "i64":
    case "u64":
      return `writer.bigint(${value})`;
    case "f32":
      return `writer.float32(${value})`;
    case "f64":
      return `writer.float64(${value})`;
    default:
      return `writer.int(${value})`;
  }
}

function bounds(type: TypeModel, range: RangeModel): string {
  const suffix = type.kind === "scalar" && (type.name === "i64" || type.name === "u64") ? "n" : "";
  return `${range.min}${suffix}, ${range.max}${suffix}`;
}
