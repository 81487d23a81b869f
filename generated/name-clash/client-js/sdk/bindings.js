/** What generated code imports; not for applications. */
export * as codegen from "./codegen.js";
