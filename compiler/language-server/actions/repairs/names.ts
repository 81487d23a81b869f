import { clauseItems } from "../../../check/clauses.js";
import { KEYWORDS } from "../../../check/kinds.js";
import { unreservedName } from "../../../check/rules/reserved-names.js";
import { BUILT_IN_TYPES, isSized } from "../../../check/types.js";
import { invalidName } from "../../../diagnostics/codes/lexical.js";
import * as codes from "../../../diagnostics/codes/names.js";
import { memberCasing, typeCasing } from "../../../diagnostics/codes/style.js";
import type { Edit } from "../../../diagnostics/diagnostic.js";
import { typescriptTypeName } from "../../../model/names/typescript.js";
import { pascalCase, snakeCase } from "../../../model/names/words.js";
import { span } from "../../../source/span.js";
import { namesBuiltInType } from "../../../syntax/foreign-words.js";
import { nearestWord } from "../../../syntax/nearest-word.js";
import { type CallableDeclarationNode, isCallable, type Namespace } from "../../../check/project.js";
import { dataAtStake } from "../../features/rename/data-at-stake.js";
import { whyNotCalled } from "../../features/rename/new-name.js";
import { wasEdit } from "../../features/rename/was-edit.js";
import { insertion, itemRemoval, lineBreakOf, placeBefore, replacement } from "../edits.js";
import { fix, guess, namespaceOf, type Repair, type Repairs, type Trouble, type Way } from "../repair.js";
import { plainGeneric } from "./foreign-lists.js";
import { removeMember } from "./duplicates.js";

/** So many known names are offered for an unknown one. */
const MOST_CANDIDATES = 3;

const CLAUSES = {
  uses: "ComponentDeclaration",
  calls: "SystemDeclaration",
  rejects: "ErrorDeclaration",
  emits: "EventDeclaration",
} as const;
type Clause = keyof typeof CLAUSES;

/** The nearest types, then new ones of this name. */
const unknownType: Repair = (trouble) => {
  const plain = plainGeneric(trouble);
  if (plain.length > 0) return plain;
  const own = [...(namespaceOf(trouble)?.types.values() ?? [])];
  const types = own
    .filter(({ kind }) => kind === "EnumDeclaration" || kind === "StructDeclaration")
    .map(({ name }) => name.text);
  const known = typeReplacements(trouble, [...types, ...BUILT_IN_TYPES]);
  const { text, declaration, span: at } = trouble;
  // With a size, or nearly the name of one, a built-in type was meant.
  const isBuiltIn = at.file.text[at.end] === "(" || nearestWord(text, BUILT_IN_TYPES) !== undefined;
  if (!/^[A-Z]\w*$/.test(text) || namesBuiltInType(text) || isBuiltIn) return known;
  // The type of a column, or of what is known of a connection, is one value.
  const isValue = declaration?.kind === "ComponentDeclaration" || declaration?.kind === "SessionDeclaration";
  const struct = isValue ? [] : [declare(trouble, `struct ${text} {}`)];
  return [...known, declare(trouble, `enum ${text} { none }`), ...struct];
};

/** The nearest types, with a size or without as they are written. */
function typeReplacements(trouble: Trouble, known: readonly string[]): readonly Way[] {
  const { file, start, end } = trouble.span;
  const size = /^\([ \t]*\w*[ \t]*\)/.exec(file.text.slice(end))?.[0].length ?? 0;
  return nearest(trouble.text, known).map((name) => {
    const put = isSized(name) && size === 0 ? `${name}(32)` : name;
    return fix(`Replace with ${put}`, replacement(span(file, start, isSized(name) ? end : end + size), put));
  });
}

/** The nearest names that the clause may list, then a new declaration of what it lists. */
const unknownName: Repair = (trouble) => {
  const clause = clauseAt(trouble);
  const namespace = namespaceOf(trouble);
  if (clause === undefined || namespace === undefined) return [];
  const all = clause === "calls" ? [...namespace.callables.values()] : [...namespace.types.values()];
  const known = all.filter(({ kind }) => kind === CLAUSES[clause]).map(({ name }) => name.text);
  const { text } = trouble;
  const keyword = KEYWORDS[CLAUSES[clause]];
  const isPlain = /^[A-Za-z]\w*$/.test(text);
  const lineBreak = lineBreakOf(trouble.span.file);
  const body =
    clause === "calls"
      ? systemBody(trouble, namespace)
      : clause === "uses"
        ? ` {${lineBreak}  owner: i64 @unique${lineBreak}}`
        : " {}";
  const declared = isPlain && body !== undefined ? [declare(trouble, `${keyword} ${text}${body}`)] : [];
  return [...replacements(trouble, known), ...declared];
};

/** A system needs a clause: it uses what its caller does, or what there is. */
function systemBody({ declaration }: Trouble, { types }: Namespace): string | undefined {
  const own = declaration !== undefined && isCallable(declaration) ? declaration.uses?.items[0] : undefined;
  const used = [own?.name.text, ...types.keys()].find((name) => types.get(name ?? "")?.kind === "ComponentDeclaration");
  return used === undefined ? undefined : `() uses ${used}`;
}

/** The namespaces of a near name; a value of an enum may have been meant as the default of a column. */
const unknownNamespace: Repair = (trouble) => {
  const { field, declaration, span: at, text } = trouble;
  const names = replacements(trouble, trouble.snapshot.context.namespaces.keys());
  const meant = namespaceOf(trouble)?.types.get(text);
  if (meant?.kind !== "EnumDeclaration" || declaration?.kind !== "ComponentDeclaration") return names;
  const value = /^\.(\w+)/.exec(at.file.text.slice(at.end));
  const isValue = meant.values.some(({ name }) => name.text === value?.[1]);
  if (field === undefined || field.default !== undefined || value === null || !isValue) return names;
  const put = `${text} = ${value[1] ?? ""}`;
  return [...names, fix(`Write \`${put}\``, replacement(span(at.file, at.start, at.end + value[0].length), put))];
};

const rowId: Repair = ({ span: at }) => [fix("Write `i64`, the id of a row", replacement(at, "i64"))];

/** Lists the name behind the clause of its kind. */
const otherClause: Repair = (trouble) => {
  const { declaration, text } = trouble;
  const from = clauseAt(trouble);
  if (declaration === undefined || !isCallable(declaration) || from === undefined) return [];
  const namespace = namespaceOf(trouble);
  const meant = namespace?.types.get(text) ?? namespace?.callables.get(text);
  const to = (Object.keys(CLAUSES) as Clause[]).find((clause) => CLAUSES[clause] === meant?.kind);
  if (to === undefined || to === from) return [];
  const isThere = clauseItems(declaration).some(
    ({ clause, reference }) => clause === to && reference.name.text === text,
  );
  if (isThere) return [fix(`Remove \`${text}\`, which \`${to}\` lists`, ...leave(declaration, from, trouble))];
  const edits = [leave(declaration, from, trouble), join(declaration, from, to, text)];
  return [fix(`Move \`${text}\` to \`${to}\``, ...edits.flat())];
};

const removeItem: Repair = (trouble) => {
  const { declaration, text } = trouble;
  const clause = clauseAt(trouble);
  if (declaration === undefined || !isCallable(declaration) || clause === undefined) return [];
  return [fix(`Remove \`${text}\``, ...leave(declaration, clause, trouble))];
};

/** Gives something the name that its kind is written with, wherever it is named. */
function recase(convert: (name: string) => string): Repair {
  return ({ snapshot, file, span: { start }, text, isStored }) => {
    const found = snapshot.symbols.at(file.file.path, start);
    const better = convert(text);
    if (found === undefined || whyNotCalled(snapshot, found.symbol, better) !== undefined) return [];
    const places = snapshot.symbols.occurrences(found.symbol).map((each) => each.span);
    const edits: Edit[] = places.map((place) => replacement(place, better));
    const was = wasEdit(found.symbol, better);
    if (was !== undefined && !(was.optional && places[0] !== undefined && !isStored(places[0])))
      edits.push(replacement(was.span, was.text));
    const loss = places[0] !== undefined && isStored(places[0]) ? dataAtStake(snapshot, found.symbol) : undefined;
    if (loss !== undefined) return [guess(`Rename to ${better} (stored data does not follow)`, ...edits)];
    return [fix(`Rename to ${better}`, ...edits)];
  };
}

function pascalTypeName(name: string): string {
  const pascal = pascalCase(name);
  return typescriptTypeName(pascal) === pascal ? pascal : `My${pascal}`;
}

/** Every row has an id; what else has a reserved name gets another one, wherever it is named. Nothing is stored under it. */
const unreserved: Repair = (trouble) => {
  const {
    snapshot,
    file,
    declaration,
    field,
    span: { start },
    text,
  } = trouble;
  const of = field !== undefined ? "column" : declaration === undefined ? "namespace" : "type";
  const found = snapshot.symbols.at(file.file.path, start);
  const better = unreservedName(text, of);
  const leave = field === undefined ? [] : removeMember(trouble);
  const renamed =
    found === undefined || whyNotCalled(snapshot, found.symbol, better) !== undefined
      ? []
      : [
          fix(
            `Rename to ${better}`,
            ...snapshot.symbols.occurrences(found.symbol).map((each) => replacement(each.span, better)),
          ),
        ];
  return text === "id" ? [...leave, ...renamed] : [...renamed, ...leave];
};

/** What is left when all that a name cannot have is taken out. */
const validName: Repair = ({ span: at, text }) => {
  const plain = text
    .normalize("NFD")
    .replace(/[^A-Za-z0-9_]/g, "")
    .replace(/^[^A-Za-z]+/, "");
  return plain === "" || plain === text ? [] : [fix(`Write \`${plain}\``, replacement(at, plain))];
};

function replacements({ span: at, text }: Trouble, known: Iterable<string>): readonly Way[] {
  return nearest(text, known).map((name) => fix(`Replace with ${name}`, replacement(at, name)));
}

function nearest(text: string, known: Iterable<string>): readonly string[] {
  const left = new Set(known);
  const found: string[] = [];
  while (found.length < MOST_CANDIDATES) {
    const next = nearestWord(text, left);
    if (next === undefined) break;
    left.delete(next);
    found.push(next);
  }
  return found;
}

/** Writes a declaration before the one that needs it. */
function declare({ declaration, file }: Trouble, text: string): Way {
  const lineBreak = lineBreakOf(file.file);
  const at = declaration === undefined ? file.file.text.length : placeBefore(file, declaration);
  const [, keyword = "", name = ""] = /^(\w+) (\w+)/.exec(text) ?? [];
  return guess(`Declare ${keyword} ${name}`, insertion(file.file, at, text + lineBreak + lineBreak));
}

function clauseAt({ declaration, span: at }: Trouble): Clause | undefined {
  if (declaration === undefined || !isCallable(declaration)) return undefined;
  return (Object.keys(CLAUSES) as Clause[]).find((clause) => {
    const node = declaration[clause];
    return node !== undefined && node.span.start <= at.start && at.end <= node.span.end;
  });
}

/** Takes the name out of a clause, and the clause away when nothing else is in it. */
function leave(declaration: CallableDeclarationNode, from: Clause, { span: at }: Trouble): readonly Edit[] {
  const clause = declaration[from];
  if (clause === undefined) return [];
  const { items } = clause;
  const index = items.findIndex((item) => item.span.start <= at.start && at.end <= item.span.end);
  if (index < 0) return [];
  if (items.length > 1) return [itemRemoval(items, index)];
  const before = /[ \t\r\n]*$/.exec(at.file.text.slice(0, clause.span.start))?.[0].length ?? 0;
  return [replacement(span(at.file, clause.span.start - before, clause.span.end), "")];
}

function join(declaration: CallableDeclarationNode, from: Clause, to: Clause, name: string): readonly Edit[] {
  const [there, here] = [declaration[to], declaration[from]];
  const last = there?.items.at(-1);
  if (last !== undefined) return [insertion(last.span.file, last.span.end, `, ${name}`)];
  return here === undefined ? [] : [insertion(here.span.file, here.span.end, ` ${to} ${name}`)];
}

export const nameRepairs: Repairs = [
  [invalidName, validName],
  [codes.reservedName, unreserved],
  [codes.unknownNamespace, unknownNamespace],
  [codes.unknownType, unknownType],
  [codes.notAType, rowId],
  [codes.unknownName, unknownName],
  [codes.wrongKind, otherClause],
  [codes.otherNamespace, removeItem],
  [codes.repeatedItem, removeItem],
  [typeCasing, recase(pascalTypeName)],
  [memberCasing, recase(snakeCase)],
];
