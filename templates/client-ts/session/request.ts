import type { Protocol, ServerMessage } from "../protocol/protocol.js";

/** Something that the server answers. Answers come in the order of the requests. */
export interface Request {
  /** Which messages answer it. */
  readonly answer: "call" | "subscription" | "page" | "clock";
  /**
   * Made when it is sent.
   * @throws SchemaMismatchError
   */
  frame(protocol: Protocol): Uint8Array;
  /** It is on its way. */
  sent(): void;
  /** It cannot be sent on this connection. Never throws. */
  unsendable(error: Error): void;
  /** Never throws. */
  answered(message: ServerMessage): void;
}

export function answers(message: ServerMessage, request: Request): boolean {
  switch (message.kind) {
    case "result":
      return request.answer === "call";
    case "rejected":
    case "failed":
      return request.answer === "call" || request.answer === "clock";
    case "subscribed":
    case "caughtUp":
      return request.answer === "subscription";
    case "refused":
      return request.answer === "subscription" || request.answer === "page";
    case "page":
      return request.answer === "page";
    case "clock":
      return request.answer === "clock";
    default:
      return false;
  }
}
