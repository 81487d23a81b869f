import type { MessageSpec } from "../schema/callable.js";
import type { ComponentCodec } from "../schema/component.js";

// Array literals of a thousand different types cost the type checker a comparison of each pair, arguments do not.

/** The codecs of all components, whatever their rows. */
export function componentList(...codecs: ComponentCodec[]): readonly ComponentCodec[] {
  return codecs;
}

/** Errors or events, whatever their names. */
export function messageList(...messages: MessageSpec[]): readonly MessageSpec[] {
  return messages;
}
