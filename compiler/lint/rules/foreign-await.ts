import { type CallExpression, Node } from "ts-morph";
import * as codes from "../../diagnostics/codes/lint.js";
import { typescriptTypeName } from "../../model/names/typescript.js";
import type { ServerRule } from "../rule.js";
import { memberCalled } from "../server/commits.js";
import { effectOf } from "../server/effects.js";
import { bare, importOf, rootOf, valueOf } from "../server/functions.js";
import { oncePerStep, type Step } from "../server/reach.js";
import { placesOf } from "../server/references.js";
import { mayCommit, mayRunAgain, type SystemCode } from "../server/server-code.js";

/** Specifiers of the project's own modules, also of those that are generated: relative ones and the usual aliases. */
const OWN = /^([.#]|[/@~]\/)/;
const SETTLES: ReadonlySet<string> = new Set(["then", "catch", "finally"]);
const TOGETHER = /^Promise\.(all|allSettled|any|race)$/;

/** A system waits for nothing but `ctx`, as far as it is plain: not for what packages and Node promise. */
export const foreignAwait: ServerRule = {
  code: codes.foreignAwait.code,
  check({ report }, { systems, spanOf }) {
    const foreignCalls = oncePerStep(foreignCallsIn);
    for (const code of systems.filter(mayRunAgain)) {
      const { namespace, system, steps } = code;
      for (const step of steps) {
        for (const { awaited, module } of foreignCalls(step)) {
          if (mayHoldContext(awaited, code)) continue;
          const params = {
            system: system.name,
            awaited: awaited.getExpression().getText(),
            module,
            mayCommit: mayCommit(code),
          };
          report(codes.foreignAwait, params, spanOf(awaited), [`${namespace.name}.${system.name}`]);
        }
      }
    }
  },
};

interface ForeignCall {
  readonly awaited: CallExpression;
  readonly module: string;
}

/** What a step waits for that comes from elsewhere; effects are told by a rule of their own. */
function foreignCallsIn(step: Step): readonly ForeignCall[] {
  const calls = Node.isAwaitExpression(step) ? callsIn(step.getExpression()) : [];
  return calls.flatMap((awaited) => {
    const module = moduleOf(awaited);
    return module === undefined || effectOf(awaited) !== undefined ? [] : [{ awaited, module }];
  });
}

/** The calls that a promise waits for: one, or those in the list of `Promise.all`. */
function callsIn(promise: Node): readonly CallExpression[] {
  const node = bare(promise);
  if (!Node.isCallExpression(node)) return [];
  const [list] = node.getArguments();
  return TOGETHER.test(node.getExpression().getText()) && Node.isArrayLiteralExpression(list)
    ? list.getElements().flatMap(callsIn)
    : [node];
}

/** The package, or module of Node, that a value comes from: `pg` of `pool.query` where `const pool = new Pool()`. */
function moduleOf(value: Node, seen: readonly Node[] = []): string | undefined {
  const node = bare(value);
  if (seen.includes(node)) return undefined;
  const visited = [...seen, node];
  if (Node.isCallExpression(node) || Node.isNewExpression(node)) return moduleOf(node.getExpression(), visited);
  const root = rootOf(node);
  if (root !== node) return moduleOf(root, visited);
  if (!Node.isIdentifier(node)) return undefined;
  const statement = importOf(node);
  const name = statement?.getModuleSpecifierValue();
  if (name !== undefined && statement?.getModuleSpecifierSourceFile() === undefined) {
    return name === "hetu" || OWN.test(name) ? undefined : name;
  }
  const made = valueOf(node);
  return made === undefined ? undefined : moduleOf(made, visited);
}

/** Whether a call, or one that it is chained to, is given a context, a table of it, or a function, which may use them. */
function mayHoldContext(value: Node, code: SystemCode): boolean {
  const node = bare(value);
  if (Node.isPropertyAccessExpression(node)) return mayHoldContext(node.getExpression(), code);
  if (!Node.isCallExpression(node)) return false;
  if (SETTLES.has(memberCalled(node) ?? "")) return mayHoldContext(node.getExpression(), code);
  const tables = code.system.uses.flatMap((name) => code.use.touched.get(typescriptTypeName(name)) ?? []);
  const held = new Set([...tables.flatMap(placesOf), ...code.use.escapes].map(bare));
  const given = node.getArguments().flatMap((each) => [each, ...each.getDescendants()]);
  return (
    given.some((each) => Node.isArrowFunction(each) || Node.isFunctionExpression(each) || held.has(each)) ||
    mayHoldContext(node.getExpression(), code)
  );
}
