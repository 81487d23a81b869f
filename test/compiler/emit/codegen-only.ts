/** The part of the package that generated code uses at run time, for bundles that need nothing else. */
export * as codegen from "../../../runtime/codegen/index.js";
