import { type CallExpression, type NewExpression, Node } from "ts-morph";
import { bare, importOf, isGlobal, rootOf } from "./functions.js";

const FUNCTIONS: ReadonlySet<string> = new Set(["fetch", "setTimeout", "setInterval", "setImmediate", "alert"]);
const CLASSES: ReadonlySet<string> = new Set([
  "WebSocket",
  "EventSource",
  "XMLHttpRequest",
  "BroadcastChannel",
  "Worker",
]);
const CONSOLE: ReadonlySet<string> = new Set(["log", "info", "warn", "error", "debug", "trace", "table", "dir"]);
const PROCESS = /^process\.(stdout\.write|stderr\.write|exit|kill|abort|send)$/;
/** Modules of Node of which every call reaches out of the process, or happens later. */
const MODULES =
  /^(node:)?(child_process|cluster|dgram|http|http2|https|net|tls|worker_threads|timers|timers\/promises)$/;
const FILES = /^(node:)?fs(\/promises)?$/;
/** Reading a file has no effect. */
const CHANGES_FILES =
  /(^|\.)(append|chmod|chown|copy|cp|createWrite|link|mkd|rename|rm|symlink|truncate|unlink|utimes|write)\w*$/;

/** The effect outside of `ctx` that a call has, as `console.log`; `undefined`: none that is known. */
export function effectOf(call: CallExpression | NewExpression): string | undefined {
  const callee = bare(call.getExpression());
  const text = callee.getText();
  const root = rootOf(callee);
  if (!Node.isIdentifier(root)) return undefined;
  if (isGlobal(root)) {
    const name = text.replace(/^globalThis\./, "");
    if (Node.isNewExpression(call)) return CLASSES.has(name) ? `new ${name}` : undefined;
    const [first, member = ""] = name.split(".");
    const hasEffect = FUNCTIONS.has(name) || (first === "console" && CONSOLE.has(member)) || PROCESS.test(name);
    return hasEffect ? name : undefined;
  }
  const module = importOf(root)?.getModuleSpecifierValue();
  if (module === undefined) return undefined;
  return MODULES.test(module) || (FILES.test(module) && CHANGES_FILES.test(text)) ? text : undefined;
}
