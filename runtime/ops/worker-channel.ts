import cluster from "node:cluster";
import type {
  HeldLease,
  RequestKind,
  RequestMessage,
  WorkerMessage,
  WorkerReady,
  WorkerRequests,
} from "./worker-requests.js";

/** How a worker answers its supervisor. What they throw is told to it as text. */
export type RequestHandlers = {
  readonly [K in RequestKind]?: (
    request: WorkerRequests[K]["request"],
  ) => WorkerRequests[K]["answer"] | Promise<WorkerRequests[K]["answer"]>;
};

/** Whether a supervisor watches over this process. */
export function isSupervised(): boolean {
  return cluster.isWorker;
}

/**
 * Answers the supervisor from now on. Several may answer different questions.
 * @param describe the text of an error.
 */
export function answerSupervisor(handlers: RequestHandlers, describe: (error: unknown) => string = String): void {
  process.on("message", (message: RequestMessage) => {
    const handler = handlerOf(handlers, message);
    if (handler === undefined) return;
    handler().then(
      (answer) => send({ answers: message.ask, answer }),
      (error: unknown) => send({ answers: message.ask, error: describe(error) }),
    );
  });
}

/** Tells the supervisor, when there is one, that this process serves. */
export function reportReady(ready: WorkerReady): void {
  send({ ready });
}

/** Tells the supervisor what would have to be freed if this process died; it answers `reap` from then on. */
export function reportJoined(joined: readonly HeldLease[]): void {
  send({ joined });
}

function handlerOf<K extends RequestKind>(
  handlers: RequestHandlers,
  message: RequestMessage<K>,
): (() => Promise<unknown>) | undefined {
  const handler = handlers[message.kind];
  return handler === undefined ? undefined : async () => handler(message.request);
}

function send(message: WorkerMessage): void {
  // A supervisor that has just died cannot be told; that it has is noticed by whoever waits for its end.
  process.send?.(message, undefined, undefined, () => undefined);
}
