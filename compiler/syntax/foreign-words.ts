/** What other schema and programming languages call the built-in types, in lower case; the sized ones without a size. */
export const foreignTypes: ReadonlyMap<string, string> = new Map([
  ["int", "i32"],
  ["integer", "i32"],
  ["uint", "u32"],
  ["int8", "i8"],
  ["int16", "i16"],
  ["int32", "i32"],
  ["int64", "i64"],
  ["uint8", "u8"],
  ["uint16", "u16"],
  ["uint32", "u32"],
  ["uint64", "u64"],
  ["sint32", "i32"],
  ["sint64", "i64"],
  ["fixed32", "u32"],
  ["fixed64", "u64"],
  ["sbyte", "i8"],
  ["byte", "u8"],
  ["short", "i16"],
  ["ushort", "u16"],
  ["smallint", "i16"],
  ["long", "i64"],
  ["ulong", "u64"],
  ["bigint", "i64"],
  ["float", "f32"],
  ["float32", "f32"],
  ["single", "f32"],
  ["real", "f32"],
  ["double", "f64"],
  ["float64", "f64"],
  ["number", "f64"],
  ["boolean", "bool"],
  ["string", "string"],
  ["str", "string"],
  ["text", "string"],
  ["char", "string"],
  ["varchar", "string"],
  ["nvarchar", "string"],
  ["uuid", "string"],
  ["bytes", "bytes"],
  ["blob", "bytes"],
  ["binary", "bytes"],
  ["uint8array", "bytes"],
  ["date", "timestamp"],
  ["datetime", "timestamp"],
  ["utcdatetime", "timestamp"],
  ["time", "timestamp"],
]);

const builtInType = /^(?:bool|[iu](?:8|16|32|64)|f32|f64|timestamp|string|bytes)$/;

/** Whether a word is the name of a built-in type, here or in another language. */
export function namesBuiltInType(word: string): boolean {
  return builtInType.test(word) || foreignTypes.has(word.toLowerCase());
}

/** By the word with which other languages start a declaration, the keyword of ours that comes nearest. */
export const foreignKeywords: ReadonlyMap<string, string> = new Map([
  ["model", "component"],
  ["table", "component"],
  ["entity", "component"],
  ["collection", "component"],
  ["message", "struct"],
  ["record", "struct"],
  ["class", "struct"],
  ["interface", "struct"],
  ["type", "struct"],
  ["object", "struct"],
  ["exception", "error"],
  ["signal", "event"],
  ["function", "system"],
  ["func", "system"],
  ["fn", "system"],
  ["def", "system"],
  ["rpc", "system"],
  ["op", "system"],
  ["procedure", "system"],
  ["reducer", "system"],
  ["mutation", "system"],
  ["query", "endpoint"],
]);

/** Words with which other languages say to which namespace a file belongs. */
export const foreignNamespaceWords: ReadonlySet<string> = new Set(["package", "module", "library"]);

/** By the word of another language, the clause that says the same. */
export const foreignClauses: ReadonlyMap<string, string> = new Map([
  ["throws", "rejects"],
  ["raises", "rejects"],
  ["errors", "rejects"],
  ["invokes", "calls"],
  ["sends", "emits"],
  ["publishes", "emits"],
  ["reads", "uses"],
  ["writes", "uses"],
  ["touches", "uses"],
]);

/** Words that other languages put before a declaration. */
export const declarationModifiers: ReadonlySet<string> = new Set([
  "abstract",
  "async",
  "const",
  "declare",
  "export",
  "pub",
  "public",
]);

/** Words with which other languages bring in the names of another file. */
export const importWords: ReadonlySet<string> = new Set(["import", "include", "using", "from", "require"]);

/** Words that other languages put before a field or its type, and what to write here. */
export const modifiers: ReadonlyMap<string, string> = new Map([
  ["required", "leave it out; a field is required unless its name ends in `?`"],
  ["optional", "mark the name instead: `name?: Type`"],
  ["repeated", "a list is written behind the type: `name: Type[]`"],
  ["readonly", "leave it out; what a system may write is said by its `uses`"],
  ["const", "leave it out; a field starts with its name"],
  ["let", "leave it out; a field starts with its name"],
  ["var", "leave it out; a field starts with its name"],
  ["public", "leave it out; who may see a column is said by `@permission`"],
  ["private", "leave it out; who may see a column is said by `@permission`"],
]);

/** By what other languages call an attribute, in lower case, ours that says the same or nearly. */
export const foreignAttributes: ReadonlyMap<string, string> = new Map([
  ["min", "range"],
  ["max", "range"],
  ["interval", "every"],
  ["schedule", "cron"],
  ["scheduled", "cron"],
]);

/** Types with which other languages say that there is no result. */
export const foreignNoResults: ReadonlySet<string> = new Set(["void", "none", "null", "undefined"]);
