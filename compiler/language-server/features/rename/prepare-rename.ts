import type { Range } from "vscode-languageserver-types";
import { spanText } from "../../../source/span.js";
import type { Snapshot } from "../../project/snapshot.js";
import { rangeOf } from "../places.js";
import { isRefusal, type Refusal } from "./refusal.js";
import { renameTarget } from "./rename-target.js";

/** The name at an offset and where it stands, or why it cannot be another one. */
export function prepareRename(
  snapshot: Snapshot,
  path: string,
  offset: number,
): { range: Range; placeholder: string } | Refusal {
  const target = renameTarget(snapshot, path, offset);
  return isRefusal(target) ? target : { range: rangeOf(target.span), placeholder: spanText(target.span) };
}
