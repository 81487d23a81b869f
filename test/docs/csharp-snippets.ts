/** A block of C# in a document. */
export interface Snippet {
  /** As compilers are to call it. */
  readonly document: string;
  /** Line of the document that the code begins at, from 1. */
  readonly line: number;
  readonly code: string;
}

/** A C# file that a compiler takes. */
export interface SnippetFile {
  readonly name: string;
  readonly text: string;
}

const OPENING = /^(\s*)```(?:csharp|cs|c#)\b/i;
const CLOSING = /^\s*```\s*$/;
const USING = /^\s*using\s+(?:static\s+)?[\w.]+(?:\s*=\s*[\w.<>, ]+)?;\s*$/;
/** A type at the left margin: the block stands for a file. */
const TYPE =
  /^(?:\[\w.*\]\s*)?(?:(?:public|internal|sealed|abstract|static|partial)\s+)*(?:class|struct|interface|enum)\s/m;

/** The fenced blocks of C# in a text of Markdown. */
export function snippetsOf(document: string, markdown: string): Snippet[] {
  const snippets: Snippet[] = [];
  let open: { line: number; indent: number; code: string[] } | undefined;
  for (const [at, text] of markdown.split("\n").entries()) {
    if (open === undefined) {
      const indent = OPENING.exec(text)?.[1]?.length;
      if (indent !== undefined) open = { line: at + 2, indent, code: [] };
    } else if (CLOSING.test(text)) {
      snippets.push({ document, line: open.line, code: open.code.join("\n") });
      open = undefined;
    } else {
      open.code.push(text.slice(open.indent));
    }
  }
  if (open !== undefined) throw new Error(`${document}:${open.line - 1}: the block is not closed`);
  return snippets;
}

/**
 * Makes a file of a snippet. One that declares types is a file already; the statements of another become a method of a
 * class derived from `Prelude`, which has what documents do not repeat: a client, some queries, what is done with rows.
 * The compiler's messages tell the lines of the document.
 *
 * @param usings namespaces that documents of its kind take for granted, beside those that all do.
 */
export function fileOf({ document, line, code }: Snippet, usings: readonly string[] = []): SnippetFile {
  const name = `${document.replaceAll(/\W+/g, "_")}_${line}`;
  const lines = code.split("\n");
  const given = [...COMMON_USINGS, ...usings].map((namespace) => `using ${namespace};`);
  // An empty line in place of each, so that the others keep their numbers.
  const rest = lines.map((each) => (USING.test(each) ? "" : each));
  const mapped = [`#line ${line} "${document}"`, ...rest, "#line hidden"];
  const body = TYPE.test(code)
    ? [`namespace Snippets.${name}`, "{", ...mapped, "}"]
    : [
        `namespace Snippets.${name}`,
        "{",
        "internal sealed class Snippet : Prelude",
        "{",
        "internal async Task RunAsync()",
        "{",
        "await Task.Yield();",
        ...mapped,
        "}",
        "}",
        "}",
      ];
  return {
    name: `${name}.cs`,
    text: ["#nullable enable", ...given, ...lines.filter((each) => USING.test(each)), ...body, ""].join("\n"),
  };
}

/** What editors add by themselves. */
const COMMON_USINGS = [
  "System",
  "System.Collections.Generic",
  "System.Linq",
  "System.Threading",
  "System.Threading.Tasks",
  "HeTu",
  "HeTu.Walking",
];
