import { type OpenedProject, PROJECT_ELEMENT } from "../../../../compiler/playground/opened-project.js";
import { asSchemaTexts, type SchemaTexts } from "../../../../compiler/playground/schema-texts.js";
import { element } from "../elements.js";
import { forget, remember, remembered } from "../storage.js";

/** What the page shows, and where it is from. */
export interface Opened {
  readonly files: SchemaTexts;
  /** The file in front; the first one when it is left out. */
  readonly shown?: string | undefined;
  /** The project that the files are a copy of. */
  readonly project?: OpenedProject | undefined;
  /** Of a project: the copy is one that was changed here, and whether the disk has other texts by now. */
  readonly changed?: "here" | "here and on the disk";
}

/** A changed copy of a project, as the browser keeps it. */
interface KeptCopy {
  readonly id: string;
  /** Of the texts that it was made from. */
  readonly version: string;
  readonly files: SchemaTexts;
}

/** The project that `hetuc playground` has put into the page. */
export function projectOfPage(): OpenedProject | undefined {
  const content = element(PROJECT_ELEMENT, HTMLScriptElement).textContent.trim();
  // A page that no hetuc has served still has its mark there.
  return content.startsWith("{") && !content.startsWith("{{") ? (JSON.parse(content) as OpenedProject) : undefined;
}

/** The project as it is on the disk, or the copy of it that was changed here before. */
export function openProject(project: OpenedProject): Opened {
  const { files, shown } = project;
  const kept = keptCopy();
  if (kept?.id !== project.id) return { files, shown, project };
  const changed = kept.version === project.version ? "here" : "here and on the disk";
  return { files: kept.files, shown, project: { ...project, version: kept.version }, changed };
}

/** The schema that was on the page last, when it was of no project. */
export function lastFiles(): SchemaTexts | undefined {
  return asSchemaTexts(parsed(remembered("files")));
}

/** Keeps what is on the page until the page is opened again. */
export function keep(files: SchemaTexts, project: OpenedProject | undefined): void {
  if (project === undefined) {
    remember("files", JSON.stringify(files));
    return;
  }
  const { id, version } = project;
  const copy: KeptCopy = { id, version, files };
  remember("project", JSON.stringify(copy));
}

/** The project is to be opened as it is on the disk. */
export function dropCopy(): void {
  forget("project");
}

function keptCopy(): KeptCopy | undefined {
  const known = parsed(remembered("project")) as Partial<KeptCopy> | undefined;
  const files = asSchemaTexts(known?.files);
  if (typeof known?.id !== "string" || typeof known.version !== "string" || files === undefined) return undefined;
  return { id: known.id, version: known.version, files };
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value ?? undefined;
  } catch {
    return undefined;
  }
}
