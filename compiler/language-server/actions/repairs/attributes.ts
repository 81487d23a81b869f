import { durationText } from "../../../syntax/duration-text.js";
import { ATTRIBUTES, attributeSpec, type AttributeSpec } from "../../../check/attributes/table.js";
import { placeOfDeclaration, type Place } from "../../../check/attributes/places.js";
import { placeOf } from "../../../check/kinds.js";
import { integerValue } from "../../../check/numbers.js";
import { INTEGER_BOUNDS } from "../../../check/types.js";
import * as codes from "../../../diagnostics/codes/attributes.js";
import * as components from "../../../diagnostics/codes/components.js";
import { hiddenAnyway } from "../../../diagnostics/codes/style.js";
import * as systems from "../../../diagnostics/codes/systems.js";
import type { Fix } from "../../../diagnostics/diagnostic.js";
import { span, spanText } from "../../../source/span.js";
import { nearestWord } from "../../../syntax/nearest-word.js";
import type { Attribute } from "../../../syntax/tree.js";
import { insertion, itemRemoval, removal, replacement } from "../edits.js";
import { fix, guess, type Repair, type Repairs, type Trouble, type Way } from "../repair.js";

/** Takes the attribute away that the problem is about. */
const removeAttribute: Repair = ({ attribute }) =>
  attribute === undefined ? [] : [fix(`Remove \`${shown(attribute)}\``, removal(attribute.span))];

const nearestAttribute: Repair = (trouble) => {
  const { span: at, text } = trouble;
  const fits = ATTRIBUTES.filter(({ places }) => places.some((place) => place === placeAt(trouble)));
  const known = fits.map(({ name }) => name);
  const nearest = nearestWord(text, known) ?? known.find((name) => name.startsWith(text) || text.startsWith(name));
  const others = known.filter((name) => name !== nearest && name.startsWith(text.slice(0, 2)));
  const names = nearest === undefined ? others : [nearest, ...others];
  const candidates = [...new Set(names)].map((name) => fix(`Replace with @${name}`, replacement(at, name)));
  return [...candidates, ...removeAttribute(trouble)];
};

/** The arguments that are lacking are given values that change as little as can be. */
const addArguments: Repair = (trouble) => {
  const { attribute, field, snapshot, file } = trouble;
  if (attribute === undefined) return [];
  if (attribute.parentheses === undefined || attribute.arguments.length === 0)
    return firstArguments(attribute, trouble);
  const given = attribute.arguments.map(({ name }) => name?.text);
  const close = attribute.parentheses.end - 1;
  const separator = ", ";
  if (attribute.name.text === "limit") {
    const lacking = ["times: 20", "per: 1s"].filter((each) => !given.some((name) => each.startsWith(`${name ?? ""}:`)));
    return [fix(`Add \`${lacking.join(", ")}\``, insertion(file.file, close, separator + lacking.join(", ")))];
  }
  if (attribute.name.text !== "range" || given.length !== 1 || field === undefined) return [];
  const [namespace] = [...snapshot.context.namespaces.values()].filter(({ files }) => files.includes(file));
  const type = namespace === undefined ? undefined : snapshot.context.type(field.type, namespace);
  const bounds = type?.kind === "scalar" ? INTEGER_BOUNDS.get(type.name) : undefined;
  if (bounds === undefined) return [];
  const text = String(bounds.max);
  return [fix(`Add the largest value, \`${text}\``, insertion(file.file, close, separator + text))];
};

/** Arguments where there are none: each that can be chosen, or those of the usual form; a reason is left to be written. */
function firstArguments(attribute: Attribute, trouble: Trouble): readonly Way[] {
  const place = placeAt(trouble);
  const spec = place === undefined ? undefined : attributeSpec(attribute.name.text, place);
  if (spec === undefined) return [];
  const at = span(trouble.span.file, attribute.name.span.end, attribute.span.end);
  const write = (given: string): Way => guess(`Write \`@${spec.name}${given}\``, replacement(at, given));
  const choices = choicesOf(spec);
  // Nothing is opened on a guess.
  if (choices.length > 0) return [...choices].reverse().map((choice) => write(`(${choice})`));
  if (spec.name === "deprecated") return [write('("")')];
  const isExample = spec.parameters.some(({ kind }) => kind.kind === "duration");
  return isExample ? [write(spec.form.slice(spec.name.length + 1))] : [];
}

/** The bound that a number or a duration is beyond. */
function boundOf({ attribute, span: at }: Trouble, spec: AttributeSpec): string | undefined {
  const index = attribute?.arguments.findIndex(({ value }) => value.span.start === at.start) ?? -1;
  const argument = attribute?.arguments[index];
  const kind = spec.parameters.find(({ name }, place) =>
    spec.named === true ? name === argument?.name?.text : place === index,
  )?.kind;
  const value = argument?.value;
  if (kind?.kind === "duration" && value?.kind === "DurationLiteral")
    return durationText(value.milliseconds < kind.min ? kind.min : kind.max);
  const number = value?.kind === "NumberLiteral" ? integerValue(value.raw) : undefined;
  return kind?.kind === "integer" && number !== undefined ? String(number < kind.min ? kind.min : kind.max) : undefined;
}

/**
 * The words that are allowed, what comes near first. A permission of a column only ever takes rights away: of a word that
 * gives them elsewhere nothing is left to say here.
 */
const allowedArgument: Repair = (trouble) => {
  const { attribute, span: at, text } = trouble;
  const place = placeAt(trouble);
  const name = attribute?.name.text;
  const own = place === undefined || name === undefined ? undefined : attributeSpec(name, place);
  if (attribute === undefined || own === undefined) return [];
  const bound = boundOf(trouble, own);
  if (bound !== undefined) return [fix(`Write \`${bound}\``, replacement(at, bound))];
  const choices = choicesOf(own);
  const anywhere = ATTRIBUTES.filter((spec) => spec.name === name).flatMap(choicesOf);
  const meant = anywhere.includes(text) ? text : nearestChoice(text, anywhere);
  const allowed = [...choices]
    // Nothing is opened on a guess.
    .sort((a, b) => Number(b === (meant ?? "admin")) - Number(a === (meant ?? "admin")))
    .map((choice) => fix(`Write \`${choice}\``, replacement(at, choice)));
  const isOpenColumn = place === "column" && meant !== undefined && !choices.includes(meant);
  return isOpenColumn ? [...removeAttribute(trouble), ...allowed] : allowed;
};

function choicesOf({ parameters: [first] }: AttributeSpec): readonly string[] {
  return first?.kind.kind === "choice" ? first.kind.values : [];
}

/** A word with a few wrong letters, or with another ending: `everyone` is `everybody`. */
function nearestChoice(text: string, choices: readonly string[]): string | undefined {
  const start = text.slice(0, 4).toLowerCase();
  return nearestWord(text, choices) ?? choices.find((choice) => start.length === 4 && choice.startsWith(start));
}

const removeArgument: Repair = ({ attribute, span: at, text }) => {
  const index = attribute?.arguments.findIndex(
    (argument) => argument.span.start <= at.start && at.end <= argument.span.end,
  );
  if (attribute === undefined || index === undefined || index < 0) return [];
  return [fix(`Remove \`${text}\``, itemRemoval(attribute.arguments, index))];
};

/** The other names of an attribute stay: data is found under them. */
const removeName: Repair = (trouble) =>
  trouble.attribute?.arguments.length === 1 ? removeAttribute(trouble) : removeArgument(trouble);

/** Names the argument as one that is not given yet; the nearest first. */
const nameArgument: Repair = (trouble) => {
  const { attribute, span: at, text } = trouble;
  const spec = ATTRIBUTES.find(({ name, named }) => named === true && name === attribute?.name.text);
  const argument = attribute?.arguments.find((each) => each.span.start <= at.start && at.end <= each.span.end);
  if (attribute === undefined || argument === undefined || trouble.problem.fix !== undefined) return [];
  if (spec === undefined) {
    // Only the arguments of some attributes have names.
    if (argument.name === undefined) return [];
    const value = spanText(argument.value.span);
    return [fix(`Write \`${value}\``, replacement(argument.span, value))];
  }
  const free = spec.parameters
    .map(({ name }) => name)
    .filter((name) => !attribute.arguments.some((other) => other.name?.text === name));
  const nearest = nearestWord(text, free);
  return [...free]
    .sort((a, b) => Number(b === nearest) - Number(a === nearest))
    .map((name) =>
      argument.name === undefined
        ? guess(`Write \`${name}: ${text}\``, insertion(at.file, argument.span.start, `${name}: `))
        : fix(`Write \`${name}\``, replacement(argument.name.span, name)),
    );
};

/** What cannot be called over the wire is opened to users. */
const orPermit: Repair = (trouble) => {
  const { declaration, file } = trouble;
  if (declaration === undefined) return [];
  const permit = insertion(file.file, declaration.span.start, "@permission(user) ");
  return [...removeAttribute(trouble), fix("Add `@permission(user)`", permit)];
};

/** Either of two attributes that exclude each other. */
function removeEither(...names: readonly string[]): Repair {
  return (trouble) => {
    const others = trouble.declaration?.attributes.filter(
      (each) => names.includes(each.name.text) && each !== trouble.attribute,
    );
    return [
      ...removeAttribute(trouble),
      ...(others ?? []).flatMap((attribute): readonly Fix[] => removeAttribute({ ...trouble, attribute })),
    ];
  };
}

/** The rule stays in force, rather: without it, rows would be shown that it hides. */
const keepRule: Repair = (trouble) => {
  const attributes = trouble.declaration?.attributes ?? [];
  return ["permission", "rls"].flatMap((name) =>
    attributes
      .filter((attribute) => attribute.name.text === name)
      .flatMap((attribute) => removeAttribute({ ...trouble, attribute })),
  );
};

function placeAt({ declaration, field, value }: Trouble): Place | undefined {
  if (declaration === undefined) return undefined;
  if (value !== undefined) return "enum value";
  return field === undefined || declaration.kind === "EnumDeclaration"
    ? placeOfDeclaration(declaration)
    : placeOf(declaration);
}

function shown(attribute: Attribute): string {
  const text = spanText(attribute.span);
  return text.length <= 40 ? text : `@${attribute.name.text}(…)`;
}

export const attributeRepairs: Repairs = [
  [codes.unknownAttribute, nearestAttribute],
  [codes.misplacedAttribute, removeAttribute],
  [codes.repeatedAttribute, removeAttribute],
  [codes.missingArgument, addArguments],
  [codes.extraArgument, removeArgument],
  [codes.unknownArgument, nameArgument],
  [codes.wrongArgument, allowedArgument],
  [codes.repeatedArgument, removeArgument],
  [components.rangeNotNumeric, removeAttribute],
  [components.notIndexable, removeAttribute],
  [components.indexKeyTooLarge, removeAttribute],
  [components.indexRepeated, removeAttribute],
  [components.rlsWithPermission, keepRule],
  [components.wasStillThere, removeName],
  [components.wasRepeated, removeName],
  [systems.triggersConflict, removeEither("on", "every", "cron")],
  [systems.onceWithoutPermission, orPermit],
  [systems.limitWithoutPermission, orPermit],
  [systems.staleConflict, removeEither("stale")],
  [hiddenAnyway, removeAttribute],
];
