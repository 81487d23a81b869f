import { atMost } from "../../../check/range.js";
import { integerValue } from "../../../check/numbers.js";
import { CALLER } from "../../../check/rls.js";
import { INTEGER_BOUNDS, typeText } from "../../../check/types.js";
import * as codes from "../../../diagnostics/codes/components.js";
import { windowUnderRls } from "../../../diagnostics/codes/style.js";
import { spanText } from "../../../source/span.js";
import type { ComponentDeclaration } from "../../../syntax/tree.js";
import { insertion, lineBreakOf, removal, replacement } from "../edits.js";
import { fix, namespaceOf, type Repair, type Repairs, type Trouble } from "../repair.js";

const clampBound: Repair = (trouble) => {
  const { span: at, text, field } = trouble;
  const namespace = namespaceOf(trouble);
  const type =
    field === undefined || namespace === undefined ? undefined : trouble.snapshot.context.type(field.type, namespace);
  const bounds = type?.kind === "scalar" ? INTEGER_BOUNDS.get(type.name) : undefined;
  if (bounds === undefined) return [];
  const value = integerValue(text) ?? BigInt(Math.trunc(Number(text)) || 0);
  const near = value < bounds.min ? bounds.min : value > bounds.max ? bounds.max : value;
  return [fix(`Write ${near}`, replacement(at, String(near)))];
};

const swapBounds: Repair = ({ attribute }) => {
  const [min, max] = attribute?.arguments ?? [];
  if (min === undefined || max === undefined) return [];
  return [
    fix(
      "Write the lower bound first",
      replacement(min.span, spanText(max.span)),
      replacement(max.span, spanText(min.span)),
    ),
  ];
};

/** The bound that the default lies beyond. */
const defaultInRange: Repair = ({ span: at, text, field }) => {
  const bounds = field?.attributes.find(({ name }) => name.text === "range")?.arguments.map(({ value }) => value);
  const [min, max] = bounds ?? [];
  if (min?.kind !== "NumberLiteral" || max?.kind !== "NumberLiteral") return [];
  const near = atMost(Number(text), Number(min.raw)) ? min.raw : max.raw;
  return [fix(`Write ${near}`, replacement(at, near))];
};

/** An index of one column stands on the column, which may have one already. */
const indexOnColumn: Repair = ({ attribute, declaration }) => {
  const column = attribute?.arguments[0]?.value;
  if (attribute === undefined || declaration?.kind !== "ComponentDeclaration" || column === undefined) return [];
  const name = spanText(column.span);
  const field = declaration.fields.find((each) => each.name.text === name);
  if (field === undefined) return [];
  const has = field.attributes.map((each) => each.name.text);
  if (has.includes(attribute.name.text) || has.includes("unique"))
    return [fix(`Remove \`${spanText(attribute.span)}\``, removal(attribute.span))];
  const put = insertion(field.span.file, field.span.end, ` @${attribute.name.text}`);
  return [fix(`Put \`@${attribute.name.text}\` on \`${name}\``, removal(attribute.span), put)];
};

const addOwner: Repair = ({ declaration }) => {
  if (declaration?.kind !== "ComponentDeclaration") return [];
  const owner = declaration.fields.find(({ name }) => name.text === "owner");
  if (owner !== undefined) return [fix("Make `owner` an `i64`", replacement(owner.type.span, "i64"))];
  return [fix("Add the column `owner: i64`", firstColumn(declaration, "owner: i64 @index"))];
};

const rootIsContext: Repair = ({ span: at }) => [fix("Write `ctx`", replacement(at, "ctx"))];

const isEqual: Repair = ({ span: at }) =>
  ["==", "!="].map((operator) => fix(`Compare with \`${operator}\``, replacement(at, operator)));

/** Gives the column the type of what it is compared with. */
const typeOfSession: Repair = (trouble) => {
  const { attribute, declaration, snapshot } = trouble;
  const rule = attribute?.arguments[0]?.value;
  const namespace = namespaceOf(trouble);
  if (rule?.kind !== "RlsExpression" || declaration?.kind !== "ComponentDeclaration" || namespace === undefined)
    return [];
  const column = declaration.fields.find(({ name }) => name.text === rule.column.text);
  const member = namespace.sessionFields.get(rule.member.text);
  const type =
    rule.member.text === CALLER
      ? "i64"
      : member === undefined
        ? undefined
        : typeText(snapshot.context.type(member.type, namespace));
  if (column === undefined || type === undefined) return [];
  return [fix(`Make \`${column.name.text}\` an \`${type}\``, replacement(column.type.span, type))];
};

/** Row-level security reads by the column of its rule: that column gets an index. */
const indexForRule: Repair = ({ declaration }) => {
  if (declaration?.kind !== "ComponentDeclaration") return [];
  const columns = declaration.attributes.flatMap(({ name, arguments: given }) =>
    given.map(({ value }) => {
      if (value.kind === "RlsExpression") return value.column.text;
      return name.text === "permission" && spanText(value.span) === "owner" ? "owner" : undefined;
    }),
  );
  return declaration.fields
    .filter(
      ({ name, attributes }) =>
        columns.includes(name.text) &&
        !attributes.some((each) => each.name.text === "index" || each.name.text === "unique"),
    )
    .map(({ name, span }) => fix(`Put \`@index\` on \`${name.text}\``, insertion(span.file, span.end, " @index")));
};

/** The store of the other component of the cluster. */
const sameBackend: Repair = (trouble: Trouble) => {
  const { declaration, problem, snapshot } = trouble;
  if (declaration?.kind !== "ComponentDeclaration") return [];
  const other = problem.related?.map(({ span: { file, start } }) =>
    snapshot.file(file.path)?.declarations.find((each) => each.span.start <= start && start <= each.span.end),
  )[0];
  if (other?.kind !== "ComponentDeclaration") return [];
  const [own, wanted] = [declaration, other].map(({ attributes }) =>
    attributes.find(({ name }) => name.text === "backend"),
  );
  const title = `Give it the store of \`${other.name.text}\``;
  if (wanted === undefined) return own === undefined ? [] : [fix(title, removal(own.span))];
  const text = spanText(wanted.span);
  return [
    fix(
      title,
      own === undefined
        ? insertion(declaration.span.file, declaration.span.start, `${text} `)
        : replacement(own.span, text),
    ),
  ];
};

function firstColumn({ body, fields }: ComponentDeclaration, text: string): ReturnType<typeof insertion> {
  const { file, start } = body;
  const [first] = fields;
  const isOneLine = first !== undefined && file.lineOf(first.span.start) === file.lineOf(start);
  if (isOneLine) return insertion(file, first.doc?.span.start ?? first.span.start, `${text}, `);
  const lineBreak = lineBreakOf(file);
  return insertion(file, start + 1, `${lineBreak}  ${text}${first === undefined ? lineBreak : ""}`);
}

export const componentRepairs: Repairs = [
  [codes.rangeBound, clampBound],
  [codes.rangeEmpty, swapBounds],
  [codes.defaultOutsideRange, defaultInRange],
  [codes.indexTooFewColumns, indexOnColumn],
  [codes.ownerMissing, addOwner],
  [codes.rlsRoot, rootIsContext],
  [codes.rlsOperator, isEqual],
  [codes.rlsTypesDiffer, typeOfSession],
  [codes.backendsDiffer, sameBackend],
  [windowUnderRls, indexForRule],
];
