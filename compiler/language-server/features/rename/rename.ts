import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import type { Snapshot } from "../../project/snapshot.js";
import type { Occurrence } from "../../project/symbols/symbol.js";
import type { UriOf } from "../locations.js";
import { rangeOf } from "../places.js";
import { dataAtStake } from "./data-at-stake.js";
import { whyNotCalled } from "./new-name.js";
import { isRefusal, type Refusal } from "./refusal.js";
import { renameTarget } from "./rename-target.js";
import { whyUnreadable, whyWrong } from "./safe-rename.js";
import { wasEdit, type RenameEdit } from "./was-edit.js";

export interface RenameOptions {
  /**
   * What becomes of the `@was` that keeps the stored data of a renamed component or column: part of the rename, a part
   * that the editor lets the user leave out, or not there.
   */
  readonly was: "included" | "offered" | "left out";
  /** Whether the editor asks its user before it makes a rename that stored data does not follow. */
  readonly confirmsLoss?: boolean;
  /** Whether the editor takes changes document by document; otherwise it gets a list of edits for each address. */
  readonly documentChanges: boolean;
}

const WAS = "was";
const LOSS = "loss";

/**
 * Gives what is named at an offset another name, everywhere in the project, or says why not: the name is none, it is
 * taken or reserved, what bears the old one is not the project's own, or the project would not compile any more.
 */
export function rename(
  snapshot: Snapshot,
  path: string,
  offset: number,
  newName: string,
  options: RenameOptions,
  uriOf: UriOf,
): WorkspaceEdit | Refusal {
  const target = renameTarget(snapshot, path, offset);
  if (isRefusal(target)) return target;
  const edits = renameEdits(snapshot, target, newName, options.was !== "left out");
  const loss = options.confirmsLoss && options.documentChanges ? dataAtStake(snapshot, target.symbol) : undefined;
  return isRefusal(edits) ? edits : workspaceEdit(edits, options, loss, uriOf);
}

function renameEdits(
  snapshot: Snapshot,
  { symbol, span }: Occurrence,
  newName: string,
  keepData: boolean,
): readonly RenameEdit[] | Refusal {
  const oldName = span.file.text.slice(span.start, span.end);
  if (newName === oldName) return [];
  const reason = whyNotCalled(snapshot, symbol, newName) ?? whyUnreadable(snapshot, symbol, oldName);
  if (reason !== undefined) return { refused: reason };
  const names = snapshot.symbols.occurrences(symbol).map((each) => ({ span: each.span, text: newName }));
  const was = wasEdit(symbol, newName);
  const edits = was === undefined || (was.optional === true && !keepData) ? names : [...names, was];
  const problem = whyWrong(snapshot, symbol, edits);
  return problem === undefined ? edits : { refused: problem };
}

function workspaceEdit(
  edits: readonly RenameEdit[],
  options: RenameOptions,
  loss: string | undefined,
  uriOf: UriOf,
): WorkspaceEdit {
  const offered = options.was === "offered" && options.documentChanges;
  const byUri = new Map<string, (TextEdit | AnnotatedTextEdit)[]>();
  for (const { span, text, optional } of edits) {
    const edit = { range: rangeOf(span), newText: text };
    const annotationId = loss !== undefined ? LOSS : offered && optional === true ? WAS : undefined;
    const annotated = annotationId === undefined ? edit : { ...edit, annotationId };
    const uri = uriOf(span.file.path);
    const list = byUri.get(uri);
    if (list === undefined) byUri.set(uri, [annotated]);
    else list.push(annotated);
  }
  if (!options.documentChanges) return { changes: Object.fromEntries(byUri) };
  const documentChanges = [...byUri].map(([uri, list]): TextDocumentEdit => ({
    textDocument: { uri, version: null },
    edits: list,
  }));
  const changeAnnotations: Record<string, ChangeAnnotation> = {
    ...(loss === undefined ? {} : { [LOSS]: lossAnnotation(loss) }),
    ...(offered && edits.some(({ optional }) => optional) ? { [WAS]: WAS_ANNOTATION } : {}),
  };
  return Object.keys(changeAnnotations).length === 0 ? { documentChanges } : { documentChanges, changeAnnotations };
}

const WAS_ANNOTATION: ChangeAnnotation = {
  label: "Keep the stored data",
  // Asked for, an editor would leave it out until it is ticked; nobody should lose data by pressing Enter.
  needsConfirmation: false,
  description: "`@was` tells `hetu upgrade` the name that the data is stored under",
};

function lossAnnotation(description: string): ChangeAnnotation {
  return { label: "Stored data does not follow", needsConfirmation: true, description };
}
