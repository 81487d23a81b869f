import { namesMeet } from "../diagnostics/codes/names.js";
import type { Name } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";
import type { Converted, ConvertedScope } from "./converted-names.js";
import { eachRepeat, firstHere } from "./repeats.js";

/** Two names that come out the same. */
export interface Meeting {
  readonly first: Converted;
  readonly second: Converted;
  readonly what: string;
  readonly targets: readonly string[];
}

/** Every name that comes out as an earlier one of its scope does. Names that are the same already are left out. */
export function findMeetings(scopes: readonly ConvertedScope[]): readonly Meeting[] {
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

export function reportMeetings(context: CheckContext, meetings: readonly Meeting[]): void {
  for (const { first, second, what, targets } of meetings) {
    const params = { what, first: first.name.text, second: second.name.text, converted: second.identifier, targets };
    context.report(namesMeet, params, second.name.span, firstHere(first.name));
  }
}
