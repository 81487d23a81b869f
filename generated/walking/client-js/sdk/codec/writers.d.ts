import type { MessagePackWriter } from "../wire.js";
import type { EnumType } from "./enum-type.js";
/**
 * Each `write…` checks one value and writes it as hetu.2 has it; hetu.1 is made of that when it is sent.
 * @throws SchemaValueError
 */
export declare function writeBool(writer: MessagePackWriter, value: unknown, path: string): void;
export declare function writeInteger(writer: MessagePackWriter, value: unknown, min: number, max: number, path: string): void;
export declare function writeBigint(writer: MessagePackWriter, value: unknown, min: bigint, max: bigint, path: string): void;
export declare function writeF32(writer: MessagePackWriter, value: unknown, path: string): void;
export declare function writeF64(writer: MessagePackWriter, value: unknown, path: string): void;
/** A float of 32 bits with `@range`. */
export declare function writeF32Within(writer: MessagePackWriter, value: unknown, min: number, max: number, path: string): void;
/** A float of 64 bits with `@range`. */
export declare function writeF64Within(writer: MessagePackWriter, value: unknown, min: number, max: number, path: string): void;
export declare function writeTimestamp(writer: MessagePackWriter, value: unknown, path: string): void;
export declare function writeTimestampWithin(writer: MessagePackWriter, value: unknown, min: number, max: number, path: string): void;
export declare function writeString(writer: MessagePackWriter, value: unknown, max: number, path: string): void;
export declare function writeBytes(writer: MessagePackWriter, value: unknown, max: number, path: string): void;
export declare function writeEnum(writer: MessagePackWriter, value: unknown, type: EnumType<string>, path: string): void;
/** @param writeElement is given the path of the element. */
export declare function writeArray(writer: MessagePackWriter, value: unknown, writeElement: (writer: MessagePackWriter, element: unknown, path: string) => void, path: string): void;
/** The fields of a struct: each schema name with its value and writer; `undefined` values of optional ones are left out. */
export type FieldWriter = readonly [
    name: string,
    property: string,
    optional: boolean,
    write: (writer: MessagePackWriter, value: unknown, path: string) => void
];
/** A struct as a map by schema name. */
export declare function writeStruct(writer: MessagePackWriter, value: unknown, fields: readonly FieldWriter[], path: string): void;
/** An optional argument that others follow: nil when it was not given. */
export declare function writeOptional(writer: MessagePackWriter, value: unknown, write: (writer: MessagePackWriter, value: unknown, path: string) => void, path: string): void;
