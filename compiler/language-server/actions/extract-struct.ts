import { fieldsOf, type FieldOwner } from "../../check/kinds.js";
import type { Namespace } from "../../check/project.js";
import type { Fix } from "../../diagnostics/diagnostic.js";
import { pascalCase } from "../../model/names/words.js";
import { span } from "../../source/span.js";
import type { Declaration, Field, SchemaFile } from "../../syntax/tree.js";
import { namespaceOf } from "../features/namespace-of.js";
import type { Snapshot } from "../project/snapshot.js";
import { insertion, lineBreakOf, placeBefore, replacement } from "./edits.js";

/** What may hold a struct. Columns and session fields may not. */
const HOLDERS: ReadonlySet<Declaration["kind"]> = new Set([
  "StructDeclaration",
  "ErrorDeclaration",
  "EventDeclaration",
  "SystemDeclaration",
  "EndpointDeclaration",
]);

type Holder = Exclude<FieldOwner, { kind: "ComponentDeclaration" | "SessionDeclaration" }>;

/** Whether a declaration has fields or parameters that may be structs. */
export function canHoldStructs(declaration: Declaration | undefined): declaration is Holder {
  return declaration !== undefined && HOLDERS.has(declaration.kind);
}

/** Makes a struct of the fields, or parameters, that a selection touches: two or more. One field of it takes their place. */
export function extractStruct(
  snapshot: Snapshot,
  schema: SchemaFile,
  { start, end }: { readonly start: number; readonly end: number },
): readonly Fix[] {
  const { file, declarations } = schema;
  const owner = declarations.find(({ span: own }) => own.start <= start && end <= own.end);
  const namespace = namespaceOf(schema, snapshot.context);
  if (!canHoldStructs(owner) || namespace === undefined || start === end) return [];
  const fields = fieldsOf(owner);
  const chosen = fields.filter(({ span: own }) => own.start < end && start < own.end);
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (first === undefined || last === undefined || chosen.length < 2 || !staysInOrder(owner, fields, first)) return [];
  const from = first.doc?.span.start ?? first.span.start;
  const text = file.text.slice(from, last.span.end);
  const lineBreak = lineBreakOf(file);
  const isOneLine = !/[\r\n]/.test(text);
  const body = isOneLine ? `{ ${text} }` : `{${lineBreak}  ${text}${lineBreak}}`;
  const type = freeTypeName(snapshot, namespace, `${pascalCase(owner.name.text)}Part`);
  const name = free("part", (each) => fields.some((field) => field.name.text === each && !chosen.includes(field)));
  return [
    {
      title: `Extract to struct ${type} (changes the interface)`,
      edits: [
        insertion(file, placeBefore(schema, owner), `struct ${type} ${body}${lineBreak}${lineBreak}`),
        replacement(span(file, from, last.span.end), `${name}: ${type}`),
      ],
    },
  ];
}

/** No parameter that must be given may come behind one that may be left out. */
function staysInOrder(owner: Holder, fields: readonly Field[], first: Field): boolean {
  const isCall = owner.kind === "SystemDeclaration" || owner.kind === "EndpointDeclaration";
  return !isCall || fields.slice(0, fields.indexOf(first)).every(({ optional }) => optional === undefined);
}

function freeTypeName({ context }: Snapshot, namespace: Namespace, name: string): string {
  return free(name, (each) => namespace.types.has(each) || context.namespaces.has(each));
}

/** The name, with the first number behind it that makes it a new one, if there must be one. */
function free(name: string, isTaken: (name: string) => boolean): string {
  let found = name;
  for (let number = 2; isTaken(found); number += 1) found = `${name}${number}`;
  return found;
}
