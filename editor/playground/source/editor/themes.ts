import { editor } from "./monaco.js";

/** Foregrounds by the names of semantic tokens: at least 4.5 : 1 on the ground of either theme. */
const LIGHT: Readonly<Record<string, string>> = {
  namespace: "1f2328",
  type: "0a5c7a",
  class: "1a6e36",
  enum: "0a5c7a",
  struct: "0a5c7a",
  event: "8a3b00",
  function: "6639ba",
  method: "6639ba",
  property: "0a3069",
  parameter: "953800",
  enumMember: "0550ae",
  decorator: "8250df",
  keyword: "cf222e",
  number: "0550ae",
  string: "0a3069",
  comment: "57606a",
};

const DARK: Readonly<Record<string, string>> = {
  namespace: "e6edf3",
  type: "76c7e0",
  class: "7ee787",
  enum: "76c7e0",
  struct: "76c7e0",
  event: "ffb77c",
  function: "d2a8ff",
  method: "d2a8ff",
  property: "a5d6ff",
  parameter: "ffa657",
  enumMember: "79c0ff",
  decorator: "d2a8ff",
  keyword: "ff7b72",
  number: "79c0ff",
  string: "a5d6ff",
  comment: "9198a1",
};

export type Theme = "light" | "dark";

export function defineThemes(): void {
  define("light", "vs", LIGHT, { ground: "ffffff", quiet: "59636e", hint: "f1f3f5" });
  define("dark", "vs-dark", DARK, { ground: "0d1117", quiet: "9198a1", hint: "1d242d" });
}

/** Of every editor of the page. */
export function useTheme(theme: Theme): void {
  editor.setTheme(`hetu-${theme}`);
}

/** Grounds of the text and of hints in it; what is written quietly on both. */
interface Surfaces {
  readonly ground: string;
  readonly quiet: string;
  readonly hint: string;
}

function define(
  theme: Theme,
  base: editor.BuiltinTheme,
  colours: Readonly<Record<string, string>>,
  { ground, quiet, hint }: Surfaces,
): void {
  editor.defineTheme(`hetu-${theme}`, {
    base,
    inherit: true,
    rules: Object.entries(colours).map(([token, foreground]) => ({ token, foreground })),
    colors: {
      "editor.background": `#${ground}`,
      "editorCodeLens.foreground": `#${quiet}`,
      "editorLineNumber.foreground": `#${quiet}`,
      "editorLineNumber.dimmedForeground": `#${quiet}`,
      "editorInlayHint.foreground": `#${quiet}`,
      "editorInlayHint.background": `#${hint}`,
    },
  });
}
