import type { IToken } from "chevrotain";
import type { Place } from "../../../check/attributes/places.js";
import type { Keyword } from "../../../check/kinds.js";

/** What attributes at the cursor belong to. Places where it is not clear yet are all that it may be. */
export interface Target {
  readonly places: readonly Place[];
  /** Where the keyword of the declaration stands, when there is one. */
  readonly declaration: number | undefined;
  /** Where the name of the field, the parameter or the enum value stands, when it is one. */
  readonly member: number | undefined;
}

export type ClauseWord = "uses" | "calls" | "rejects" | "emits";

/** An argument of an attribute, or the place of one. */
export interface ExpectedArgument {
  readonly kind: "argument";
  readonly target: Target;
  readonly attribute: string;
  /** Arguments before this one. */
  readonly index: number;
  /** `per` in `per: 1s`. */
  readonly name: string | undefined;
  /** Names and named parameters of the other arguments, before and behind. */
  readonly given: readonly string[];
  /** What of this argument stands before the cursor, its name left out. */
  readonly parts: readonly IToken[];
}

/** What may stand where a cursor is. Offsets are those of keywords and names, by which the tree has the rest. */
export type Expected =
  | { readonly kind: "nothing" }
  /** The keyword of a declaration. */
  | { readonly kind: "declaration"; readonly attributes: readonly string[] }
  | { readonly kind: "namespace name" }
  | { readonly kind: "enum base" }
  | { readonly kind: "member name"; readonly of: Keyword; readonly declaration: number }
  | { readonly kind: "attribute"; readonly target: Target; readonly present: readonly string[] }
  | ExpectedArgument
  | {
      readonly kind: "type";
      readonly place: Place | "result";
      readonly declaration: number;
      readonly namespace: string | undefined;
    }
  /** The number in `string(32)`. */
  | { readonly kind: "size"; readonly type: string }
  | { readonly kind: "default"; readonly declaration: number; readonly member: number }
  | {
      readonly kind: "clause name";
      readonly clause: ClauseWord;
      readonly declaration: number;
      readonly namespace: string | undefined;
      readonly given: readonly string[];
    }
  /** `Shop` in `calls pay:Shop`. */
  | { readonly kind: "copy" }
  /** The keyword of a clause; at the start of a line perhaps that of the next declaration. */
  | {
      readonly kind: "clause";
      readonly callable: "system" | "endpoint";
      readonly declaration: number;
      readonly given: readonly string[];
      readonly startsLine: boolean;
    };

export const NOTHING: Expected = { kind: "nothing" };
