import type { IToken } from "chevrotain";
import {
  extraComma,
  malformedRule,
  missingComma,
  missingParenthesis,
  unexpectedText,
} from "../diagnostics/codes/syntax.js";
import { foreignKeywords } from "./foreign-words.js";
import { nearestWord } from "./nearest-word.js";
import type { Attribute, AttributeArgument, Name } from "./tree.js";
import {
  At,
  ClauseKeyword,
  Colon,
  Comma,
  DeclarationKeyword,
  declarationWords,
  Dot,
  Enum,
  Identifier,
  LeftBrace,
  LeftParenthesis,
  Literal,
  Operator,
  RightBrace,
  RightParenthesis,
  Session,
} from "./tokens.js";
import { ValueGrammar } from "./value-grammar.js";

/** Attributes, and what all lists in parentheses have in common. */
export abstract class AttributeGrammar extends ValueGrammar {
  // attribute = "@" NAME [ "(" [ argument { "," argument } [ "," ] ] ")" ] ;
  protected readonly attribute = this.RULE("attribute", (): Attribute | undefined => {
    const at = this.CONSUME(At);
    const name = this.OPTION({
      GATE: () => this.namesAttribute(1),
      DEF: () => this.nameOf(this.CONSUME(Identifier)),
    });
    if (name === undefined) this.missing("the name of an attribute", at.image);
    const list = this.OPTION2(() => this.SUBRULE(this.argumentList));
    return this.ACTION((): Attribute | undefined => {
      const place = this.spanFrom(at.startOffset);
      if (name === undefined) {
        this.forget(place);
        return undefined;
      }
      return { kind: "Attribute", span: place, name, arguments: list?.items ?? [], parentheses: list?.span };
    });
  });

  // argumentList = "(" [ argument { "," argument } [ "," ] ] ")" ;
  protected readonly argumentList = this.RULE("argumentList", () => {
    const items: AttributeArgument[] = [];
    const open = this.CONSUME(LeftParenthesis);
    const atItem = (): boolean => this.#atArgument();
    this.ACTION(() => this.toItem("arguments", true, atItem));
    this.MANY({
      GATE: atItem,
      DEF: () => {
        items.push(this.SUBRULE(this.argument));
        const comma = this.OPTION(() => this.CONSUME(Comma));
        this.ACTION(() => this.toItem("arguments", comma !== undefined, atItem));
      },
    });
    if (this.OPTION2(() => this.CONSUME(RightParenthesis)) === undefined) this.missingParenthesis(open);
    return { items, span: this.spanFrom(open.startOffset) };
  });

  // argument = [ NAME ":" ] argumentValue ;
  protected readonly argument = this.RULE("argument", (): AttributeArgument => {
    const start = this.start();
    const name = this.OPTION({
      GATE: () => this.at(Colon, 2),
      DEF: (): Name => {
        const token = this.CONSUME(Identifier);
        this.CONSUME(Colon);
        return this.nameOf(token);
      },
    });
    const value =
      this.OPTION2({ GATE: () => this.#atArgument(), DEF: () => this.SUBRULE(this.argumentValue) }) ??
      this.missingValue("a value", ":");
    return {
      kind: "AttributeArgument",
      span: this.spanFrom(start),
      name,
      value,
    };
  });

  /**
   * Whether a declaration starts here, which no braces or parentheses can contain: a keyword, a name and then `{` or
   * `(`. So does `session {`, and an `enum` with its base. At the start of a line the keyword may be misspelt.
   */
  protected startsDeclaration(ahead = 1): boolean {
    if (!this.at(DeclarationKeyword, ahead)) return this.misspeltKeyword(ahead) !== undefined && this.onNewLine(ahead);
    if (this.at(LeftBrace, ahead + 1)) return this.at(Session, ahead);
    if (!this.at(Identifier, ahead + 1)) return false;
    if (this.at(LeftBrace, ahead + 2) || this.at(LeftParenthesis, ahead + 2)) return true;
    const withBase = this.at(Enum, ahead) && this.at(Colon, ahead + 2) && this.at(Identifier, ahead + 3);
    return withBase && this.at(LeftBrace, ahead + 4);
  }

  /** Whether `word Name {` or `word name(` comes. */
  protected looksLikeDeclaration(ahead: number): boolean {
    if (!this.at(Identifier, ahead) || !this.at(Identifier, ahead + 1)) return false;
    return this.at(LeftBrace, ahead + 2) || this.at(LeftParenthesis, ahead + 2);
  }

  /** The keyword that was most likely meant by the first word, misspelt or foreign, of what looks like a declaration. */
  protected misspeltKeyword(ahead: number): string | undefined {
    if (!this.looksLikeDeclaration(ahead) || this.at(DeclarationKeyword, ahead)) return undefined;
    const word = this.LA(ahead).image;
    return foreignKeywords.get(word) ?? nearestWord(word, declarationWords);
  }

  /**
   * Goes to the next item of a list in parentheses, or to where the list ends, and complains of what lies between.
   *
   * @param separated whether a comma stands before here, or nothing need to.
   */
  protected toItem(what: string, separated: boolean, atItem: () => boolean): void {
    let needsComma = !separated;
    if (this.full) this.skipWhile(() => true);
    while (!this.at(RightParenthesis) && !this.#leavesParentheses()) {
      if (atItem()) {
        if (needsComma) this.complain(missingComma, { what, found: this.foundText() }, this.spanOf(this.LA(1)));
        return;
      }
      if (this.at(Comma)) {
        if (!needsComma) this.complain(extraComma, { where: `between ${what}` }, this.spanOf(this.LA(1)));
        needsComma = false;
        this.SKIP_TOKEN();
        continue;
      }
      if (what === "arguments" && this.onNewLine()) return;
      if (what === "parameters" && this.startsClause()) return;
      if (this.at(Operator)) this.complain(malformedRule, undefined, this.spanOf(this.LA(1)));
      this.complain(unexpectedText, { found: this.foundText(), where: `between ${what}` }, this.spanOf(this.LA(1)));
      this.skipWhile(() => !this.at(Comma) && !this.at(RightParenthesis) && !this.#leavesParentheses() && !atItem());
      // Whatever stood there may well have been meant as the separator.
      needsComma = this.at(Comma);
    }
  }

  protected missingParenthesis(open: IToken): void {
    this.ACTION(() => {
      const elsewhere = this.atEnd() || this.onNewLine();
      const end = this.previousEnd();
      const place = elsewhere ? { file: this.file, start: end, end } : this.spanOf(this.LA(1));
      const related = [{ message: "the `(` that it closes", span: this.spanOf(open) }];
      this.complain(missingParenthesis, elsewhere ? {} : { found: this.foundText() }, place, { related });
    });
  }

  protected namesAttribute(ahead: number): boolean {
    if (!this.at(Identifier, ahead) || this.startsDeclaration(ahead) || this.startsMember(ahead)) return false;
    return !(this.onNewLine(ahead) && this.at(DeclarationKeyword, ahead));
  }

  protected continuesAttribute(ahead: number): boolean {
    if (this.LA(ahead).tokenType.name === "EOF" || this.at(LeftBrace, ahead) || this.at(RightBrace, ahead))
      return false;
    if (!this.onNewLine(ahead)) return true;
    return !this.at(At, ahead) && !this.#looksLikeField(ahead) && !this.startsDeclaration(ahead);
  }

  /** Whether a clause comes: its keyword and a name that is no keyword itself. */
  protected startsClause(ahead = 1): boolean {
    if (!this.at(ClauseKeyword, ahead) || !this.at(Identifier, ahead + 1)) return false;
    return !this.at(ClauseKeyword, ahead + 1) && !this.at(DeclarationKeyword, ahead + 1);
  }

  #leavesParentheses(): boolean {
    if (this.atEnd() || this.at(LeftBrace) || this.at(RightBrace)) return true;
    return this.onNewLine() && (this.at(At) || this.startsDeclaration() || this.startsClause());
  }

  /** Whether an argument starts here; on a further line a field is none, and neither is a declaration. */
  #atArgument(): boolean {
    if (this.at(Identifier)) {
      if (this.startsDeclaration()) return false;
      if (!this.onNewLine()) return true;
      return !this.#looksLikeField() && !this.startsClause();
    }
    return this.at(Literal);
  }

  /** A field `name: type` is told from a named argument by what may not follow an argument. */
  #looksLikeField(ahead = 1): boolean {
    if (!this.startsMember(ahead)) return false;
    if (!this.at(Colon, ahead + 1)) return true;
    if (!this.at(Identifier, ahead + 2)) return false;
    const behind = ahead + (this.at(Dot, ahead + 3) ? 5 : 3);
    return !this.at(Comma, behind) && !this.at(RightParenthesis, behind);
  }
}
