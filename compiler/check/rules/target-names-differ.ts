import { csharpNamespaceName } from "../../model/names/csharp.js";
import type { CheckContext, Rule } from "../context.js";
import { namespaceScopes, type Converted } from "../converted-names.js";
import { findMeetings, reportMeetings } from "../name-meetings.js";

/** No two namespaces, and no two types or calls of one, come out the same in a target. */
export const targetNamesDiffer: Rule = (context) => {
  reportMeetings(context, findMeetings([{ what: "namespaces", target: "C#", names: namespaceNames(context) }]));
  for (const namespace of context.namespaces.values()) {
    reportMeetings(context, findMeetings(namespaceScopes(namespace)));
  }
};

function namespaceNames(context: CheckContext): readonly Converted[] {
  const firsts = [...context.namespaces.values()].flatMap(({ files }) => files[0]?.namespace?.name ?? []);
  return firsts.map((name) => ({ name, identifier: csharpNamespaceName(name.text) }));
}
