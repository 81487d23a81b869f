import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { IGrammar } from "vscode-textmate";
import { LEGEND } from "../../../compiler/language-server/features/semantic-tokens/legend.js";
import { semanticTokens } from "../../../compiler/language-server/features/semantic-tokens/semantic-tokens.js";
import { Workspace } from "../../../compiler/language-server/project/workspace.js";
import { loadGrammar, tokensOf } from "./grammar.js";
import { manifest } from "./manifest.js";

const EXAMPLE = fileURLToPath(new URL("../../../schema-examples/walking/schema/walking.hetu", import.meta.url));
const scopes = manifest.contributes.semanticTokenScopes[0].scopes;

let grammar: IGrammar;
beforeAll(async () => {
  grammar = await loadGrammar();
});

/** The scope that VS Code looks a semantic token up by: that of the selector with most modifiers. */
function scopeOf(type: string, modifiers: readonly string[]): string | undefined {
  const selectors = Object.keys(scopes).filter((selector) => {
    const [of, ...wanted] = selector.split(".");
    return of === type && wanted.every((modifier) => modifiers.includes(modifier));
  });
  const [best] = selectors.sort((a, b) => b.split(".").length - a.split(".").length);
  return best === undefined ? undefined : scopes[best]?.[0].replace(/\.hetu$/, "");
}

interface Coloured {
  readonly text: string;
  readonly scope: string | undefined;
}

/** What the server says of each name, by place. */
function fromServer(text: string): ReadonlyMap<string, Coloured> {
  const workspace = new Workspace();
  workspace.set("a.hetu", text);
  const { data } = semanticTokens(workspace.snapshot(), "a.hetu");
  const lines = text.split("\n");
  const found = new Map<string, Coloured>();
  let [line, column] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, bits = 0] = data.slice(at, at + 5);
    line += down;
    column = down === 0 ? column + right : right;
    const modifiers = LEGEND.tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
    const name = lines[line]?.slice(column, column + length) ?? "";
    const skipped = name.startsWith("@") ? 1 : 0;
    const scope = scopeOf(LEGEND.tokenTypes[type] ?? "", modifiers);
    found.set(`${line + 1}:${column + skipped}`, { text: name.slice(skipped), scope });
  }
  return found;
}

test("each type of token that names something has a scope of the grammar", () => {
  const plain = ["operator", "number", "string", "comment", "variable"];
  for (const type of LEGEND.tokenTypes.filter((name) => !plain.includes(name))) {
    expect(scopes).toHaveProperty(type);
  }
  for (const selector of Object.keys(scopes)) {
    const [type, ...modifiers] = selector.split(".");
    expect(LEGEND.tokenTypes).toContain(type);
    for (const modifier of modifiers) expect(LEGEND.tokenModifiers).toContain(modifier);
  }
});

test("colours do not change when the server's arrive, but for what only the server knows", () => {
  const text = readFileSync(EXAMPLE, "utf8");
  const server = fromServer(text);
  const changed = new Set<string>();
  let compared = 0;
  for (const { line, column, text: word, scope } of tokensOf(grammar, text)) {
    const other = server.get(`${line}:${column}`);
    if (other?.text !== word || other.scope === undefined) continue;
    compared += 1;
    const family = (name: string): string => name.split(".").slice(0, 2).join(".");
    if (family(other.scope) !== family(scope)) changed.add(`${family(scope)} -> ${family(other.scope)}`);
  }
  expect(compared).toBeGreaterThan(50);
  expect([...changed].sort()).toEqual([
    // The server tells all keywords alike: clauses are those that change, and themes hardly tell them apart.
    "keyword.other -> storage.type",
    // A regular expression sees a column and a parameter alike.
    "variable.other -> variable.parameter",
  ]);
});
