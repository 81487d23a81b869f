import { placeOfDeclaration, type Place } from "../../../check/attributes/places.js";
import { attributeSpec } from "../../../check/attributes/table.js";
import { fieldsOf, placeOf } from "../../../check/kinds.js";
import { isCallable } from "../../../check/project.js";
import { RLS_ROOT } from "../../../check/rls.js";
import { innermost } from "../../../check/innermost.js";
import { spanText, touches, type Span } from "../../../source/span.js";
import type { Attribute, Declaration, Field, Name, SchemaFile, TypeNode } from "../../../syntax/tree.js";
import { attributeText, choiceText } from "./attribute-texts.js";
import { keywordText } from "./keyword-texts.js";
import { TYPE_TEXTS } from "./type-texts.js";

/** A word of the language at a place, with what it means. */
export interface LanguageWord {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/** The keyword, attribute, built-in type or named value that an offset touches. */
export function languageWord(file: SchemaFile, offset: number): LanguageWord | undefined {
  const { namespace } = file;
  if (namespace !== undefined && touches(namespace.keyword, offset)) return keyword(namespace.keyword);
  const declaration = file.declarations.find(({ span }) => touches(span, offset));
  return declaration === undefined ? undefined : inDeclaration(declaration, offset);
}

function inDeclaration(declaration: Declaration, offset: number): LanguageWord | undefined {
  if (touches(declaration.keyword, offset)) return keyword(declaration.keyword);
  const own = inAttributes(declaration.attributes, placeOfDeclaration(declaration), offset);
  if (own !== undefined) return own;
  if (declaration.kind === "EnumDeclaration") {
    const { base, values } = declaration;
    if (base !== undefined && touches(base.span, offset)) return builtIn(base.name);
    const value = values.find(({ span }) => touches(span, offset));
    return value === undefined ? undefined : inAttributes(value.attributes, "enum value", offset);
  }
  const field = fieldsOf(declaration).find(({ span }) => touches(span, offset));
  if (field !== undefined) return inField(field, placeOf(declaration), offset);
  if (!isCallable(declaration)) return undefined;
  const { result, uses, calls, rejects, emits } = declaration;
  if (result !== undefined && touches(result.span, offset)) return inType(result.type, offset);
  const clause = [uses, calls, rejects, emits].find((each) => each !== undefined && touches(each.keyword, offset));
  return clause === undefined ? undefined : keyword(clause.keyword);
}

function inField(field: Field, place: Place, offset: number): LanguageWord | undefined {
  const found = inType(field.type, offset) ?? inAttributes(field.attributes, place, offset);
  if (found !== undefined) return found;
  const value = field.default;
  return value?.kind === "NameReference" && touches(value.span, offset) ? keyword(value.span) : undefined;
}

function inType(type: TypeNode, offset: number): LanguageWord | undefined {
  const named = innermost(type);
  if (named === undefined || named.reference.namespace !== undefined) return undefined;
  return touches(named.reference.span, offset) ? builtIn(named.reference.name) : undefined;
}

function builtIn({ text, span }: Name): LanguageWord | undefined {
  const meaning = Object.hasOwn(TYPE_TEXTS, text) ? TYPE_TEXTS[text] : undefined;
  if (meaning === undefined) return undefined;
  const targets = `TypeScript \`${meaning.typescript}\` · C# \`${meaning.csharp}\``;
  return { span, text: `\`\`\`hetu\n${text}\n\`\`\`\n\n${meaning.meaning}\n\n- ${targets}` };
}

function inAttributes(attributes: readonly Attribute[], place: Place, offset: number): LanguageWord | undefined {
  const attribute = attributes.find(({ span }) => touches(span, offset));
  if (attribute === undefined) return undefined;
  const { name, span } = attribute;
  if (offset <= name.span.end) {
    const spec = attributeSpec(name.text, place);
    const at = { ...name.span, start: span.start };
    return spec === undefined ? undefined : { span: at, text: `\`${spec.form}\`\n\n${attributeText(spec)}` };
  }
  const rule = attribute.arguments.find((argument) => touches(argument.span, offset))?.value;
  if (rule?.kind === "NameReference") return choice(attribute, rule.name, place);
  if (rule?.kind !== "RlsExpression" || rule.root.text !== RLS_ROOT) return undefined;
  return [rule.root, rule.member]
    .map((each) => (touches(each.span, offset) ? keyword(each.span) : undefined))
    .find(Boolean);
}

/** `user` in `@permission(user)`. */
function choice({ name }: Attribute, { text, span }: Name, place: Place): LanguageWord | undefined {
  const kind = attributeSpec(name.text, place)?.parameters[0]?.kind;
  if (kind?.kind !== "choice" || !kind.values.includes(text)) return undefined;
  return { span, text: `\`${text}\`\n\n${choiceText(text)}` };
}

function keyword(span: Span): LanguageWord | undefined {
  const word = spanText(span);
  const text = keywordText(word);
  return text === "" ? undefined : { span, text: `\`\`\`hetu\n${word}\n\`\`\`\n\n${text}` };
}
