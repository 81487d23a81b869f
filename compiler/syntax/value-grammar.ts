import type { IToken } from "chevrotain";
import { durationOutsideAttribute } from "../diagnostics/codes/lexical.js";
import { arrayTooDeep, malformedRule, unexpectedText } from "../diagnostics/codes/syntax.js";
import { quote } from "../diagnostics/define.js";
import { TokenCursor } from "./token-cursor.js";
import type {
  ArgumentValue,
  DurationLiteral,
  ErrorType,
  ErrorValue,
  NamedType,
  NameReference,
  NumberLiteral,
  RlsExpression,
  RlsOperatorNode,
  StringLiteral,
  TypeNode,
  Value,
} from "./tree.js";
import { decodeString } from "./string-literal.js";
import {
  Dot,
  Duration,
  Equals,
  Identifier,
  LeftBracket,
  LeftParenthesis,
  Literal,
  MalformedNumber,
  NumberToken,
  Operator,
  RightBracket,
  RightParenthesis,
  StringToken,
} from "./tokens.js";

/** Dimensions of an array type. Far above what anyone writes, low enough for every walk over a type to recurse. */
export const MAX_ARRAY_DEPTH = 8;

const unitMilliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** What an operator becomes when its sides are changed; `=` is taken for `==`. */
const MIRRORED: ReadonlyMap<string, RlsOperatorNode["text"]> = new Map([
  ["=", "=="],
  ["==", "=="],
  ["!=", "!="],
  ["<", ">"],
  ["<=", ">="],
  [">", "<"],
  [">=", "<="],
]);

/** Names, values and types. */
export abstract class ValueGrammar extends TokenCursor {
  // nameReference = NAME [ "." NAME ] ;
  protected readonly nameReference = this.RULE("nameReference", (): NameReference => {
    const first = this.nameOf(this.CONSUME(Identifier));
    const second = this.OPTION(() => {
      const dot = this.CONSUME(Dot);
      const name = this.OPTION2(() => this.nameOf(this.CONSUME2(Identifier)));
      if (name === undefined) this.missing("a name", dot.image);
      return name;
    });
    const place = this.spanFrom(first.span.start);
    if (second === undefined) return { kind: "NameReference", span: place, name: first };
    return { kind: "NameReference", span: place, namespace: first, name: second };
  });

  // type = nameReference [ "(" NUMBER ")" ] { "[" "]" } ;
  protected readonly type = this.RULE("type", (): TypeNode => {
    const start = this.start();
    const reference = this.SUBRULE(this.nameReference);
    const size = this.OPTION(() => this.SUBRULE(this.size));
    const named: NamedType = {
      kind: "NamedType",
      span: this.spanFrom(start),
      reference,
      size,
    };
    let type: TypeNode = named;
    let depth = 0;
    this.MANY(() => {
      this.CONSUME(LeftBracket);
      this.ACTION(() => this.#toClosing(RightBracket));
      if (this.OPTION2(() => this.CONSUME(RightBracket)) === undefined) this.missing("`]`", "[");
      depth += 1;
      const place = this.spanFrom(start);
      if (depth <= MAX_ARRAY_DEPTH) type = { kind: "ArrayType", span: place, element: type };
      else if (depth === MAX_ARRAY_DEPTH + 1) {
        this.ACTION(() => this.reject(arrayTooDeep, { limit: MAX_ARRAY_DEPTH }, reference.span));
      }
    });
    return type;
  });

  // size = "(" NUMBER ")" ;
  protected readonly size = this.RULE("size", (): NumberLiteral | ErrorValue => {
    const open = this.CONSUME(LeftParenthesis);
    const size =
      this.OPTION(() =>
        this.OR<NumberLiteral | ErrorValue>([
          { ALT: () => this.#numberOf(this.CONSUME(NumberToken)) },
          { ALT: () => this.errorValue(this.CONSUME(MalformedNumber).startOffset) },
        ]),
      ) ?? this.ACTION(() => this.missingValue("a number", open.image));
    this.ACTION(() => this.#toClosing(RightParenthesis));
    if (this.OPTION2(() => this.CONSUME(RightParenthesis)) === undefined) this.missingParenthesis(open);
    return size;
  });

  // value = NUMBER | STRING | nameReference ;
  protected readonly value = this.RULE("value", (): Value =>
    this.OR<Value>([
      { ALT: () => this.#numberOf(this.CONSUME(NumberToken)) },
      { ALT: () => this.#stringOf(this.CONSUME(StringToken)) },
      { ALT: () => this.SUBRULE(this.nameReference) },
      { ALT: () => this.errorValue(this.CONSUME(MalformedNumber).startOffset) },
      {
        ALT: () => {
          const token = this.CONSUME(Duration);
          this.ACTION(() => this.reject(durationOutsideAttribute, { text: token.image }, this.spanOf(token)));
          return this.errorValue(token.startOffset);
        },
      },
    ]),
  );

  // argumentValue = DURATION | rule | value ;
  protected readonly argumentValue = this.RULE("argumentValue", (): ArgumentValue =>
    this.OR<ArgumentValue>({
      DEF: [
        { ALT: () => this.#durationOf(this.CONSUME(Duration)) },
        { GATE: () => this.#atRule(), ALT: () => this.SUBRULE(this.rule) },
        { GATE: () => this.#atTurnedRule(), ALT: () => this.SUBRULE(this.turnedRule) },
        { ALT: () => this.SUBRULE(this.value) },
      ],
      IGNORE_AMBIGUITIES: true,
    }),
  );

  // rule = NAME OPERATOR NAME "." NAME ;
  protected readonly rule = this.RULE("rule", (): RlsExpression | ErrorValue => {
    const column = this.nameOf(this.CONSUME(Identifier));
    const operator = this.OR([{ ALT: () => this.CONSUME(Operator) }, { ALT: () => this.CONSUME(Equals) }]);
    const right = this.OPTION({
      GATE: () => this.at(Dot, 2) && this.at(Identifier, 3),
      DEF: () => {
        const root = this.nameOf(this.CONSUME2(Identifier));
        this.CONSUME(Dot);
        return { root, member: this.nameOf(this.CONSUME3(Identifier)) };
      },
    });
    return this.ACTION(() => {
      const sign = operator.tokenType === Equals ? "==" : operator.image;
      const named = operator.tokenType === Equals && !this.at(Identifier) && right === undefined;
      const given = this.foundText();
      const callerEnd = this.spanOf(this.LA(1)).end;
      if (right === undefined) this.skipWhile(() => !this.onNewLine() && this.#atOperand());
      const place = this.spanFrom(column.span.start);
      if (named) {
        const help = `a named argument is written ${quote(`${column.text}: …`)}`;
        this.reject(unexpectedText, { found: "`=`", where: `before ${given}`, help }, this.spanOf(operator));
        return this.errorValue(column.span.start);
      }
      if (right === undefined || operator.tokenType === Equals) {
        // The caller is known without `ctx` in other languages.
        const isCaller = given === "`caller`" && place.end === callerEnd;
        const meant = isCaller ? `${column.text} ${sign} ctx.caller` : undefined;
        const write =
          meant === undefined ? undefined : { title: `Write \`${meant}\``, edits: [{ span: place, text: meant }] };
        const equals = { title: "Compare with `==`", edits: [{ span: this.spanOf(operator), text: "==" }] };
        this.reject(malformedRule, meant, place, { fix: right === undefined ? write : equals });
      }
      if (right === undefined || !isOperator(sign)) return this.errorValue(column.span.start);
      const node: RlsOperatorNode = { kind: "RlsOperator", span: this.spanOf(operator), text: sign };
      return { kind: "RlsExpression", span: place, column, operator: node, ...right };
    });
  });

  // Reported, and read as the rule that it is when its sides are changed.
  protected readonly turnedRule = this.RULE("turnedRule", (): RlsExpression | ErrorValue => {
    const root = this.nameOf(this.CONSUME(Identifier));
    this.CONSUME(Dot);
    const member = this.nameOf(this.CONSUME2(Identifier));
    const operator = this.OR([{ ALT: () => this.CONSUME(Operator) }, { ALT: () => this.CONSUME(Equals) }]);
    const column = this.nameOf(this.CONSUME3(Identifier));
    return this.ACTION(() => {
      const sign = MIRRORED.get(operator.image);
      const place = this.spanFrom(root.span.start);
      const text = `${column.text} ${sign ?? ""} ${root.text}.${member.text}`;
      const fix = sign === undefined ? undefined : { title: `Write \`${text}\``, edits: [{ span: place, text }] };
      this.reject(malformedRule, undefined, place, { fix });
      if (sign === undefined) return this.errorValue(root.span.start);
      const node: RlsOperatorNode = { kind: "RlsOperator", span: this.spanOf(operator), text: sign };
      return { kind: "RlsExpression", span: place, column, operator: node, root, member };
    });
  });

  /** An `ErrorValue` that stands for everything from an offset to here. */
  protected errorValue(start: number): ErrorValue {
    return { kind: "ErrorValue", span: this.spanFrom(start) };
  }

  protected missingValue(what: string, after: string): ErrorValue {
    this.missing(what, after);
    return this.errorValue(this.previousEnd());
  }

  protected missingType(after: string, what = "a type", help?: string): ErrorType {
    this.missing(what, after, help);
    return this.errorType();
  }

  /** Stands for a type that was not given, or not where it should be. */
  protected errorType(): ErrorType {
    return { kind: "ErrorType", span: this.spanFrom(this.previousEnd()) };
  }

  /** Complains of a missing `)`, with the place of its partner. */
  protected abstract missingParenthesis(open: IToken): void;

  /** Within a size or `[]`, where nothing nests: goes on at the closing sign when that is on this line. */
  #toClosing(closing: typeof RightBracket): void {
    if (this.at(closing)) return;
    let ahead = 1;
    while (ahead <= 8 && !this.onNewLine(ahead) && !this.at(closing, ahead)) ahead += 1;
    if (!this.at(closing, ahead) || this.onNewLine(ahead)) return;
    this.missing(closing === RightBracket ? "`]`" : "`)`");
    this.skipTokens(ahead - 1);
  }

  #atRule(): boolean {
    return this.at(Identifier) && (this.at(Operator, 2) || this.at(Equals, 2));
  }

  /** `ctx.guild == guild`: the sides of a rule the wrong way round. */
  #atTurnedRule(): boolean {
    if (!this.at(Identifier) || !this.at(Dot, 2) || !this.at(Identifier, 3)) return false;
    return (this.at(Operator, 4) || this.at(Equals, 4)) && this.at(Identifier, 5) && !this.at(Dot, 6);
  }

  #atOperand(): boolean {
    return this.at(Identifier) || this.at(Dot) || this.at(Literal);
  }

  #numberOf(token: IToken): NumberLiteral {
    return { kind: "NumberLiteral", span: this.spanOf(token), raw: token.image };
  }

  #stringOf(token: IToken): StringLiteral {
    return { kind: "StringLiteral", span: this.spanOf(token), value: decodeString(token.image).value };
  }

  #durationOf(token: IToken): DurationLiteral {
    const unit = /[a-z]+$/.exec(token.image)?.[0] ?? "ms";
    const milliseconds = Number.parseInt(token.image, 10) * (unitMilliseconds[unit] ?? 1);
    return { kind: "DurationLiteral", span: this.spanOf(token), raw: token.image, milliseconds };
  }
}

function isOperator(text: string): text is RlsOperatorNode["text"] {
  return ["==", "!=", "<", "<=", ">", ">="].includes(text);
}
