import { decodeMessage, encodeMessage } from "../wire/message-pack.js";
import type { Effects, Recipient } from "./contract.js";

/** What a commit means to the clients of other processes; kept with it in the feed of its store. */
export interface CommitMessage {
  readonly events: Effects["events"];
  /** All connections of the user end, but for one. */
  readonly kick: Kick | undefined;
  /** Processes to which connections belong from now on. */
  readonly moved: readonly Move[];
  /** When the sessions end that nobody serves from now on, in milliseconds since 1970; `undefined`: there are none. */
  readonly parkedUntil: number | undefined;
}

export interface Kick {
  readonly user: bigint;
  readonly except: bigint | undefined;
}

/** A connection goes on at this worker. */
export interface Move {
  readonly connection: bigint;
  readonly worker: number;
}

const EVERYBODY = 0;
const USER = 1;
const CONNECTION = 2;

type Written = readonly [
  events: readonly (readonly [kind: number, id: bigint | number | null, event: string, value: Uint8Array])[],
  kick: readonly [user: bigint | number, except: bigint | number | null] | null,
  moved: readonly (readonly [connection: bigint | number, worker: number])[],
  parkedUntil: number | null,
];

/**
 * What other processes must do after a commit with these effects.
 * @param connection whose transaction it is.
 * @returns `undefined` when that is nothing, as for nearly every commit.
 */
export function commitMessage(effects: Effects, connection: bigint | undefined): Uint8Array | undefined {
  const kick = effects.elevate?.kick === true ? { user: effects.elevate.user, except: connection } : undefined;
  if (effects.events.length === 0 && kick === undefined) return undefined;
  return writeCommitMessage({ events: effects.events, kick });
}

export function writeCommitMessage({ events = [], kick, moved = [], parkedUntil }: Partial<CommitMessage>): Uint8Array {
  const written: Written = [
    events.map(({ to, event, value }) => [kindOf(to), idOf(to), event, value]),
    kick === undefined ? null : [kick.user, kick.except ?? null],
    moved.map(({ connection, worker }) => [connection, worker]),
    parkedUntil ?? null,
  ];
  return encodeMessage(written);
}

/** Of another process with the same code; that of later ones may have more behind what is known here. */
export function readCommitMessage(bytes: Uint8Array): CommitMessage {
  const [events, kick, moved, parkedUntil] = decodeMessage(bytes) as Written;
  return {
    events: events.map(([kind, id, event, value]) => ({ to: recipient(kind, id), event, value })),
    kick: kick === null ? undefined : { user: BigInt(kick[0]), except: kick[1] === null ? undefined : BigInt(kick[1]) },
    moved: moved.map(([connection, worker]) => ({ connection: BigInt(connection), worker })),
    parkedUntil: parkedUntil ?? undefined,
  };
}

function kindOf(to: Recipient): number {
  switch (to.kind) {
    case "everybody":
      return EVERYBODY;
    case "user":
      return USER;
    case "connection":
      return CONNECTION;
  }
}

function idOf(to: Recipient): bigint | null {
  switch (to.kind) {
    case "everybody":
      return null;
    case "user":
      return to.user;
    case "connection":
      return to.connection;
  }
}

function recipient(kind: number, id: bigint | number | null): Recipient {
  if (kind === USER) return { kind: "user", user: BigInt(id ?? 0) };
  if (kind === CONNECTION) return { kind: "connection", connection: BigInt(id ?? 0) };
  return { kind: "everybody" };
}
