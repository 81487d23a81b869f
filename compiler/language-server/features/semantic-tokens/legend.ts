import { SemanticTokenModifiers, SemanticTokenTypes, type SemanticTokensLegend } from "vscode-languageserver-types";

const TYPES = [
  SemanticTokenTypes.namespace,
  SemanticTokenTypes.type,
  SemanticTokenTypes.class,
  SemanticTokenTypes.enum,
  SemanticTokenTypes.struct,
  SemanticTokenTypes.event,
  SemanticTokenTypes.function,
  SemanticTokenTypes.method,
  SemanticTokenTypes.property,
  SemanticTokenTypes.parameter,
  SemanticTokenTypes.variable,
  SemanticTokenTypes.enumMember,
  SemanticTokenTypes.typeParameter,
  SemanticTokenTypes.decorator,
  SemanticTokenTypes.keyword,
  SemanticTokenTypes.operator,
  SemanticTokenTypes.number,
  SemanticTokenTypes.string,
  SemanticTokenTypes.comment,
] as const;

const MODIFIERS = [
  SemanticTokenModifiers.declaration,
  SemanticTokenModifiers.readonly,
  SemanticTokenModifiers.deprecated,
  SemanticTokenModifiers.documentation,
  SemanticTokenModifiers.defaultLibrary,
] as const;

export type TokenType = `${(typeof TYPES)[number]}`;
export type TokenModifier = `${(typeof MODIFIERS)[number]}`;

/** Only names that the protocol lists: every theme knows how they look. */
export const LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] };

const typeNumbers: ReadonlyMap<string, number> = new Map(TYPES.map((type, number) => [type, number]));
const modifierBits: ReadonlyMap<string, number> = new Map(MODIFIERS.map((modifier, bit) => [modifier, 1 << bit]));

/** The number of a type on the wire. */
export function typeNumber(type: TokenType): number {
  return typeNumbers.get(type) ?? 0;
}

/** The bits of modifiers on the wire. */
export function modifierSet(modifiers: readonly TokenModifier[]): number {
  return modifiers.reduce((set, modifier) => set | (modifierBits.get(modifier) ?? 0), 0);
}
