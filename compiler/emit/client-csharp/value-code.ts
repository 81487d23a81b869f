import type { IntegerName, RangeModel, ScalarName, TypeModel } from "../../model/model.js";
import { sdk, type CsharpFile } from "./csharp-file.js";
import type { CsharpLayout } from "./layout.js";
import { textLiteral } from "./print.js";
import { rangeLiterals, SCALAR_READERS, SCALAR_TYPES } from "./scalars.js";
import { ARRAY, IREADONLY_LIST } from "./symbols.js";

/** Something that has a type, and maybe no value. */
export interface Typed {
  readonly type: TypeModel;
  readonly optional?: boolean;
  readonly range?: RangeModel;
}

type Declared = Extract<TypeModel, { kind: "enum" | "struct" }>;

/** Types of the schema as C# types, and as code that reads and writes their values. */
export class ValueCode {
  readonly #file: CsharpFile;
  readonly #layout: CsharpLayout;

  constructor(file: CsharpFile, layout: CsharpLayout) {
    this.#file = file;
    this.#layout = layout;
  }

  /** The C# type of a value; with `?` when it may be missing. */
  type({ type, optional }: Typed): string {
    return this.#typeOf(type) + (optional === true ? "?" : "");
  }

  /** What a property that is never null begins with; nothing when the zero of its type will do. */
  initial({ type, optional }: Typed): string | undefined {
    if (optional === true) return undefined;
    switch (type.kind) {
      case "string":
        return '""';
      case "bytes":
        return `${this.#file.value(ARRAY)}.Empty<byte>()`;
      case "array":
        return `${this.#file.value(ARRAY)}.Empty<${this.#typeOf(type.of)}>()`;
      // A struct that lacks it is refused before anybody sees it.
      case "struct":
        return "null!";
      default:
        return undefined;
    }
  }

  /**
   * An expression that reads a value.
   * @param path the place, for errors, relative to what is being read.
   */
  read(type: TypeModel, path: string): string {
    const place = path === "" ? "" : textLiteral(path);
    switch (type.kind) {
      case "scalar":
        return `reader.Read${SCALAR_READERS[type.name]}(${place})`;
      case "string":
        return `reader.ReadString(${place})`;
      case "bytes":
        return `reader.ReadBytes(${place})`;
      case "enum":
        return `(${this.#typeOf(type)})reader.Read${SCALAR_READERS[this.base(type)]}(${place})`;
      case "struct":
        if (path === "") return `${this.#codec(type)}.Instance.Read(ref reader)`;
        return `${this.#values}.ReadAt(ref reader, ${this.#codec(type)}.Instance.Read, ${place})`;
      case "array":
        return `${this.#values}.ReadList(ref reader, ${this.reader(type.of)}${path === "" ? "" : `, ${place}`})`;
    }
  }

  /** As {@link read}, where nil is no value. */
  readOptional(type: TypeModel, path: string): string {
    return `reader.TryReadNil() ? (${this.#typeOf(type)}?)null : ${this.read(type, path)}`;
  }

  /** A delegate that reads a value: a method, or a lambda that captures nothing. */
  reader(type: TypeModel, optional = false): string {
    if (type.kind === "struct" && !optional) return `${this.#codec(type)}.Instance.Read`;
    const body = optional ? this.readOptional(type, "") : this.read(type, "");
    return `(ref ${this.#file.type(sdk("MessagePackReader"))} reader) => ${body}`;
  }

  /**
   * A statement, without its semicolon, that checks a value and writes it.
   * @param path an expression.
   */
  write({ type, range }: Typed, value: string, path: string, writer = "writer"): string {
    const checks = this.#file.value(sdk("Checks"));
    switch (type.kind) {
      case "scalar":
        return `${writer}.${this.#writeScalar(type.name, value, path, range)}`;
      case "string":
        return `${writer}.WriteString(${checks}.String(${value}, ${type.max}, ${path}))`;
      case "bytes":
        return `${writer}.WriteBinary(${checks}.Bytes(${value}, ${type.max}, ${path}))`;
      case "enum":
        return `${this.#enumValues(type)}.Column.Write(${writer}, ${value}, ${path})`;
      case "struct":
        return `${this.#values}.WriteAt(${writer}, ${value}, ${this.#codec(type)}.Write, ${path})`;
      case "array":
        return `${this.#values}.WriteList(${writer}, ${value}, ${this.writer({ type: type.of }, range)}, ${path})`;
    }
  }

  /** A delegate that checks and writes a value. */
  writer({ type }: Typed, range?: RangeModel): string {
    if (type.kind === "struct") return `${this.#codec(type)}.Write`;
    if (type.kind === "enum") return `${this.#enumValues(type)}.Write`;
    const typed = range === undefined ? { type } : { type, range };
    return `(into, element) => ${this.write(typed, "element", '""', "into")}`;
  }

  /** What an index needs to know of a column. */
  columnType(type: TypeModel): string {
    if (type.kind === "enum") return `${this.#enumValues(type)}.Column`;
    const types = this.#file.value(sdk("ColumnTypes"));
    if (type.kind === "string") return `${types}.String(${type.max})`;
    if (type.kind === "scalar") return `${types}.${scalarKind(type.name)}`;
    throw new Error(`a ${type.kind} in an index`);
  }

  /** An expression of the kind of a column, of the SDK's enum. */
  columnKind(type: TypeModel): string {
    const name =
      type.kind === "scalar" ? scalarKind(type.name) : `${type.kind.charAt(0).toUpperCase()}${type.kind.slice(1)}`;
    return `${this.#file.value(sdk("ColumnKind"))}.${name}`;
  }

  base(type: Declared): IntegerName {
    return this.#layout.enumBase(type.namespace, type.name);
  }

  /** The class that reads and writes a struct. */
  #codec(type: Declared): string {
    return `${this.#file.value(this.#layout.declared(type.namespace, "structs", type.name))}.WireCodec`;
  }

  /** The class that knows which values an enum has. */
  #enumValues(type: Declared): string {
    return this.#file.value(this.#layout.values(type.namespace, type.name));
  }

  get #values(): string {
    return this.#file.value(sdk("Values"));
  }

  #writeScalar(name: ScalarName, value: string, path: string, range: RangeModel | undefined): string {
    const checks = this.#file.value(sdk("Checks"));
    const checked = range === undefined ? value : `${checks}.Range(${value}, ${rangeLiterals(name, range)}, ${path})`;
    switch (name) {
      case "bool":
        return `WriteBoolean(${value})`;
      case "f32":
      case "f64":
        return `Write${name === "f32" ? "Single" : "Double"}(${range === undefined ? `${checks}.NotNaN(${value}, ${path})` : checked})`;
      case "timestamp":
        return `WriteInt64(${checks}.Timestamp(${value}, ${path}))`;
      case "u64":
        return `WriteUInt64(${checked})`;
      default:
        return `WriteInt64(${checked})`;
    }
  }

  #typeOf(type: TypeModel): string {
    switch (type.kind) {
      case "scalar":
        return SCALAR_TYPES[type.name];
      case "string":
        return "string";
      case "bytes":
        return "byte[]";
      case "enum":
        return this.#file.type(this.#layout.declared(type.namespace, "enums", type.name));
      case "struct":
        return this.#file.type(this.#layout.declared(type.namespace, "structs", type.name));
      case "array":
        return this.#file.type(IREADONLY_LIST, this.#typeOf(type.of));
    }
  }
}

/** As `ColumnKind` and `ColumnTypes` of the SDK call a scalar. */
function scalarKind(name: ScalarName): string {
  const names: Partial<Record<ScalarName, string>> = { bool: "Bool", i8: "Int8", u8: "UInt8" };
  return names[name] ?? SCALAR_READERS[name];
}
