import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { changeKinds, isChangeKind } from "../../diff/change-kind.js";
import { nearestWord } from "../../syntax/nearest-word.js";
import { UsageError } from "../usage-error.js";

/** Beside hetu.json: changes that the project has decided to live with, each with the reason. */
export const ACCEPTED_FILE = "hetu.accepted.json";

/** Changes that do not fail a check, by their id. */
export interface Accepted {
  readonly ids: ReadonlySet<string>;
  /** Those of the file. */
  readonly listed: readonly string[];
}

/**
 * What `--accept` and the project's file name.
 *
 * @throws UsageError when the file is not an object of reasons by id, or an id names no kind of change.
 */
export async function readAccepted(root: string, given: readonly string[]): Promise<Accepted> {
  const path = join(root, ACCEPTED_FILE);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new UsageError(`${ACCEPTED_FILE} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const listed = text === undefined ? [] : Object.entries(parse(text)).map(([id, reason]) => checkReason(id, reason));
  for (const id of listed) checkId(id, ACCEPTED_FILE);
  for (const id of given) checkId(id, "--accept");
  return { ids: new Set([...listed, ...given]), listed };
}

function parse(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UsageError(`${ACCEPTED_FILE} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(
    `${ACCEPTED_FILE} must be an object`,
    'write { "column-removed:shop.Item.kind": "why it is right" }',
  );
}

function checkReason(id: string, reason: unknown): string {
  if (typeof reason === "string" && reason.trim() !== "") return id;
  throw new UsageError(`${ACCEPTED_FILE}: ${id} has no reason`, "write why the change is right, as a text");
}

function checkId(id: string, where: string): void {
  const [kind = ""] = id.split(":", 1);
  if (isChangeKind(kind) && id.length > kind.length + 1) return;
  const meant = nearestWord(kind, changeKinds);
  throw new UsageError(
    `${where}: ${JSON.stringify(id)} names no change`,
    meant === undefined || meant === kind
      ? "write kind:namespace.subject, as hetuc prints it: column-removed:shop.Item.kind"
      : `did you mean \`${meant}\`?`,
  );
}
