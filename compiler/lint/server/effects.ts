import { type CallExpression, type NewExpression, Node, SyntaxKind } from "ts-morph";
import { bare, declarationOf, importOf, isGlobal, rootOf } from "./functions.js";
import type { Step } from "./reach.js";

/** Something that a step does and no rollback takes back. */
export interface Effect {
  /** `call`: it reaches out of the process, or happens later. `change`: of a variable outside of all functions. */
  readonly kind: "call" | "change";
  /** What is called or changed: `console.log`, `counter`. */
  readonly name: string;
}

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
/** Modules of Node whose calls reach out of the process, or happen later, save those that only look something up. */
const MODULES =
  /^(node:)?(child_process|cluster|console|dgram|http|http2|https|net|tls|worker_threads|timers|timers\/promises)$/;
const LOOKS_UP = /(^|\.)(is[A-Z]\w*|validate\w*|clear\w*|getCiphers|createSecureContext|checkServerIdentity)$/;
const FILES = /^(node:)?fs(\/promises)?$/;
/** Reading a file has no effect. */
const CHANGES_FILES =
  /(^|\.)(append|chmod|chown|copy|cp|createWrite|link|mkd|rename|rm|symlink|truncate|unlink|utimes|write)\w*$/;
/** What gives another value each time that it is done. */
const CHANGES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusPlusToken,
  SyntaxKind.MinusMinusToken,
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.AsteriskEqualsToken,
  SyntaxKind.AsteriskAsteriskEqualsToken,
  SyntaxKind.SlashEqualsToken,
  SyntaxKind.PercentEqualsToken,
  SyntaxKind.CaretEqualsToken,
  SyntaxKind.LessThanLessThanEqualsToken,
  SyntaxKind.GreaterThanGreaterThanEqualsToken,
  SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken,
]);
const CHANGES_LISTS: ReadonlySet<string> = new Set(["push", "unshift", "pop", "shift", "splice"]);

/** The effect of a step outside of `ctx`; `undefined`: none that is known. */
export function effectOf(step: Step): Effect | undefined {
  if (Node.isCallExpression(step) || Node.isNewExpression(step)) {
    const name = calledOutside(step);
    if (name !== undefined) return { kind: "call", name };
    const callee = bare(step.getExpression());
    if (!Node.isPropertyAccessExpression(callee) || !CHANGES_LISTS.has(callee.getName())) return undefined;
    return changeOf(callee.getExpression(), Node.isArrayLiteralExpression);
  }
  if (Node.isBinaryExpression(step)) {
    return CHANGES.has(step.getOperatorToken().getKind()) ? changeOf(step.getLeft()) : undefined;
  }
  const isChange =
    (Node.isPrefixUnaryExpression(step) || Node.isPostfixUnaryExpression(step)) && CHANGES.has(step.getOperatorToken());
  return isChange ? changeOf(step.getOperand()) : undefined;
}

function calledOutside(call: CallExpression | NewExpression): string | undefined {
  const callee = bare(call.getExpression());
  const root = rootOf(callee);
  if (!Node.isIdentifier(root)) return undefined;
  const text = callee.getText();
  if (isGlobal(root)) {
    const name = text.replace(/^globalThis\./, "");
    if (Node.isNewExpression(call)) return CLASSES.has(name) ? `new ${name}` : undefined;
    const [first, member = ""] = name.split(".");
    const hasEffect = FUNCTIONS.has(name) || (first === "console" && CONSOLE.has(member)) || PROCESS.test(name);
    return hasEffect ? name : undefined;
  }
  const module = importOf(root)?.getModuleSpecifierValue();
  if (module === undefined) return undefined;
  const imported = root.getSymbol()?.getDeclarations()[0];
  const name = Node.isImportSpecifier(imported) ? text.replace(root.getText(), imported.getName()) : text;
  const hasEffect = (MODULES.test(module) && !LOOKS_UP.test(name)) || (FILES.test(module) && CHANGES_FILES.test(name));
  return hasEffect ? text : undefined;
}

/** The change of a variable of a module, or of something in it. */
function changeOf(place: Node, isMeant: (initial: Node | undefined) => boolean = () => true): Effect | undefined {
  const node = bare(place);
  const inner =
    Node.isPropertyAccessExpression(node) || Node.isElementAccessExpression(node) ? node.getExpression() : undefined;
  if (inner !== undefined) return changeOf(inner, isMeant);
  const variable = Node.isIdentifier(node) ? declarationOf(node) : undefined;
  if (!Node.isVariableDeclaration(variable)) return undefined;
  const isOfModule = Node.isSourceFile(variable.getVariableStatement()?.getParent());
  const initial = variable.getInitializer();
  const isOfThat = isMeant(initial === undefined ? undefined : bare(initial));
  return isOfModule && isOfThat ? { kind: "change", name: node.getText() } : undefined;
}
