/** A code with its page, as the language server tells it. */
export interface ExplainedCode {
  readonly code: string;
  readonly severity: string;
  readonly page: {
    readonly meaning: string;
    readonly wrong: string | readonly string[];
    readonly right: string | readonly string[];
  };
}

/** The page of a code, for the editor's preview of Markdown. */
export function explainMarkdown({ code, severity, page }: ExplainedCode): string {
  return [
    `# ${code} (${severity})`,
    page.meaning,
    "## Wrong",
    ...sources(page.wrong),
    "## Right",
    ...sources(page.right),
  ]
    .join("\n\n")
    .concat("\n");
}

function sources(texts: string | readonly string[]): readonly string[] {
  return [texts].flat().map((text) => `\`\`\`hetu\n${text.trimEnd()}\n\`\`\``);
}
