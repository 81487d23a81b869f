/** An enum's value that this client does not know: the server runs a newer schema. */
export type UnknownValue = number;
/** One enum: its names here and their integers on the wire. `T` is the union of the names. */
export declare class EnumType<T extends string> {
    #private;
    /** @param values the exported table, names to integers. */
    constructor(values: Readonly<Record<T, number>>);
    /** @throws SchemaValueError unless `value` is one of the names. */
    integer(value: unknown, path: string): number;
    /** @throws SchemaMismatchError unless `value` is an integer. */
    read(value: unknown, path: string): T | UnknownValue;
    /** By integer. */
    compare(a: T | UnknownValue, b: T | UnknownValue): number;
}
