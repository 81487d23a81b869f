import type { SchemaCompiler } from "./schema-compiler.js";

/** What can be asked of the compiler. */
export type Method = Exclude<keyof SchemaCompiler, "setText">;

export type Arguments<M extends Method> = Parameters<SchemaCompiler[M]>;

export type Answer<M extends Method> = ReturnType<SchemaCompiler[M]>;

/** From the page: a new text, or a question about the last one that was sent. Messages are handled in their order. */
export type Question =
  | { readonly text: string }
  | { readonly [M in Method]: { readonly id: number; readonly method: M; readonly args: Arguments<M> } }[Method];

/** From the worker. */
export type Reply =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly failure: string };
