import type { ServerFrame } from "../wire.js";

/** Something that the server answers. Answers come in the order of the requests. */
export interface Request {
  /** Which frames answer it. */
  readonly answer: "call" | "sub" | "clock";
  /** Made when it is sent. */
  frame(): Uint8Array;
  /** It is on its way. */
  sent(): void;
  /** Never throws. */
  answered(frame: ServerFrame): void;
}

export function answers(frame: ServerFrame, request: Request): boolean {
  switch (frame.kind) {
    case "rsp":
      return request.answer === "call";
    case "rej":
    case "err":
      return request.answer !== "sub";
    case "sub":
      return request.answer === "sub";
    case "clock":
      return request.answer === "clock";
    default:
      return false;
  }
}
