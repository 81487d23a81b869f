import type { Change, Effect, Place } from "./change.js";
import type { ChangeKind } from "./change-kind.js";

/** Why something happens, and what to do about it. Sentences. */
export interface Consequence {
  readonly why: string;
  readonly help: string;
}

export interface DataConsequence extends Consequence {
  readonly effect: "needs a migration" | "loses data";
}

/** A row of the table of changes. `P` is what the message is made of. */
export interface ChangeRow<P> {
  readonly kind: ChangeKind;
  /** What tells this row from the others of its kind: `with a default`. */
  readonly when?: string;
  message(params: P): string;
  /** For clients of the old schema; left out: they notice nothing. */
  readonly clients?: Consequence;
  /** For rows that are stored; left out: they stay as they are, or are brought along. */
  readonly data?: DataConsequence;
  /** Of a row without consequences. */
  readonly safe?: Consequence;
}

type RowSource<P> = Pick<ChangeRow<P>, "kind" | "when" | "message"> &
  (
    | { readonly safe: Consequence }
    | { readonly clients: Consequence; readonly data?: DataConsequence }
    | { readonly data: DataConsequence }
  );

/** Defines one row; every export of `rows/` is one. */
export function defineRow<P = void>(source: RowSource<P>): ChangeRow<P> {
  return Object.freeze({ ...source });
}

/** What has changed. */
export interface Subject {
  readonly namespace: string;
  /** `column`; of a namespace itself `namespace`. */
  readonly word: string;
  /** `Position.x`; empty for a namespace itself. */
  readonly path: string;
  readonly place: Place;
}

/** Whom a change reaches. */
export interface Reach {
  /** Clients of the old schema know of it. */
  readonly clients: boolean;
  /** Rows are stored that outlive the server. */
  readonly data: boolean;
}

const UNKNOWN_TO_CLIENTS: Consequence = {
  why: "No client of the old schema knows of it.",
  help: "Nothing.",
};
const NOT_STORED: Consequence = {
  why: "Nothing that is stored depends on it: its tables are @volatile, or there are none.",
  help: "Nothing.",
};

/** The change that a row describes, with the consequences that it has for those whom it reaches. */
export function changed<P>(row: ChangeRow<P>, subject: Subject, params: P, reach: Reach): Change {
  const { namespace, word, path, place } = subject;
  const clients = reach.clients ? row.clients : undefined;
  const data = reach.data ? row.data : undefined;
  const felt = [clients, data].filter((each) => each !== undefined);
  const told = felt.length > 0 ? felt : [row.safe ?? (row.clients === undefined ? NOT_STORED : UNKNOWN_TO_CLIENTS)];
  const effects: Effect[] = [
    ...(clients === undefined ? [] : ["breaks clients" as const]),
    ...(data === undefined ? [] : [data.effect]),
  ];
  return {
    kind: row.kind,
    ...(row.when === undefined ? {} : { when: row.when }),
    effects: effects.length === 0 ? ["safe"] : effects,
    namespace,
    subject: path === "" ? `${word} ${namespace}` : `${word} ${path}`,
    message: row.message(params),
    why: told.map(({ why }) => why).join(" "),
    help: told.map(({ help }) => help).join(" "),
    id: `${row.kind}:${[namespace, path].filter((part) => part !== "").join(".")}`,
    place,
  };
}

/** What a row says of itself, as docs/compatibility.md has it. */
export interface RowInfo {
  readonly kind: ChangeKind;
  readonly when: string | undefined;
  readonly effects: readonly Effect[];
  readonly why: string;
  readonly help: string;
}

/** What a row says where a change reaches everybody. */
export function rowInfo({ kind, when, clients, data, safe }: ChangeRow<never>): RowInfo {
  const felt = [clients, data, safe].filter((each) => each !== undefined);
  const effects: Effect[] = [
    ...(clients === undefined ? [] : ["breaks clients" as const]),
    ...(data === undefined ? [] : [data.effect]),
    ...(safe === undefined ? [] : ["safe" as const]),
  ];
  return {
    kind,
    when,
    effects,
    why: felt.map(({ why }) => why).join(" "),
    help: felt.map(({ help }) => help).join(" "),
  };
}
