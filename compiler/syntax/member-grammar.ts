import type { Span } from "../source/span.js";
import { MemberRecovery } from "./member-recovery.js";
import type { Attribute, EnumValue, ErrorValue, Field, NumberLiteral, TypeNode, Value } from "./tree.js";
import {
  Colon,
  Comma,
  Equals,
  Identifier,
  LeftBrace,
  LeftParenthesis,
  Question,
  RightBrace,
  RightParenthesis,
} from "./tokens.js";

/** What stands in braces or, of parameters, in parentheses. */
export interface List<Item> {
  readonly items: readonly Item[];
  /** With both delimiters. */
  readonly span: Span;
}

/** Fields, enum values and parameters, and the lists of them. */
export abstract class MemberGrammar extends MemberRecovery {
  /** Whether the fields that are being read may be optional; where none may, the checker says more of a `?`. */
  #optionalAllowed = true;

  // field = NAME [ "?" ] ":" type [ "=" value ] { attribute } ;
  protected readonly field = this.RULE("field", (): Field => {
    const doc = this.ACTION(() => this.takeDoc());
    const typed = this.ACTION(() => this.skipModifiers() && this.skipLeadingType());
    const name = this.nameOf(this.CONSUME(Identifier));
    let optional = this.OPTION(() => this.spanOf(this.CONSUME(Question)));
    if (!typed) this.ACTION(() => this.correctEquals(name.text));
    const colon = this.OPTION2(() => this.CONSUME(Colon));
    if (colon === undefined && !typed) this.ACTION(() => this.missingColon(name.text));
    if (colon !== undefined) this.ACTION(() => this.skipModifiers());
    const type: TypeNode =
      this.OPTION3({
        GATE: () => !typed && (colon !== undefined || !this.onNewLine()) && this.atType(),
        DEF: () => this.SUBRULE(this.type),
      }) ??
      (typed
        ? this.ACTION(() => this.errorType())
        : this.missingType(
            ":",
            undefined,
            this.ACTION(() => this.typeHelp()),
          ));
    const behindType = this.OPTION4(() => this.spanOf(this.CONSUME2(Question)));
    if (behindType !== undefined && this.#optionalAllowed) {
      this.ACTION(() => this.rejectOptionalType(name.span, behindType));
    }
    optional ??= behindType;
    const value = this.OPTION5(() => {
      const sign = this.CONSUME(Equals);
      const given = this.OPTION6({ GATE: () => this.atValue(), DEF: () => this.SUBRULE(this.value) });
      return given ?? this.ACTION((): Value => this.missingValue("a value", sign.image));
    });
    const attributes = this.SUBRULE(this.memberAttributes);
    return this.ACTION(() => ({
      kind: "Field",
      span: this.spanFrom(name.span.start),
      doc,
      attributes,
      name,
      optional,
      type,
      default: value,
    }));
  });

  // memberAttributes = { attribute } ; each on the line where what is before it ends
  protected readonly memberAttributes = this.RULE("memberAttributes", (): readonly Attribute[] => {
    const attributes: Attribute[] = [];
    this.MANY({
      GATE: () => !this.onNewLine(),
      DEF: () => {
        const attribute = this.SUBRULE(this.attribute);
        if (attribute !== undefined) attributes.push(attribute);
      },
    });
    return attributes;
  });

  // enumValue = NAME [ "=" NUMBER ] { attribute } ;
  protected readonly enumValue = this.RULE("enumValue", (): EnumValue => {
    const doc = this.ACTION(() => this.takeDoc());
    const name = this.nameOf(this.CONSUME(Identifier));
    this.ACTION(() => this.correctColon());
    const value = this.OPTION(() => {
      const sign = this.CONSUME(Equals);
      const given = this.OPTION2({
        GATE: () => this.atValue() && !this.at(Identifier),
        DEF: () => this.SUBRULE(this.value),
      });
      return this.ACTION((): NumberLiteral | ErrorValue => {
        if (given === undefined) return this.missingValue("a number", sign.image);
        return given.kind === "NumberLiteral" ? given : this.noNumber(given);
      });
    });
    const attributes = this.SUBRULE(this.memberAttributes);
    return this.ACTION(() => ({
      kind: "EnumValue",
      span: this.spanFrom(name.span.start),
      doc,
      attributes,
      name,
      value,
    }));
  });

  // fields = "{" { field [ "," ] } "}" ;
  protected readonly fields = this.RULE("fields", (owner: string): List<Field> => {
    const items: Field[] = [];
    const start = this.ACTION(() => this.toBrace(owner));
    this.#optionalAllowed = this.ACTION(() => !/^(?:component|session)/.test(owner));
    const open = this.OPTION(() => this.CONSUME(LeftBrace));
    this.ACTION(() => this.toMember("field", open, undefined));
    this.MANY({
      GATE: () => this.atMember(open, items.length),
      DEF: () => {
        const field = this.SUBRULE(this.field);
        items.push(field);
        this.OPTION2(() => this.CONSUME(Comma));
        this.ACTION(() => this.toMember("field", open, field.name.text));
      },
    });
    const inside = open !== undefined || items.length > 0;
    const close = this.OPTION3({ GATE: () => inside, DEF: () => this.CONSUME(RightBrace) });
    if (close === undefined) this.ACTION(() => this.missingBrace(owner, open));
    return { items, span: this.spanFrom(start) };
  });

  // enumValues = "{" { enumValue [ "," ] } "}" ;
  protected readonly enumValues = this.RULE("enumValues", (owner: string): List<EnumValue> => {
    const items: EnumValue[] = [];
    const start = this.ACTION(() => this.toBrace(owner));
    const open = this.OPTION(() => this.CONSUME(LeftBrace));
    this.ACTION(() => this.toMember("value", open, undefined));
    this.MANY({
      GATE: () => open !== undefined && this.atMember(open, items.length),
      DEF: () => {
        const value = this.SUBRULE(this.enumValue);
        items.push(value);
        this.OPTION2(() => this.CONSUME(Comma));
        this.ACTION(() => this.toMember("value", open, value.name.text));
      },
    });
    const close = this.OPTION3({ GATE: () => open !== undefined, DEF: () => this.CONSUME(RightBrace) });
    if (close === undefined) this.ACTION(() => this.missingBrace(owner, open));
    return { items, span: this.spanFrom(start) };
  });

  // params = "(" [ field { "," field } [ "," ] ] ")" ;
  protected readonly params = this.RULE("params", (): List<Field> => {
    const items: Field[] = [];
    const open = this.CONSUME(LeftParenthesis);
    this.#optionalAllowed = true;
    const atItem = (): boolean => this.at(Identifier) && !this.startsDeclaration() && !this.startsClause();
    this.ACTION(() => this.toParameter(true, undefined, atItem));
    this.MANY({
      GATE: atItem,
      DEF: () => {
        const field = this.SUBRULE(this.field);
        items.push(field);
        const comma = this.OPTION(() => this.CONSUME(Comma));
        this.ACTION(() => this.toParameter(comma !== undefined, field.name.text, atItem));
      },
    });
    if (this.OPTION2(() => this.CONSUME(RightParenthesis)) === undefined) this.missingParenthesis(open);
    return { items, span: this.spanFrom(open.startOffset) };
  });
}
