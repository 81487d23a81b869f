import type { Change, Question, Reply } from "./protocol.js";
import { SchemaCompiler } from "./schema-compiler.js";

const compiler = new SchemaCompiler();

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  if ("files" in data) compiler.setFiles(data.files, data.isStored);
  else if ("text" in data) compiler.setText(data.path, data.text);
  else postMessage(replyTo(data));
});

function replyTo({ id, method, args }: Exclude<Question, Change>): Reply {
  try {
    const ask = Reflect.get(compiler, method) as (...args: readonly unknown[]) => unknown;
    return { id, answer: Reflect.apply(ask, compiler, args) };
  } catch (error) {
    return { id, failure: String(error) };
  }
}
