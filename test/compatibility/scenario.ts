import type { ChangeKind } from "../../compiler/diff/change-kind.js";
import type { OldClient } from "./old-client.js";
import type { Behaviours } from "./server-code.js";

/**
 * What becomes of data of the old schema where a server with the new one finds it. `refused`:
 * `hetu upgrade` brings it along, at once or with consent; `in the way`: it cannot, either. `fits`: of the rows that there are,
 * none stands in the way of a change that others would.
 */
export type DataOutcome = "kept" | "refused" | "in the way" | "emptied" | "fits";

/** A row of docs/compatibility.md, put to the proof. */
export interface Scenario {
  readonly kind: ChangeKind;
  /** Which row of the kind, where there are several. */
  readonly when?: string;
  /** What is special, where a row has several scenarios. */
  readonly note?: string;
  /** Schemas without `namespace`. `undefined`: the namespace is not there. */
  readonly old: string | undefined;
  readonly now: string | undefined;
  /** Further namespaces of the new schema, whole. */
  readonly beside?: (namespace: string) => string;
  /** Other changes that cannot but come along. */
  readonly also?: readonly ChangeKind[];
  /** Code of systems, beside what all scenarios share. */
  readonly oldCode?: Behaviours;
  readonly newCode?: Behaviours;
  /** Makes rows on the old server, with its own client. */
  seed?(client: OldClient): Promise<unknown>;
  /** The old client on the new server, where the change is none to it. */
  works?(client: OldClient): Promise<unknown>;
  /** The same where it fails, in the words that the page tells. */
  breaks?(client: OldClient): Promise<unknown>;
  readonly data: DataOutcome;
  /** What a refusal says of the data. */
  readonly words?: RegExp;
}
