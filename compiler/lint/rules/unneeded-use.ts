import { Node } from "ts-morph";
import * as codes from "../../diagnostics/codes/lint.js";
import type { Span } from "../../source/span.js";
import type { CallableDeclarationNode } from "../../check/project.js";
import { typescriptMemberName, typescriptTypeName } from "../../model/names/typescript.js";
import type { ServerRule } from "../rule.js";
import type { ContextUse } from "../server/context-use.js";
import { literalOf } from "../server/functions.js";
import { placesOf } from "../server/references.js";
import type { ServerCode } from "../server/server-code.js";

/** What a system uses and calls is touched by its code, or by the functions that get its `ctx`. */
export const unneededUse: ServerRule = {
  code: codes.unneededUse.code,
  check({ schema, report }, { systems }) {
    for (const { namespace, system, uses } of implemented(systems)) {
      if (uses.some(({ escapes }) => escapes.length > 0)) continue;
      const declaration = schema.namespaces.get(namespace.name)?.callables.get(system.name);
      if (declaration === undefined) continue;
      for (const { clause, name, property, isTouchedIn, span } of namedBy(declaration)) {
        if (uses.some(isTouchedIn)) continue;
        report(codes.unneededUse, { system: system.name, clause, name, property }, span, [
          `${namespace.name}.${system.name}`,
        ]);
      }
    }
  },
};

type System = Pick<ServerCode["systems"][number], "namespace" | "system"> & { readonly uses: readonly ContextUse[] };

/** Each system with what all of its functions do: those of several instances may use different parts of it. */
function implemented(systems: ServerCode["systems"]): readonly System[] {
  const all = new Map<object, System & { uses: ContextUse[] }>();
  for (const { namespace, system, use } of systems) {
    const known = all.get(system);
    if (known === undefined) all.set(system, { namespace, system, uses: [use] });
    else known.uses.push(use);
  }
  return [...all.values()];
}

interface Named {
  readonly clause: "uses" | "calls";
  readonly name: string;
  /** As the code would write it. */
  readonly property: string;
  readonly span: Span;
  readonly isTouchedIn: (use: ContextUse) => boolean;
}

function namedBy({ uses, calls }: CallableDeclarationNode): readonly Named[] {
  return [
    ...(uses?.items ?? []).map(({ name: { text }, span }): Named => {
      const property = typescriptTypeName(text);
      const isTouchedIn = ({ touched }: ContextUse): boolean => touched.has(property);
      return { clause: "uses", name: text, property: `ctx.${property}`, span, isTouchedIn };
    }),
    ...(calls?.items ?? []).map(({ system, suffix, span }): Named => {
      const member = typescriptMemberName(system.name.text);
      const key = suffix === undefined ? member : `${member}:${suffix.text}`;
      const name = suffix === undefined ? system.name.text : `${system.name.text}:${suffix.text}`;
      const property = suffix === undefined ? `ctx.call.${key}` : `ctx.call["${key}"]`;
      return { clause: "calls", name, property, span, isTouchedIn: (use) => mayCall(key, use) };
    }),
  ];
}

/** Whether a property of `ctx.call` is taken, or nobody can tell. */
function mayCall(key: string, { touched }: ContextUse): boolean {
  const nodes = touched.get("call") ?? [];
  if (nodes.some((node) => Node.isBindingElement(node) && !Node.isIdentifier(node.getNameNode()))) return true;
  return nodes.flatMap(placesOf).some((place) => {
    const parent = place.getParent();
    if (Node.isPropertyAccessExpression(parent)) return parent.getName() === key;
    if (Node.isVariableDeclaration(parent) && Node.isIdentifier(parent.getNameNode())) return false;
    const written = Node.isElementAccessExpression(parent) ? literalOf(parent.getArgumentExpression()) : undefined;
    return written === undefined || written === key;
  });
}
