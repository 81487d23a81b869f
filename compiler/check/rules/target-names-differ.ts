import { namesMeet } from "../../diagnostics/codes/names.js";
import { csharpNamespaceName } from "../../model/names/csharp.js";
import type { Name } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { memberScopes, namespaceScopes, type Converted, type ConvertedScope } from "../converted-names.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** No two names of a scope come out the same in a target. Names that are the same already are another rule's. */
export const targetNamesDiffer: Rule = (context) => {
  checkScopes(context, [{ what: "namespaces", target: "C#", names: namespaceNames(context) }]);
  for (const namespace of context.namespaces.values()) checkScopes(context, namespaceScopes(namespace));
  for (const { declaration } of context.declarations) {
    if (!context.broken.touches(declaration)) checkScopes(context, memberScopes(declaration));
  }
};

function checkScopes(context: CheckContext, scopes: readonly ConvertedScope[]): void {
  interface Meeting {
    readonly first: Converted;
    readonly second: Converted;
    readonly what: string;
    readonly targets: string[];
  }
  const meetings = new Map<Name, Meeting>();
  for (const { what, target, names } of scopes) {
    eachRepeat(
      names,
      ({ identifier }) => identifier,
      (second, first) => {
        if (second.name.text === first.name.text) return;
        const known = meetings.get(second.name);
        if (known === undefined) meetings.set(second.name, { first, second, what, targets: [target] });
        else known.targets.push(target);
      },
    );
  }
  for (const { first, second, what, targets } of meetings.values()) {
    const params = { what, first: first.name.text, second: second.name.text, converted: second.identifier, targets };
    context.report(namesMeet, params, second.name.span, firstHere(first.name));
  }
}

function namespaceNames(context: CheckContext): readonly Converted[] {
  const firsts = [...context.namespaces.values()].flatMap(({ files }) => files[0]?.namespace?.name ?? []);
  return firsts.map((name) => ({ name, identifier: csharpNamespaceName(name.text) }));
}
