import { namesMeet } from "../../diagnostics/codes/names.js";
import { csharpNamespaceName } from "../../model/names/csharp.js";
import type { Declaration, Name } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { memberScopes, namespaceScopes, type Converted, type ConvertedScope } from "../converted-names.js";
import { onceEach } from "../once-each.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** No two names of a scope come out the same in a target. Names that are the same already are another rule's. */
export const targetNamesDiffer: Rule = (context) => {
  report(context, findMeetings([{ what: "namespaces", target: "C#", names: namespaceNames(context) }]));
  for (const namespace of context.namespaces.values()) report(context, findMeetings(namespaceScopes(namespace)));
  for (const { declaration } of context.declarations) {
    const meetings = memberMeetings(declaration);
    if (meetings.length > 0 && !context.broken.touches(declaration)) report(context, meetings);
  }
};

/** Two names that come out the same. */
interface Meeting {
  readonly first: Converted;
  readonly second: Converted;
  readonly what: string;
  readonly targets: readonly string[];
}

const memberMeetings = onceEach((declaration: Declaration) => findMeetings(memberScopes(declaration)));

function findMeetings(scopes: readonly ConvertedScope[]): readonly Meeting[] {
  const meetings = new Map<Name, Meeting & { readonly targets: string[] }>();
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
  return [...meetings.values()];
}

function report(context: CheckContext, meetings: readonly Meeting[]): void {
  for (const { first, second, what, targets } of meetings) {
    const params = { what, first: first.name.text, second: second.name.text, converted: second.identifier, targets };
    context.report(namesMeet, params, second.name.span, firstHere(first.name));
  }
}

function namespaceNames(context: CheckContext): readonly Converted[] {
  const firsts = [...context.namespaces.values()].flatMap(({ files }) => files[0]?.namespace?.name ?? []);
  return firsts.map((name) => ({ name, identifier: csharpNamespaceName(name.text) }));
}
