import type { SchemaTexts } from "../../../../compiler/playground/schema-texts.js";
import type { SchemaCompiler } from "./schema-compiler.js";

/** What can be asked of the compiler. */
export type Method = Exclude<keyof SchemaCompiler, "setFiles" | "setText">;

export type Arguments<M extends Method> = Parameters<SchemaCompiler[M]>;

export type Answer<M extends Method> = ReturnType<SchemaCompiler[M]>;

/** From the page: other files, or another text of one. */
export type Change =
  { readonly files: SchemaTexts; readonly isStored: boolean } | { readonly path: string; readonly text: string };

/** From the page: a change, or a question about what was sent before. Messages are handled in their order. */
export type Question =
  Change | { readonly [M in Method]: { readonly id: number; readonly method: M; readonly args: Arguments<M> } }[Method];

/** From the worker. */
export type Reply =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly failure: string };
