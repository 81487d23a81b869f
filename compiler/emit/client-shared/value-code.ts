import type { ColumnTypeModel, FieldModel, IntegerName, RangeModel, ScalarName, TypeModel } from "../../model/model.js";
import { scalarTypes } from "../scalar-types.js";
import type { ClientModule } from "./client-module.js";
import type { ClientLayout } from "./layout.js";

const INTEGER_BOUNDS: Readonly<Record<IntegerName, readonly [min: number, max: number]>> = {
  i8: [-0x80, 0x7f],
  i16: [-0x8000, 0x7fff],
  i32: [-0x8000_0000, 0x7fff_ffff],
  u8: [0, 0xff],
  u16: [0, 0xffff],
  u32: [0, 0xffff_ffff],
};

const BIGINT_BOUNDS = {
  i64: ["-9223372036854775808", "9223372036854775807"],
  u64: ["0", "18446744073709551615"],
} as const;

/** What fields belong to, for paths in errors: a declaration, or wherever the variable `path` says. */
export type Owner = { readonly name: string } | typeof OWN_PATH;

export const OWN_PATH = Symbol("path");

/** Types of the schema as TypeScript types, and as code that reads and writes their values. */
export class ValueCode {
  readonly #module: ClientModule;
  readonly #layout: ClientLayout;

  constructor(module: ClientModule, layout: ClientLayout) {
    this.#module = module;
    this.#layout = layout;
  }

  /**
   * @param direction `in`: what the application gives. `out`: what it gets, where enums may have values that this
   *   client does not know.
   */
  type(type: TypeModel, direction: "in" | "out"): string {
    switch (type.kind) {
      case "scalar":
        return scalarTypes[type.name];
      case "string":
        return "string";
      case "bytes":
        return "Uint8Array";
      case "enum": {
        const name = this.#module.type(this.#layout.declared(type.namespace, "enums", type.name));
        return direction === "in" ? name : `${name} | ${this.#module.$type}.UnknownValue`;
      }
      case "struct":
        return this.#module.type(this.#layout.declared(type.namespace, "structs", type.name));
      case "array": {
        const element = this.type(type.of, direction);
        return element.includes("|") ? `(${element})[]` : `${element}[]`;
      }
    }
  }

  /** An expression that reads a value from the wire. */
  read(type: TypeModel, value: string, path: string): string {
    const { $ } = this.#module;
    switch (type.kind) {
      case "enum":
        return `${this.enumType(type)}.read(${value}, ${path})`;
      case "array":
        return `${$}.readArray(${value}, ${this.reader(type.of)}, ${path})`;
      default:
        return `${this.#readFunction(type)}(${value}, ${path})`;
    }
  }

  /** A function `(value, path) => value`. */
  reader(type: TypeModel): string {
    if (type.kind === "enum" || type.kind === "array") return `(value, path) => ${this.read(type, "value", "path")}`;
    return this.#readFunction(type);
  }

  /** A field of a map from the wire; `undefined` when it is optional and has not come. */
  readField({ name, type, optional }: FieldModel, owner: Owner, map = "map"): string {
    const key = JSON.stringify(name);
    const path = owner === OWN_PATH ? `\`\${path}.${name}\`` : JSON.stringify(`${owner.name}.${name}`);
    if (optional !== true) return this.read(type, `${map}[${key}]`, path);
    return `${this.#module.$}.readOptional(${map}, ${key}, ${this.reader(type)}, ${path})`;
  }

  /** A statement, without its semicolon, that checks a value and writes it. */
  write(type: TypeModel, value: string, path: string, range?: RangeModel): string {
    const { $ } = this.#module;
    switch (type.kind) {
      case "scalar":
        return this.#writeScalar(type.name, value, path, range);
      case "string":
        return `${$}.writeString(writer, ${value}, ${type.max}, ${path})`;
      case "bytes":
        return `${$}.writeBytes(writer, ${value}, ${type.max}, ${path})`;
      case "enum":
        return `${$}.writeEnum(writer, ${value}, ${this.enumType(type)}, ${path})`;
      case "struct": {
        const write = this.#module.value(this.#layout.internal(type.namespace, "structs", type.name, "write"));
        return `${write}(writer, ${value}, ${path})`;
      }
      case "array":
        return `${$}.writeArray(writer, ${value}, ${this.writer(type.of)}, ${path})`;
    }
  }

  /** A function `(writer, value, path) => void`. */
  writer(type: TypeModel, range?: RangeModel): string {
    return `(writer, value, path) => ${this.write(type, "value", "path", range)}`;
  }

  /** What bounds of a query need to know of a column. */
  columnKind(type: ColumnTypeModel): string {
    const { $ } = this.#module;
    switch (type.kind) {
      case "scalar":
        return `${$}.columnKinds.${type.name}`;
      case "string":
        return `${$}.stringKind(${type.max})`;
      case "enum":
        return `${$}.enumKind(${this.enumType(type)})`;
      case "bytes":
        throw new Error("a bytes column in an index");
    }
  }

  /** An expression that orders two values as the server's indexes do. */
  compare(type: ColumnTypeModel, a: string, b: string): string {
    const { $ } = this.#module;
    if (type.kind === "enum") return `${this.enumType(type)}.compare(${a}, ${b})`;
    if (type.kind === "string") return `${$}.compareTexts(${a}, ${b})`;
    const isBoolean = type.kind === "scalar" && type.name === "bool";
    return `${$}.${isBoolean ? "compareBooleans" : "compareNumbers"}(${a}, ${b})`;
  }

  /** An expression that is true when a column has not changed. */
  same(type: ColumnTypeModel, a: string, b: string): string {
    const { $ } = this.#module;
    if (type.kind === "bytes") return `${$}.sameBytes(${a}, ${b})`;
    const isFloat = type.kind === "scalar" && (type.name === "f32" || type.name === "f64");
    return isFloat ? `${$}.sameFloat(${a}, ${b})` : `${a} === ${b}`;
  }

  enumType(type: { readonly namespace: string; readonly name: string }): string {
    return this.#module.value(this.#layout.internal(type.namespace, "enums", type.name));
  }

  #readFunction(type: Exclude<TypeModel, { kind: "enum" } | { kind: "array" }>): string {
    const { $ } = this.#module;
    if (type.kind === "string") return `${$}.readString`;
    if (type.kind === "bytes") return `${$}.readBytes`;
    if (type.kind === "struct") {
      return this.#module.value(this.#layout.internal(type.namespace, "structs", type.name, "read"));
    }
    if (type.name === "bool") return `${$}.readBool`;
    return type.name === "i64" || type.name === "u64" ? `${$}.readBigint` : `${$}.readNumber`;
  }

  #writeScalar(name: ScalarName, value: string, path: string, range: RangeModel | undefined): string {
    const { $ } = this.#module;
    switch (name) {
      case "bool":
        return `${$}.writeBool(writer, ${value}, ${path})`;
      case "i64":
      case "u64": {
        const [min, max] = range === undefined ? BIGINT_BOUNDS[name] : [range.min, range.max];
        return `${$}.writeBigint(writer, ${value}, ${min}n, ${max}n, ${path})`;
      }
      case "f32":
      case "f64":
        if (range !== undefined) {
          const write = name === "f32" ? "writeF32Within" : "writeF64Within";
          return `${$}.${write}(writer, ${value}, ${range.min}, ${range.max}, ${path})`;
        }
        return `${$}.${name === "f32" ? "writeF32" : "writeF64"}(writer, ${value}, ${path})`;
      case "timestamp":
        if (range === undefined) return `${$}.writeTimestamp(writer, ${value}, ${path})`;
        return `${$}.writeTimestampWithin(writer, ${value}, ${range.min}, ${range.max}, ${path})`;
      default: {
        const [min, max] = range === undefined ? INTEGER_BOUNDS[name] : [range.min, range.max];
        return `${$}.writeInteger(writer, ${value}, ${min}, ${max}, ${path})`;
      }
    }
  }
}
