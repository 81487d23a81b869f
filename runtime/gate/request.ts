import type { ReadRequest, SubscribeRequest } from "../live/contract.js";
import type { Hello } from "../wire/hetu2/client-frames.js";
import type { RefusalCode } from "../wire/hetu2/kinds.js";

/** A frame of a client as the gate queues it, whatever the protocol. */
export type Request =
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly unknown[];
      /** The id of a `@once` call. */
      readonly once: Uint8Array | undefined;
    }
  /** `held`: ids of the rows that the client has shown since before it came back. */
  | { readonly kind: "subscribe"; readonly query: SubscribeRequest; readonly held: ReadonlySet<bigint> | undefined }
  /** `subscription`: its id on hetu.1, its number on hetu.2. */
  | { readonly kind: "unsubscribe"; readonly subscription: string | number }
  | { readonly kind: "read"; readonly request: ReadRequest }
  | { readonly kind: "clock" }
  /** A query of what the client cannot name; takes its turn like others, so that answers stay in order. */
  | { readonly kind: "refused"; readonly code: RefusalCode; readonly reason: string }
  /** A call above a limit; likewise. */
  | { readonly kind: "limited"; readonly name: string; readonly reason: string };

/** What is answered past the queue, or has no answer. */
export type ImmediateRequest =
  { readonly kind: "motd" } | { readonly kind: "ping" } | { readonly kind: "hello"; readonly hello: Hello };
