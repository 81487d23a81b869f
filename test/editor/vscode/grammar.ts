import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";

const GRAMMAR = fileURLToPath(new URL("../../../editor/vscode/syntaxes/hetu.tmLanguage.json", import.meta.url));

/** The grammar of the extension, in the engine that VS Code uses. */
export async function loadGrammar(): Promise<IGrammar> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(GRAMMAR, "utf8"), GRAMMAR),
  });
  const grammar = await registry.loadGrammar("source.hetu");
  if (grammar === null) throw new Error("the grammar cannot be loaded");
  return grammar;
}

export interface ScopedToken {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
  readonly text: string;
  /** The innermost scope without the language's name, as `storage.type.component`; empty: none but the file's. */
  readonly scope: string;
}

/** Every token of a text that is not white space. */
export function tokensOf(grammar: IGrammar, text: string): readonly ScopedToken[] {
  let stack = textmate.INITIAL;
  return text.split("\n").flatMap((line, number) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    return tokens
      .map(({ startIndex, endIndex, scopes }) => ({
        line: number + 1,
        column: startIndex + (/^\s*/.exec(line.slice(startIndex, endIndex))?.[0].length ?? 0),
        text: line.slice(startIndex, endIndex).trim(),
        scope: scopes.length === 1 ? "" : (scopes.at(-1) ?? "").replace(/\.hetu$/, ""),
      }))
      .filter(({ text: token }) => token !== "");
  });
}
