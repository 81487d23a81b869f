import type { SchemaTexts } from "./schema-texts.js";

/** A schema on a disk, as `hetuc playground` hands a copy of it to the page. */
export interface OpenedProject {
  /** Tells projects on one address apart; says nothing about the disk. */
  readonly id: string;
  /** What the page calls it. */
  readonly name: string;
  /** Of the texts: another one when any of them is another one. */
  readonly version: string;
  readonly files: SchemaTexts;
  /** The file to show first, when one was asked for. */
  readonly shown?: string;
}

/** In the page: an element that holds the project as JSON, or nothing. */
export const PROJECT_ELEMENT = "opened-project";

/** What stands in index.html where the project goes. */
export const PROJECT_MARK = "{{project}}";

/** JSON that no HTML parser ends early. */
export function asScriptContent(project: OpenedProject): string {
  return JSON.stringify(project).replaceAll("<", "\\u003c");
}
