import type { TokenType } from "chevrotain";
import { extraComma, missingComma } from "../diagnostics/codes/syntax.js";
import { spanning } from "../source/span.js";
import { foreignClauses } from "./foreign-words.js";
import { nearestWord } from "./nearest-word.js";
import { MemberGrammar } from "./member-grammar.js";
import type { CallReference, ResultType } from "./tree.js";
import {
  Calls,
  ClauseKeyword,
  clauseWords,
  Colon,
  Comma,
  Emits,
  Identifier,
  keywords,
  LeftBrace,
  LeftBracket,
  LeftParenthesis,
  Question,
  Rejects,
  Uses,
} from "./tokens.js";
import type { Span } from "../source/span.js";

/** A clause as it is read; `CallableDeclaration` keeps the four apart. */
export interface Clause {
  readonly keyword: Span;
  readonly word: string;
  readonly span: Span;
  /** Only those of `calls` have a suffix. */
  readonly items: readonly CallReference[];
}

/** The result and the clauses of systems and endpoints. */
export abstract class ClauseGrammar extends MemberGrammar {
  // result = ":" type [ "?" ] ;
  protected readonly result = this.RULE("result", (): ResultType => {
    const colon = this.CONSUME(Colon);
    const type =
      this.OPTION({
        GATE: () => !this.startsDeclaration() && !this.startsClause(),
        DEF: () => this.SUBRULE(this.type),
      }) ?? this.missingType(colon.image);
    const optional = this.OPTION2(() => this.spanOf(this.CONSUME(Question)));
    return this.ACTION(() => ({
      kind: "ResultType",
      span: optional === undefined ? type.span : spanning(type.span, optional),
      type,
      optional,
    }));
  });

  // clause = ( "uses" | "rejects" | "emits" ) nameReference { "," nameReference }
  //        | "calls" callReference { "," callReference } ;
  protected readonly clause = this.RULE("clause", (): Clause => {
    const keyword = this.OR([
      { ALT: () => this.CONSUME(Uses) },
      { ALT: () => this.CONSUME(Calls) },
      { ALT: () => this.CONSUME(Rejects) },
      { ALT: () => this.CONSUME(Emits) },
    ]);
    const copies = this.ACTION(() => keyword.tokenType === Calls);
    const items: CallReference[] = [];
    const keep = (item: CallReference | undefined): void => {
      if (item !== undefined) items.push(item);
    };
    const first = this.OPTION({
      GATE: () => this.#atItem(),
      DEF: () => this.SUBRULE(this.callReference, { ARGS: [copies] }),
    });
    if (first === undefined) {
      const enclosed = this.at(LeftParenthesis) || this.at(LeftBracket);
      this.missing("a name", keyword.image, enclosed ? "the names stand without parentheses" : undefined);
    }
    keep(first);
    this.MANY({
      GATE: () => this.at(Comma) || (!this.onNewLine() && !this.at(ClauseKeyword) && this.#atItem()),
      DEF: () =>
        this.OR2([
          {
            ALT: () => {
              const comma = this.CONSUME(Comma);
              const item = this.OPTION2({
                GATE: () => this.#atItem(),
                DEF: () => this.SUBRULE2(this.callReference, { ARGS: [copies] }),
              });
              if (item === undefined) this.ACTION(() => this.#rejectComma(this.spanOf(comma), keyword.image));
              keep(item);
            },
          },
          {
            ALT: () => {
              this.ACTION(() => this.#missingComma(keyword.image));
              keep(this.SUBRULE3(this.callReference, { ARGS: [copies] }));
            },
          },
        ]),
    });
    return this.ACTION(() => ({
      keyword: this.spanOf(keyword),
      // Of a misspelt keyword, the one that was meant.
      word: keyword.tokenType.name,
      span: this.spanFrom(keyword.startOffset),
      items,
    }));
  });

  // callReference = nameReference [ ":" NAME ] ;   the suffix in `calls` only
  protected readonly callReference = this.RULE("callReference", (copies: boolean): CallReference => {
    const start = this.start();
    const system = this.SUBRULE(this.nameReference);
    const suffix = this.OPTION({
      GATE: () => copies,
      DEF: () => {
        const colon = this.CONSUME(Colon);
        const name = this.OPTION2({
          GATE: () => !this.startsClause() && !this.startsDeclaration(),
          DEF: () => this.nameOf(this.CONSUME(Identifier)),
        });
        if (name === undefined) this.missing("the name of a copy", colon.image);
        return name;
      },
    });
    return {
      kind: "CallReference",
      span: this.spanFrom(start),
      system,
      suffix,
    };
  });

  /** Whether a name here is an item of this clause and not the start of what comes behind it. */
  #atItem(): boolean {
    return !this.startsClause() && !this.startsDeclaration() && this.misspeltClause() === undefined;
  }

  /** The keyword that a word before a name most likely means. */
  protected misspeltClause(): TokenType | undefined {
    if (!this.at(Identifier) || !this.at(Identifier, 2) || this.onNewLine(2)) return undefined;
    if (this.at(ClauseKeyword) || this.at(LeftBrace, 3) || this.at(LeftParenthesis, 3)) return undefined;
    const word = this.LA(1).image;
    const meant = /^[a-z]/.test(word) ? (foreignClauses.get(word) ?? nearestWord(word, clauseWords)) : undefined;
    return meant === undefined ? undefined : keywords.get(meant);
  }

  #rejectComma(comma: Span, keyword: string): void {
    const last = this.at(Comma) ? "between the names of" : "at the end of";
    const fix = { title: "Remove the comma", edits: [{ span: comma, text: "" }] };
    this.complain(extraComma, { where: `${last} \`${keyword}\`` }, comma, { fix });
  }

  #missingComma(keyword: string): void {
    const place = this.spanOf(this.LA(1));
    const before = this.previousEnd();
    const fix = {
      title: "Insert a comma",
      edits: [{ span: { file: this.file, start: before, end: before }, text: "," }],
    };
    this.complain(missingComma, { what: `the names of \`${keyword}\``, found: this.foundText() }, place, { fix });
  }
}
