import chat from "../../../schema-examples/chat/schema/chat.hetu";
import kitchenSink from "../../../schema-examples/kitchen-sink/schema/kitchen.hetu";
import walking from "../../../schema-examples/walking/schema/walking.hetu";

/** Schemas to start from, by name; the first one is what a new visitor sees. */
export const examples: ReadonlyMap<string, string> = new Map([
  ["walking", walking],
  ["chat", chat],
  ["kitchen sink", kitchenSink],
]);

export const firstExample = walking;
