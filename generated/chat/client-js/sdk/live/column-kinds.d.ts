import type { EnumType } from "../codec/enum-type.js";
/** What a bound needs to know of an indexed column. */
export interface ColumnKind {
    /**
     * Checks one value of a bound and gives it as hetu.1 has it.
     * @throws SchemaValueError
     */
    toWire(value: unknown, path: string): unknown;
    /** A bound below everything, on the wire. */
    readonly least: unknown;
    /** A bound above everything, on the wire. */
    readonly greatest: unknown;
}
/** Kinds of the types without parameters, by their names in the schema. */
export declare const columnKinds: Readonly<Record<"bool" | "i8" | "i16" | "i32" | "u8" | "u16" | "u32" | "i64" | "u64" | "f32" | "f64" | "timestamp", ColumnKind>>;
/** `string(max)`. The empty array as a bound is our server's: nothing else is above every string and short. */
export declare function stringKind(max: number): ColumnKind;
export declare function enumKind(type: EnumType<string>): ColumnKind;
