import type { IToken } from "chevrotain";
import {
  attributeWithoutDeclaration,
  detachedAttribute,
  extraComma,
  missingBrace,
  optionalOnType,
  unexpectedText,
} from "../diagnostics/codes/syntax.js";
import { quote } from "../diagnostics/define.js";
import { span, type Span } from "../source/span.js";
import { AttributeGrammar } from "./attribute-grammar.js";
import { modifiers, namesBuiltInType } from "./foreign-words.js";
import type { ErrorValue, Value } from "./tree.js";
import {
  At,
  Colon,
  Comma,
  Equals,
  Identifier,
  LeftBrace,
  LeftBracket,
  LeftParenthesis,
  Literal,
  NumberToken,
  Operator,
  RightBrace,
  RightParenthesis,
  StringToken,
} from "./tokens.js";

/** Tokens within which the partner of a `(` is looked for. */
const FARTHEST_PARENTHESIS = 1_000;

/** How reading goes on where a member, or the body that it stands in, is not as it should be. */
export abstract class MemberRecovery extends AttributeGrammar {
  /** Bodies whose end has been missed: where it comes after all, nothing more is said. */
  protected unclosed = 0;

  /** Complains of what stands where a member of a body should, and goes on to the next one or to the end. */
  protected toMember(what: "field" | "value", open: IToken | undefined, previous: string | undefined): void {
    if (this.full) this.skipWhile(() => true);
    if (open === undefined && previous === undefined) return;
    while (!this.atEnd() && !this.at(Identifier) && !this.at(RightBrace)) {
      if (this.at(At)) {
        const behind = this.behindAttributes();
        if (this.startsDeclaration(behind)) return;
        const isSeparated = previous !== undefined && this.at(Comma, 0);
        this.#rejectDetached(previous, behind);
        // One of the two commas around it was meant.
        if (isSeparated && this.at(Comma)) this.SKIP_TOKEN();
      } else if (this.at(Comma)) {
        const where = previous === undefined ? `before the first ${what}` : `after another`;
        this.complain(extraComma, { where }, this.spanOf(this.LA(1)));
        this.skipTokens(1);
      } else {
        const where = previous === undefined ? `where a ${what} should start` : `after the ${what} \`${previous}\``;
        const params = { found: this.foundText(), where, help: this.#junkHelp() };
        this.complain(unexpectedText, params, this.spanOf(this.LA(1)));
        this.#skipJunk();
      }
    }
  }

  /** The same for parameters, of which attributes may be astray too. */
  protected toParameter(separated: boolean, previous: string | undefined, atItem: () => boolean): void {
    if (this.at(At)) {
      const behind = this.behindAttributes();
      if (this.startsDeclaration(behind)) return;
      this.#rejectDetached(previous, behind);
      if (previous !== undefined && this.at(Comma)) {
        this.SKIP_TOKEN();
        this.toItem("parameters", true, atItem);
        return;
      }
    }
    this.toItem("parameters", separated, atItem);
  }

  #junkHelp(): string | undefined {
    const before = this.LA(0).image;
    if (this.at(StringToken)) return "a name stands without quotes";
    if (this.at(Operator) && this.LA(1).image === "<") return "there are no generic types; a list is written `i32[]`";
    if (this.at(LeftParenthesis) && before === "now") return "write `now` without parentheses";
    return undefined;
  }

  /** Attributes behind the keyword of the declaration that they belong to. */
  protected rejectBehind(owner: string): void {
    const behind = this.behindAttributes();
    const name = this.namesAttribute(2) ? this.LA(2).image : "";
    const place = span(this.file, this.start(), this.start() + 1 + name.length);
    this.complain(attributeWithoutDeclaration, { name, behind: owner }, place);
    this.skipTokens(behind - 1);
  }

  #rejectDetached(member: string | undefined, behind: number): void {
    const name = this.namesAttribute(2) ? this.LA(2).image : "";
    const place = { file: this.file, start: this.start(), end: this.start() + 1 + name.length };
    const isBefore = this.at(Identifier, behind) && !this.onNewLine(behind) && !this.startsDeclaration(behind);
    const next = isBefore || (member === undefined && this.startsMember(behind)) ? this.LA(behind).image : undefined;
    if (next !== undefined) this.complain(attributeWithoutDeclaration, { name, before: next }, place);
    else if (member === undefined) this.complain(attributeWithoutDeclaration, { name }, place);
    else this.complain(detachedAttribute, { name, member, behindComma: !this.onNewLine() }, place);
    this.skipTokens(behind - 1);
  }

  /** Skips to something that a member, the end of the body or a declaration may start with; braces in pairs. */
  #skipJunk(): void {
    let depth = 0;
    let first = true;
    this.skipWhile(() => {
      if (this.startsDeclaration()) return false;
      if (depth === 0 && this.at(RightBrace)) return false;
      if (
        depth === 0 &&
        !first &&
        (this.startsMember() || (this.onNewLine() && (this.at(Identifier) || this.at(At))))
      ) {
        return false;
      }
      if (this.at(LeftBrace)) depth += 1;
      else if (this.at(RightBrace)) depth -= 1;
      first = false;
      return true;
    });
    // Behind a comma on this line a member may come that looks like nothing yet, such as an enum value.
    if (this.at(Comma)) this.SKIP_TOKEN();
  }

  /** Goes to the `{` of a body, when one is on this line; answers where the body starts. */
  protected toBrace(owner: string): number {
    if (this.at(At) && this.at(LeftBrace, this.behindAttributes())) this.rejectBehind(owner);
    if (this.at(LeftBrace) || this.#correctParentheses(owner)) return this.start();
    const [kind] = owner.split(" ");
    const members = kind === "enum" ? "values" : "fields";
    const mayBeEmpty = kind !== "enum" && kind !== "session";
    const help =
      kind === "session" && this.at(Identifier)
        ? "a session has no name"
        : `${members} stand in braces${mayBeEmpty ? ", also when there are none: `{}`" : ""}`;
    const hasNone = mayBeEmpty && (this.atEnd() || this.onNewLine()) && !this.at(RightBrace) && !this.startsMember();
    this.missing("`{`", owner, help, hasNone ? this.addition(" {}") : undefined);
    let ahead = 1;
    while (ahead <= 16 && !this.onNewLine(ahead) && !this.at(LeftBrace, ahead) && !this.startsMember(ahead)) ahead += 1;
    if (this.at(LeftBrace, ahead) && !this.onNewLine(ahead) && !this.startsDeclaration()) this.skipTokens(ahead - 1);
    return this.start();
  }

  /** `event E(a: i32)`, as if it were a system: read as if the parentheses were braces. */
  #correctParentheses(owner: string): boolean {
    if (!this.at(LeftParenthesis) || this.onNewLine()) return false;
    const close = this.#closingParenthesis();
    if (close === undefined) return false;
    const [opening, closing] = [this.spanOf(this.LA(1)), this.spanOf(this.LA(close))];
    const inside = this.file.text.slice(opening.end, closing.start);
    const edits = [
      { span: { ...opening, start: this.previousEnd() }, text: /^\S/.test(inside) ? " { " : " {" },
      { span: closing, text: /\S$/.test(inside) ? " }" : "}" },
    ];
    this.missing("`{`", owner, "fields stand in braces", { title: "Write braces", edits });
    this.readAs(LeftBrace);
    this.readAs(RightBrace, close);
    return true;
  }

  /** How far ahead the partner of a `(` is, with nothing between that may not stand in a body. */
  #closingParenthesis(): number | undefined {
    let depth = 0;
    for (let ahead = 1; ahead <= FARTHEST_PARENTHESIS; ahead += 1) {
      if (this.at(LeftParenthesis, ahead)) depth += 1;
      else if (this.at(RightParenthesis, ahead)) depth -= 1;
      else if (this.at(LeftBrace, ahead) || this.at(RightBrace, ahead) || this.startsDeclaration(ahead))
        return undefined;
      if (depth === 0) return ahead;
    }
    return undefined;
  }

  protected missingBrace(owner: string, open: IToken | undefined): void {
    if (open === undefined) return;
    const related = [{ message: "the `{` that it closes", span: this.spanOf(open) }];
    const end = this.previousEnd();
    if (this.atEnd()) {
      this.complain(missingBrace, { of: owner }, { file: this.file, start: end, end }, { related });
      return;
    }
    this.unclosed += 1;
    // Said even where something else is missing too: what follows would be read quite differently.
    const keyword = this.LA(this.behindAttributes());
    this.reject(missingBrace, { of: owner }, this.spanOf(keyword), { related });
  }

  /** `required x: i32`. */
  protected skipModifiers(): boolean {
    while (this.at(Identifier) && this.at(Identifier, 2) && !this.onNewLine(2)) {
      const help = modifiers.get(this.LA(1).image);
      if (help === undefined) break;
      const token = this.LA(1);
      this.complain(
        unexpectedText,
        { found: this.foundText(), where: `before ${quote(this.LA(2).image)}`, help },
        this.spanOf(token),
      );
      this.skipTokens(1);
    }
    return true;
  }

  /** `i32 x`, as in C: answers whether a type stood before the name. */
  protected skipLeadingType(): boolean {
    if (!this.at(Identifier) || !this.at(Identifier, 2) || this.onNewLine(2) || this.startsMember(2)) return false;
    const [type, name] = [this.LA(1), this.LA(2)];
    if (!namesBuiltInType(type.image) || namesBuiltInType(name.image)) return false;
    const text = `${name.image}: ${type.image}`;
    const params = {
      found: quote(type.image),
      where: `before ${quote(name.image)}`,
      help: `the name comes first: ${quote(text)}`,
    };
    const place = this.spanOf(type);
    const fix = { title: `Write \`${text}\``, edits: [{ span: { ...place, end: this.spanOf(name).end }, text }] };
    this.complain(unexpectedText, params, place, { fix });
    this.skipTokens(1);
    return true;
  }

  /** `x = i32` for `x: i32`. */
  protected correctEquals(name: string): void {
    if (!this.at(Equals) || !this.at(Identifier, 2) || this.onNewLine(2)) return;
    const type = this.LA(2).image;
    if (!namesBuiltInType(type) && !/^[A-Z]/.test(type)) return;
    const fix = { title: "Write `:`", edits: [{ span: this.spanOf(this.LA(1)), text: ":" }] };
    this.missing("`:`", name, "a type stands behind `:`, a default behind `=`", fix);
    this.readAs(Colon);
  }

  protected typeHelp(): string | undefined {
    if (this.at(LeftBracket)) return "a list is written behind the type of its items: `i32[]`";
    return this.at(LeftBrace) ? "declare a `struct` and write its name" : undefined;
  }

  protected missingColon(name: string): void {
    if (this.onNewLine() || !this.atType()) {
      this.missing("`:` and a type", name);
      return;
    }
    this.ACTION(() => {
      const end = this.previousEnd();
      const fix = { title: "Add `:`", edits: [{ span: span(this.file, end, end), text: ":" }] };
      this.missing("`:`", name, `write \`${name}: Type\``, fix);
    });
  }

  /** `red: 5` for `red = 5`. */
  protected correctColon(): void {
    if (!this.at(Colon) || !this.at(NumberToken, 2)) return;
    const fix = { title: "Write `=`", edits: [{ span: this.spanOf(this.LA(1)), text: " =" }] };
    this.missing("`=`", undefined, "the number of a value stands behind `=`", fix);
    this.skipTokens(2);
  }

  protected noNumber(value: Value): ErrorValue {
    if (value.kind !== "ErrorValue") {
      const found = `\`${this.file.text.slice(value.span.start, value.span.end)}\``;
      this.reject(unexpectedText, { found, where: "as the value of an enum", help: "write a number" }, value.span);
    }
    return { kind: "ErrorValue", span: value.span };
  }

  protected rejectOptionalType(name: Span, question: Span): void {
    const text = this.file.text.slice(name.start, name.end);
    const edits = [
      { span: { file: this.file, start: name.end, end: name.end }, text: "?" },
      { span: question, text: "" },
    ];
    this.reject(optionalOnType, { name: text }, question, { fix: { title: `Write \`${text}?\``, edits } });
  }

  protected atMember(open: IToken | undefined, before: number): boolean {
    if (open === undefined && before === 0) return this.startsMember();
    return !this.startsDeclaration();
  }

  protected atType(): boolean {
    return this.at(Identifier) && !this.startsMember() && !this.startsDeclaration();
  }

  protected atValue(): boolean {
    if (this.at(Identifier)) return !this.startsMember() && !this.startsDeclaration();
    return this.at(Literal);
  }
}
