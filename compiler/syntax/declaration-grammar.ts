import { EOF, type IToken } from "chevrotain";
import { repeatedClause, resultAfterClause, unexpectedText } from "../diagnostics/codes/syntax.js";
import { didYouMean } from "../diagnostics/define.js";
import type { Fix } from "../diagnostics/diagnostic.js";
import { spanning, type Span } from "../source/span.js";
import { ClauseGrammar, type Clause } from "./clause-grammar.js";
import type {
  Attribute,
  CallableDeclaration,
  CallsClause,
  Declaration,
  DeclarationNode,
  DocComment,
  NamespaceDeclaration,
  ReferenceClause,
} from "./tree.js";
import {
  At,
  ClauseKeyword,
  Colon,
  Component,
  DeclarationKeyword,
  Dot,
  Endpoint,
  Enum,
  Equals,
  ErrorKeyword,
  Event,
  Identifier,
  LeftBrace,
  LeftParenthesis,
  Namespace,
  RightBrace,
  Session,
  StringToken,
  Struct,
  System,
} from "./tokens.js";

/** What stands before the keyword of a declaration. */
export interface Head {
  readonly start: number;
  readonly doc?: DocComment;
  readonly attributes: readonly Attribute[];
}

const recordKinds = new Map([
  [Component, "ComponentDeclaration" as const],
  [Struct, "StructDeclaration" as const],
  [ErrorKeyword, "ErrorDeclaration" as const],
  [Event, "EventDeclaration" as const],
]);

/** The declarations, from their keywords on. */
export abstract class DeclarationGrammar extends ClauseGrammar {
  // declaration = namespaceDeclaration | enumDeclaration | sessionDeclaration | recordDeclaration | callableDeclaration ;
  protected readonly declaration = this.RULE("declaration", (head: Head) =>
    this.OR<Declaration | NamespaceDeclaration | undefined>([
      { ALT: () => this.SUBRULE(this.namespaceDeclaration, { ARGS: [head] }) },
      { ALT: () => this.SUBRULE(this.enumDeclaration, { ARGS: [head] }) },
      { ALT: () => this.SUBRULE(this.sessionDeclaration, { ARGS: [head] }) },
      { ALT: () => this.SUBRULE(this.recordDeclaration, { ARGS: [head] }) },
      { ALT: () => this.SUBRULE(this.callableDeclaration, { ARGS: [head] }) },
    ]),
  );

  // namespaceDeclaration = "namespace" NAME ;
  protected readonly namespaceDeclaration = this.RULE(
    "namespaceDeclaration",
    (head: Head): NamespaceDeclaration | undefined => {
      const keyword = this.CONSUME(Namespace);
      const name = this.OPTION({
        GATE: () => this.#atName(),
        DEF: () => this.nameOf(this.CONSUME(Identifier)),
      });
      return this.ACTION(() => {
        if (name === undefined) {
          this.#skipBadName(keyword);
          this.forget(this.spanFrom(head.start));
          return undefined;
        }
        this.#rejectDottedName();
        this.#rejectNamespaceBraces();
        return { kind: "NamespaceDeclaration", ...this.#common(head, keyword), name };
      });
    },
  );

  // enumDeclaration = "enum" NAME [ ":" nameReference ] enumValues ;
  protected readonly enumDeclaration = this.RULE("enumDeclaration", (head: Head): Declaration | undefined => {
    const keyword = this.CONSUME(Enum);
    const name = this.OPTION({
      GATE: () => this.#atName(),
      DEF: () => this.nameOf(this.CONSUME(Identifier)),
    });
    if (name === undefined) this.ACTION(() => this.#skipBadName(keyword));
    const base = this.OPTION2(() => {
      const colon = this.CONSUME(Colon);
      const type = this.OPTION3(() => this.SUBRULE(this.nameReference));
      if (type === undefined) this.missing("an integer type", colon.image);
      return type;
    });
    const owner = this.ACTION(() => `enum ${name?.text ?? ""}`.trim());
    const values = this.SUBRULE(this.enumValues, { ARGS: [owner] });
    return this.ACTION(() => {
      if (name === undefined) return this.#forgotten(head);
      return {
        kind: "EnumDeclaration",
        ...this.#common(head, keyword),
        name,
        base,
        values: values.items,
        body: values.span,
      };
    });
  });

  // sessionDeclaration = "session" fields ;
  protected readonly sessionDeclaration = this.RULE("sessionDeclaration", (head: Head): Declaration => {
    const keyword = this.CONSUME(Session);
    const { items, span: body } = this.SUBRULE(this.fields, { ARGS: ["session"] });
    return this.ACTION(() => ({ kind: "SessionDeclaration", ...this.#common(head, keyword), fields: items, body }));
  });

  // recordDeclaration = ( "component" | "struct" | "error" | "event" ) NAME fields ;
  protected readonly recordDeclaration = this.RULE("recordDeclaration", (head: Head): Declaration | undefined => {
    const keyword = this.OR([
      { ALT: () => this.CONSUME(Component) },
      { ALT: () => this.CONSUME(Struct) },
      { ALT: () => this.CONSUME(ErrorKeyword) },
      { ALT: () => this.CONSUME(Event) },
    ]);
    const name = this.OPTION({
      GATE: () => this.#atName(),
      DEF: () => this.nameOf(this.CONSUME(Identifier)),
    });
    if (name === undefined) this.ACTION(() => this.#skipBadName(keyword));
    const owner = this.ACTION(() => `${keyword.image} ${name?.text ?? ""}`.trim());
    const { items, span: body } = this.SUBRULE(this.fields, { ARGS: [owner] });
    return this.ACTION(() => {
      if (name === undefined) return this.#forgotten(head);
      const kind = recordKinds.get(keyword.tokenType) ?? "StructDeclaration";
      return { kind, ...this.#common(head, keyword), name, fields: items, body };
    });
  });

  // callableDeclaration = ( "system" | "endpoint" ) NAME params [ result ] { clause } ;   each clause at most once
  protected readonly callableDeclaration = this.RULE("callableDeclaration", (head: Head): Declaration | undefined => {
    const keyword = this.OR([{ ALT: () => this.CONSUME(System) }, { ALT: () => this.CONSUME(Endpoint) }]);
    const name = this.OPTION({
      GATE: () => this.#atName(),
      DEF: () => this.nameOf(this.CONSUME(Identifier)),
    });
    if (name === undefined) this.ACTION(() => this.#skipBadName(keyword));
    const owner = this.ACTION(() => `${keyword.image} ${name?.text ?? ""}`.trim());
    this.ACTION(() => this.#toParenthesis(owner));
    const params = this.OPTION2(() => this.SUBRULE(this.params));
    const behindParams = this.ACTION(() => this.spanFrom(this.previousEnd()));
    this.ACTION(() => this.#toClause(owner));
    let result = this.OPTION3(() => this.SUBRULE(this.result));
    this.ACTION(() => this.#toClause(owner));
    const clauses: Clause[] = [];
    this.MANY(() => {
      this.OR2([
        { ALT: () => clauses.push(this.SUBRULE(this.clause)) },
        {
          ALT: () => {
            this.ACTION(() => this.complain(resultAfterClause, undefined, this.spanOf(this.LA(1))));
            const late = this.SUBRULE2(this.result);
            result ??= late;
          },
        },
      ]);
      this.ACTION(() => this.#toClause(owner));
    });
    return this.ACTION(() => {
      const byWord = this.#collect(clauses);
      if (name === undefined) return this.#forgotten(head);
      return {
        kind: keyword.tokenType === System ? "SystemDeclaration" : "EndpointDeclaration",
        ...this.#common(head, keyword),
        name,
        params: params?.items ?? [],
        parentheses: params?.span ?? behindParams,
        result,
        ...byWord,
      };
    });
  });

  #common(head: Head, keyword: IToken): Omit<DeclarationNode, "kind"> {
    return {
      span: this.spanFrom(head.start),
      doc: head.doc,
      attributes: head.attributes,
      keyword: this.spanOf(keyword),
    };
  }

  #atName(): boolean {
    return this.at(Identifier) && !this.startsDeclaration();
  }

  /** `namespace a.b`. */
  #rejectDottedName(): void {
    if (!this.at(Dot) || this.onNewLine()) return;
    const params = { found: "`.`", where: "in the name of a namespace", help: "it is one word; use `_` between parts" };
    this.complain(unexpectedText, params, this.spanOf(this.LA(1)));
    this.skipWhile(() => !this.onNewLine() && (this.at(Dot) || this.at(Identifier)));
  }

  /** `namespace a {`. */
  #rejectNamespaceBraces(): void {
    if (!this.at(LeftBrace)) return;
    const help = "it takes no braces: a namespace holds for the whole file";
    const params = { found: "`{`", where: "behind the name of the namespace", help };
    this.complain(unexpectedText, params, this.spanOf(this.LA(1)));
    this.skipTokens(1);
    this.unclosed += 1;
  }

  /** What a declaration without a name leaves in the tree: nothing, but a note of its place. */
  #forgotten(head: Head): Declaration | undefined {
    this.forget(this.spanFrom(head.start));
    return undefined;
  }

  /** Complains of a missing name, and skips what was given as one. */
  #skipBadName(keyword: IToken): void {
    const help = this.at(StringToken) ? "a name stands without quotes" : undefined;
    this.missing("a name", keyword.image, help);
    const opens = this.at(LeftBrace, 2) || this.at(LeftParenthesis, 2);
    if (opens && !this.onNewLine() && !this.at(LeftBrace) && !this.at(LeftParenthesis)) this.skipTokens(1);
  }

  /** Goes to the `(` of the parameters, when one is on this line. */
  #toParenthesis(owner: string): void {
    if (this.at(LeftParenthesis)) return;
    let ahead = 1;
    while (ahead <= 4 && !this.onNewLine(ahead) && this.at(Identifier, ahead)) ahead += 1;
    const help = "parameters stand in parentheses, also when there are none: `()`";
    const hasNone = this.atEnd() || this.onNewLine() || this.startsClause() || this.at(Colon);
    this.missing("`(`", owner, help, hasNone ? this.addition("()") : undefined);
    if (this.at(LeftParenthesis, ahead) && !this.onNewLine(ahead) && !this.startsDeclaration()) {
      this.skipTokens(ahead - 1);
    }
  }

  /** Complains of what stands where a result, a clause or the end of the declaration should, and goes on there. */
  #toClause(owner: string): void {
    if (this.full) this.skipWhile(() => true);
    while (!this.atEnd() && !this.at(ClauseKeyword) && !this.at(Colon) && !this.at(DeclarationKeyword)) {
      if (this.at(At)) {
        const behind = this.behindAttributes();
        const isLast = this.LA(behind).tokenType === EOF && !this.onNewLine();
        if (!isLast && !this.at(ClauseKeyword, behind) && !this.at(Colon, behind)) return;
        this.rejectBehind(owner);
      } else if (this.at(LeftBrace)) {
        const help =
          "a schema only declares it; its code belongs into the server, as in `server/index.ts` of `hetuc init`";
        this.#unexpected(help);
        this.#skipBraces();
      } else if (!this.#correctClause()) {
        if (this.onNewLine()) return;
        this.#unexpected(this.at(Equals) ? "a result is written `: Type`, behind the parameters" : undefined);
        this.skipWhile(
          () =>
            !this.onNewLine() &&
            ![ClauseKeyword, Colon, DeclarationKeyword, At, LeftBrace].some((type) => this.at(type)),
        );
        if (this.onNewLine()) return;
      }
    }
  }

  #unexpected(help: string | undefined, fix?: Fix): void {
    const where = "behind the declaration";
    const params = { found: this.foundText(), where, help };
    this.complain(unexpectedText, params, this.spanOf(this.LA(1)), fix === undefined ? {} : { fix });
  }

  /** A misspelt clause keyword is taken for the right one. */
  #correctClause(): boolean {
    const meant = this.misspeltClause();
    if (meant === undefined) return false;
    const edits = [{ span: this.spanOf(this.LA(1)), text: meant.name }];
    this.#unexpected(didYouMean(meant.name), { title: `Replace with \`${meant.name}\``, edits });
    this.readAs(meant);
    return true;
  }

  /** All up to the `}` that belongs to the `{` here; without one, up to the next declaration. */
  #skipBraces(): void {
    let depth = 0;
    let ahead = 1;
    do {
      if (this.at(LeftBrace, ahead)) depth += 1;
      else if (this.at(RightBrace, ahead)) depth -= 1;
      ahead += 1;
    } while (depth > 0 && this.LA(ahead).tokenType !== EOF && !this.startsDeclaration(ahead));
    this.skipTokens(ahead - 1);
  }

  /** The clauses by their keyword; those written twice are put together. */
  #collect(clauses: readonly Clause[]): Pick<CallableDeclaration<string>, "uses" | "calls" | "rejects" | "emits"> {
    const found = new Map<string, Clause>();
    for (const clause of clauses) {
      const first = found.get(clause.word);
      if (first === undefined) {
        found.set(clause.word, clause);
        continue;
      }
      const related = [{ message: "the first one", span: first.keyword }];
      this.reject(repeatedClause, { keyword: clause.word }, clause.keyword, { related });
      found.set(first.word, { ...first, items: [...first.items, ...clause.items] });
    }
    const uses = found.get("uses");
    const calls = found.get("calls");
    const rejects = found.get("rejects");
    const emits = found.get("emits");
    return {
      uses: uses && referenceClause("UsesClause", uses),
      calls: calls && callsClause(calls),
      rejects: rejects && referenceClause("RejectsClause", rejects),
      emits: emits && referenceClause("EmitsClause", emits),
    };
  }
}

function referenceClause<Kind extends string>(kind: Kind, clause: Clause): ReferenceClause<Kind> {
  return { kind, span: wholeOf(clause), keyword: clause.keyword, items: clause.items.map(({ system }) => system) };
}

function callsClause(clause: Clause): CallsClause {
  return { kind: "CallsClause", span: wholeOf(clause), keyword: clause.keyword, items: clause.items };
}

function wholeOf({ span: own, items }: Clause): Span {
  const last = items.at(-1);
  return last === undefined ? own : spanning(own, last.span);
}
