import type { MetricObjectWithValues, MetricValue } from "prom-client";
import type { CodeLayout } from "./code-layout.js";

/** Tells a process that a supervisor would start it again. */
export const SUPERVISED = "HETU_SUPERVISED";
/** Exit code of a worker that would fail in the same way again: wrong settings, a schema that does not fit. */
export const EXIT_DO_NOT_RESTART = 2;

/** One module that workers import: the code of one instance. */
export interface CodeModule {
  /** `undefined`: the only one, named as its namespace. */
  readonly instance: string | undefined;
  /** What the user calls it. */
  readonly entry: string;
  /** What is imported; another URL for each version. */
  readonly url: string;
}

/** The code that is served at one time. */
export interface CodeVersion {
  /** 1, 2, 3 … within the life of a supervisor. */
  readonly number: number;
  readonly modules: readonly CodeModule[];
}

/** A worker's number in one shared store, so that another process can free it when this one dies. */
export interface HeldLease {
  readonly instance: string;
  readonly worker: number;
  readonly token: Uint8Array;
}

/** What a worker says of itself once it serves. */
export interface WorkerReady {
  /** Of {@link CodeVersion}; 0: the supervisor has no part in the code. */
  readonly version: number;
  readonly port: number;
  readonly leases: readonly HeldLease[];
}

/** Whether a server can do its work. */
export interface Health {
  /** It serves, is not stopping, its store is written to, its event loop turns. */
  readonly healthy: boolean;
  readonly state: string;
  /** Clients may be sent here. */
  readonly ready: boolean;
  /** Why not. */
  readonly reason?: string;
  /** Open sockets. */
  readonly connections: number;
  /** Lag of the event loop, the worst of the last five seconds. */
  readonly lagMs: number;
  /** Age of the oldest commit that is not durable. */
  readonly undurableMs: number;
}

/** Metrics as the library gives and aggregates them. */
export type MetricsSnapshot = readonly MetricObjectWithValues<MetricValue<string>>[];

/** What a supervisor asks its workers, and what they answer. */
export interface WorkerRequests {
  health: { readonly request: undefined; readonly answer: Health };
  metrics: { readonly request: undefined; readonly answer: MetricsSnapshot };
  /** The schema that is served, as JSON text. */
  schema: { readonly request: undefined; readonly answer: string };
  /** How the code that is served stores its tables. */
  layouts: { readonly request: undefined; readonly answer: readonly CodeLayout[] };
  /** Loads code beside that which is served, and checks it. */
  prepare: { readonly request: CodeVersion; readonly answer: undefined };
  /** Serves a version that was prepared, or the one before it. */
  swap: { readonly request: number; readonly answer: undefined };
  /** The exchange is over: everything but this version is disposed of. */
  settle: { readonly request: number; readonly answer: undefined };
  /** Frees what a dead process held; also of a worker that has joined and does not serve yet. */
  reap: { readonly request: HeldLease; readonly answer: undefined };
  /** Shows on the shared stores that it lives: another worker waits for that with its start. */
  renew: { readonly request: undefined; readonly answer: undefined };
  /** Ends gracefully; the answer is that it has begun. */
  stop: { readonly request: string; readonly answer: undefined };
}

export type RequestKind = keyof WorkerRequests;

/** From the supervisor to a worker. */
export interface RequestMessage<K extends RequestKind = RequestKind> {
  readonly ask: number;
  readonly kind: K;
  readonly request: WorkerRequests[K]["request"];
}

/** From a worker to its supervisor. */
export type WorkerMessage =
  | { readonly ready: WorkerReady }
  /** It starts, and has these so far. */
  | { readonly joined: readonly HeldLease[] }
  | { readonly answers: number; readonly answer: unknown }
  | { readonly answers: number; readonly error: string };
