import { languages } from "./monaco.js";

export const HETU = "hetu";

/** Registers the language: brackets, comments, and rough colours until those by meaning arrive. */
export function registerHetu(): void {
  languages.register({ id: HETU, extensions: [".hetu"], aliases: ["HeTu"] });
  languages.setLanguageConfiguration(HETU, {
    comments: { lineComment: "//", blockComment: ["/*", "*/"] },
    brackets: [
      ["{", "}"],
      ["(", ")"],
      ["[", "]"],
    ],
    autoClosingPairs: [
      { open: "{", close: "}" },
      { open: "(", close: ")" },
      { open: "[", close: "]" },
      { open: '"', close: '"', notIn: ["string", "comment"] },
    ],
    wordPattern: /[A-Za-z_][A-Za-z0-9_]*/,
    indentationRules: {
      increaseIndentPattern: /^((?!\/\/).)*(\{[^}"]*|\([^)"]*)$/,
      decreaseIndentPattern: /^\s*[})]/,
    },
    onEnterRules: [
      {
        beforeText: /^\s*\/\/\/(?!\/)/,
        action: { indentAction: languages.IndentAction.None, appendText: "/// " },
      },
    ],
  });
  languages.setMonarchTokensProvider(HETU, {
    keywords: ["namespace", "enum", "session", "component", "struct", "error", "event", "system", "endpoint"],
    tokenizer: {
      root: [
        [/\/\/.*$/, "comment"],
        [/\/\*/, "comment", "@block"],
        [/"(?:[^"\\]|\\.)*"?/, "string"],
        [/@[A-Za-z_]\w*/, "decorator"],
        [/-?\d[\w.]*/, "number"],
        [/[A-Za-z_]\w*/, { cases: { "@keywords": "keyword", "@default": "" } }],
      ],
      block: [
        [/\*\//, "comment", "@pop"],
        [/./, "comment"],
      ],
    },
  });
}
