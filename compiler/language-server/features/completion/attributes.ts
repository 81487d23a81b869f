import { CompletionItemKind } from "vscode-languageserver-types";
import { ATTRIBUTES, type AttributeSpec } from "../../../check/attributes/table.js";
import type { ResolvedType } from "../../../check/types.js";
import { attributeText } from "../hover/attribute-texts.js";
import { backends, canBeOwned, columnsOf, rulePairs } from "./attribute-facts.js";
import type { Expected, Target } from "./expected.js";
import { choicePlace, place, type Proposal } from "./proposal.js";
import type { Scope } from "./scope.js";

/** What cannot stand beside an attribute: either of them, whichever is written first. */
const CONFLICTS: readonly (readonly [string, readonly string[]])[] = [
  ["unique", ["index"]],
  ["on", ["every", "cron", "permission", "once", "limit", "stale"]],
  ["every", ["cron", "stale"]],
  ["cron", ["stale"]],
  ["stale", ["once", "retry"]],
  ["rls", ["permission"]],
];

/** The attributes that may stand at the cursor, with their arguments. @param hasArguments whether `(` follows. */
export function attributes(
  scope: Scope,
  { target, present }: Extract<Expected, { kind: "attribute" }>,
  hasArguments: boolean,
): Proposal[] {
  const type = typeOfMember(scope, target);
  const proposals = ATTRIBUTES.filter(
    (spec) =>
      spec.places.some((each) => target.places.includes(each)) &&
      (spec.repeatable === true || !present.includes(spec.name)) &&
      !conflicts(spec, present) &&
      (type === undefined || suits(spec.name, type)),
  ).map((spec) => {
    const { snippet: places, plain } = hasArguments ? NO_ARGUMENTS : argumentPlaces(spec, scope, target);
    const snippet = `${spec.name}${places}`;
    return {
      label: spec.name,
      kind: CompletionItemKind.Property,
      snippet,
      ...(plain === undefined ? {} : { plain: spec.name + plain }),
      detail: spec.form,
      documentation: attributeText(spec),
    };
  });
  // While the declaration is not there yet, two forms of an attribute may come to the same.
  const texts = new Set<string>();
  return proposals.filter(({ snippet }) => !texts.has(snippet) && texts.add(snippet));
}

function conflicts({ name, variadic }: AttributeSpec, present: readonly string[]): boolean {
  // `@unique` and `@index` of several columns do not exclude each other.
  if (variadic === true && name !== "was") return false;
  return CONFLICTS.some(
    ([one, others]) =>
      (one === name && present.some((each) => others.includes(each))) ||
      (others.includes(name) && present.includes(one)),
  );
}

function typeOfMember(scope: Scope, { declaration, member }: Target): ResolvedType | undefined {
  const field = scope.field(declaration, member);
  if (field === undefined || scope.namespace === undefined) return undefined;
  return scope.snapshot.context.type(field.type, scope.namespace);
}

/** Whether an attribute makes sense on a type. */
function suits(name: string, type: ResolvedType): boolean {
  if (type.kind === "unknown") return true;
  if (name === "range") return type.kind === "scalar" && type.name !== "bool" && type.name !== "timestamp";
  return name === "index" || name === "unique" ? type.kind !== "bytes" : true;
}

/** The arguments of an attribute as they are put in. */
interface ArgumentPlaces {
  readonly snippet: string;
  /** Where only the author can name what belongs there: without it, for an editor that has no places to fill in. */
  readonly plain?: string;
}

const NO_ARGUMENTS: ArgumentPlaces = { snippet: "" };

/** The arguments as a snippet: with places for what the schema cannot tell. */
function argumentPlaces(spec: AttributeSpec, scope: Scope, target: Target): ArgumentPlaces {
  if (spec.parameters.length === 0) return NO_ARGUMENTS;
  switch (spec.name) {
    case "index":
    case "unique": {
      const columns = columnsOf(scope, target.declaration);
      return columns.length < 2
        ? { snippet: `(${place(1, "first_column")}, ${place(2, "second_column")})`, plain: "()" }
        : { snippet: `(${choicePlace(1, columns)}, ${choicePlace(2, [...columns.slice(1), columns[0] ?? ""])})` };
    }
    case "was":
      return { snippet: `(${place(1, "old_name")})`, plain: "()" };
    case "backend": {
      const names = backends(scope);
      return names.length === 0
        ? { snippet: `(${place(1, "name")})`, plain: "()" }
        : { snippet: `(${choicePlace(1, names)})` };
    }
    case "deprecated":
      return { snippet: `("${place(1, "why")}")`, plain: '("")' };
    default:
      return { snippet: `(${likelyArguments(spec, scope, target)})` };
  }
}

/** Arguments that may well stay as they are. */
function likelyArguments(spec: AttributeSpec, scope: Scope, target: Target): string {
  switch (spec.name) {
    case "permission": {
      const [who] = spec.parameters;
      const values = who?.kind.kind === "choice" ? who.kind.values : [];
      const withOwner = canBeOwned(scope, target.declaration) === "yes";
      return choicePlace(1, likeliest(values, withOwner));
    }
    case "on":
      return choicePlace(1, ["start", "connect", "disconnect"]);
    case "range":
      return `${place(1, "0")}, ${place(2, "100")}`;
    case "rls": {
      const [pair = { column: "owner", member: "caller" }] = rulePairs(scope, target.declaration);
      return `${place(1, pair.column)} == ctx.${place(2, pair.member)}`;
    }
    case "retry":
      return place(1, "100");
    case "limit":
      return `times: ${place(1, "20")}, per: ${place(2, "1s")}`;
    case "every":
      return place(1, "60s");
    case "cron":
      return `"${place(1, "0 3 * * *")}"`;
    default:
      return place(1, "5s");
  }
}

/** `user` first where it is one of the choices; `owner` only where there is a column for it. */
function likeliest(values: readonly string[], withOwner: boolean): string[] {
  return values
    .filter((value) => value !== "owner" || withOwner)
    .sort((a, b) => Number(b === "user") - Number(a === "user"));
}
