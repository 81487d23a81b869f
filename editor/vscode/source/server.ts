import { lsp } from "../../../compiler/cli/commands/lsp.js";

// The language server alone, for projects without a compiler of their own.
void lsp({ terminal: { out: process.stdout, err: process.stderr, env: process.env }, cwd: process.cwd() });
