import type { NamespaceModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { pairs } from "../pairs.js";
import { changed, type Subject } from "../row.js";
import { copyAdded, copyRemoved } from "../rows/components.js";
import type { Sides } from "../side.js";

/** Separate tables that calls with a suffix make of components. */
export function copyChanges({ old: before }: Sides, old: NamespaceModel, now: NamespaceModel): readonly Change[] {
  const namespace = now.name;
  return pairs(old.components, now.components).both.flatMap(({ old: former, now: component }) => {
    const { name } = component;
    const subject = (table: string): Subject => {
      return { namespace, word: "copy", path: table, place: { kind: "component", name } };
    };
    const reach = { clients: before.isPublic(namespace, "components", former.name), data: former.volatile !== true };
    const removed = former.copies.filter((suffix) => !component.copies.includes(suffix));
    const added = component.copies.filter((suffix) => !former.copies.includes(suffix));
    return [
      ...removed.map((suffix) => {
        const table = `${former.name}:${suffix}`;
        return changed(copyRemoved, subject(table), { table }, reach);
      }),
      ...added.map((suffix) => {
        const table = `${name}:${suffix}`;
        return changed(copyAdded, subject(table), { table }, reach);
      }),
    ];
  });
}
