/** Errors keep a schema from compiling; warnings and hints do not. */
export type Severity = "error" | "warning" | "hint";
