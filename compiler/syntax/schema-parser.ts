import {
  ambiguousAttribute,
  attributeWithoutDeclaration,
  missingNamespace,
  namespaceNotFirst,
  repeatedNamespace,
  unexpectedText,
  unknownDeclaration,
} from "../diagnostics/codes/syntax.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/source-file.js";
import { lowerBound } from "../source/ordered.js";
import { span, type Span } from "../source/span.js";
import { DeclarationGrammar, type Head } from "./declaration-grammar.js";
import type { LexedFile } from "./lexer.js";
import { declarationModifiers, foreignNamespaceWords, importWords } from "./foreign-words.js";
import { nearestWord } from "./nearest-word.js";
import { move } from "./move.js";
import { cleanDeclarations, NOTHING_UNCHANGED, type CleanDeclaration, type Reading } from "./unchanged.js";
import type { Attribute, Comment, Declaration, DocComment, NamespaceDeclaration, SchemaFile } from "./tree.js";
import {
  At,
  BlockComment,
  Colon,
  Comma,
  DeclarationKeyword,
  DocLine,
  Identifier,
  keywords,
  LeftBrace,
  Question,
  RightBrace,
  UnterminatedComment,
} from "./tokens.js";

export interface SchemaParse {
  readonly tree: SchemaFile;
  /** The parser's own, without those of the lexer. */
  readonly diagnostics: readonly Diagnostic[];
  /** Stretches of source that were refused as a whole. */
  readonly refused: readonly Span[];
  /** What another parse of nearly the same text may take over. */
  readonly clean: readonly CleanDeclaration[];
}

/** The whole grammar: a file is declarations, each behind its attributes. Not re-entrant; one serves all files. */
export class SchemaParser extends DeclarationGrammar {
  #declarations: Declaration[] = [];
  #namespace: NamespaceDeclaration | undefined;
  #namespaceSeen = false;
  #attributes: Attribute[] = [];
  #doc: DocComment | undefined;
  #headStart = 0;
  #previousDeclarationEnd: number | undefined;
  #unchanged = NOTHING_UNCHANGED;
  #readings: Reading[] = [];
  /** {@link troubles} at the end of the declaration before. */
  #lastTroubles = 0;
  #headPreviousEnd: number | undefined;

  /** @param validate whether Chevrotain checks the grammar itself and throws if it is ambiguous; slow, for the tests. */
  constructor(validate = false) {
    super(validate);
    this.performSelfAnalysis();
  }

  // schema = { { attribute } declaration } ;
  protected readonly schema = this.RULE("schema", (): void => {
    this.ACTION(() => this.#toDeclaration());
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const attribute = this.SUBRULE(this.attribute);
            if (attribute !== undefined) this.#attributes.push(attribute);
          },
        },
        {
          ALT: () => {
            const head = this.ACTION(() => this.#takeHead());
            const declaration = this.SUBRULE(this.declaration, { ARGS: [head] });
            this.ACTION(() => {
              this.#add(declaration);
              this.#lastTroubles = this.troubles;
            });
          },
        },
      ]);
      this.ACTION(() => this.#toDeclaration());
    });
  });

  /**
   * Parses one file.
   *
   * @param unchanged of this parse alone: declarations of an earlier text that are taken over, and moved, where they are met.
   */
  parse(file: SourceFile, lexed: LexedFile, unchanged = NOTHING_UNCHANGED): SchemaParse {
    this.open(file, lexed);
    this.#unchanged = unchanged;
    this.#readings = [];
    this.#lastTroubles = 0;
    this.unclosed = 0;
    this.#declarations = [];
    this.#namespace = undefined;
    this.#namespaceSeen = false;
    this.#attributes = [];
    this.#doc = undefined;
    this.#previousDeclarationEnd = undefined;
    this.schema();
    this.close();
    this.#requireNamespace();
    const namespace = this.#namespace;
    const tree: SchemaFile = {
      kind: "SchemaFile",
      span: span(file, 0, file.text.length),
      file,
      namespace,
      declarations: this.#declarations,
      comments: lexed.comments.map((token): Comment => {
        const block = token.tokenType === BlockComment || token.tokenType === UnterminatedComment;
        const kind = block ? "BlockComment" : token.tokenType === DocLine ? "DocLine" : "LineComment";
        return { kind, span: this.spanOf(token), text: token.image };
      }),
      skipped: this.skipped,
    };
    const clean = cleanDeclarations(this.#readings, this.troubles, file.text.length);
    this.#unchanged = NOTHING_UNCHANGED;
    const diagnostics = [...this.diagnostics, ...this.docs.warnings(this.skipped)];
    return { tree, diagnostics, refused: this.refused, clean };
  }

  /** Where the token before this one ends, when it is the last of a declaration and no comma, or there is none. */
  #cleanPreviousEnd(): number | undefined {
    const end = this.previousEnd();
    return end !== (this.#previousDeclarationEnd ?? 0) || this.at(Comma, 0) ? undefined : end;
  }

  /** Takes a declaration over, when an unchanged one starts here as it did before. */
  #takeOver(): boolean {
    const known = this.#unchanged.take(this.start());
    if (known === undefined || this.full || known.previousEnd !== this.#cleanPreviousEnd()) return false;
    const { declaration, previousEnd, tokens, delta } = known;
    if (this.docs.hasLeft(previousEnd)) return false;
    move(declaration, delta);
    const { end } = declaration.span;
    for (let left = tokens; left > 0; left -= 1) this.SKIP_TOKEN();
    this.docs.passTo(end);
    this.#declarations.push(declaration);
    this.#previousDeclarationEnd = end;
    this.#note(declaration, previousEnd, tokens);
    this.#lastTroubles = this.troubles;
    return true;
  }

  #takeHead(): Head {
    if (this.#attributes.length === 0) this.#startHead();
    const attributes = this.#attributes.filter((attribute) => !this.#isAmbiguous(attribute));
    this.#attributes = [];
    const start = attributes[0]?.span.start ?? this.start();
    return { start, attributes, doc: this.#doc };
  }

  #startHead(): void {
    this.#headPreviousEnd = this.#cleanPreviousEnd();
    this.#doc = this.takeDoc();
    this.#headStart = this.start();
  }

  /** Whether an attribute seems to belong to the declaration before; that is reported. */
  #isAmbiguous(attribute: Attribute): boolean {
    const end = this.#previousDeclarationEnd;
    if (end === undefined || this.breaksBetween(end, attribute.span.start)) return false;
    if (!this.breaksBetween(attribute.span.end, this.start())) return false;
    this.reject(ambiguousAttribute, { name: attribute.name.text }, attribute.span);
    this.forget(attribute.span);
    return true;
  }

  /** Notes how the last declaration was read. */
  #note(declaration: Declaration, previousEnd: number | undefined, tokens?: number): void {
    if (previousEnd === undefined) return;
    const [troublesBefore, troublesAfter] = [this.#lastTroubles, this.troubles];
    this.#readings.push({
      declaration,
      previousEnd,
      tokens: tokens ?? this.#tokensOf(declaration),
      troublesBefore,
      troublesAfter,
    });
  }

  #tokensOf({ span: { start, end } }: Declaration): number {
    const indexOf = (offset: number): number => lowerBound(this.input, offset, ({ startOffset }) => startOffset);
    return indexOf(end) - indexOf(start);
  }

  #add(declaration: Declaration | NamespaceDeclaration | undefined): void {
    this.#previousDeclarationEnd = this.previousEnd();
    this.#doc = undefined;
    this.separate();
    if (declaration === undefined) return;
    if (declaration.kind !== "NamespaceDeclaration") {
      this.#declarations.push(declaration);
      if (!this.docs.hasLeft(this.previousEnd())) this.#note(declaration, this.#headPreviousEnd);
      return;
    }
    const { name, keyword } = declaration;
    const first = this.#namespace;
    if (first !== undefined) {
      const related = [{ message: "the first one", span: first.name.span }];
      this.reject(repeatedNamespace, { name: name.text }, name.span, { related });
      return;
    }
    const place = span(this.file, keyword.start, name.span.end);
    if (this.#declarations.length > 0) this.reject(namespaceNotFirst, { name: name.text }, place);
    this.#namespace = declaration;
  }

  #requireNamespace(): void {
    const first = this.#declarations[0];
    const begin = first?.keyword.start ?? 0;
    const firstRefused = this.skipped.some(({ start }) => start <= begin) || this.#namespaceSeen;
    if (this.#namespace !== undefined || firstRefused) return;
    const place = first === undefined ? span(this.file, 0, 0) : first.keyword;
    this.reject(missingNamespace, undefined, place);
  }

  /** Goes to the next attribute or keyword of a declaration and complains of what lies between. */
  #toDeclaration(): void {
    if (this.full) this.skipWhile(() => true);
    while (!this.atEnd()) {
      if (this.#attributes.length === 0 && this.#takeOver()) continue;
      if (this.at(At)) {
        if (this.#attributes.length > 0) return;
        this.#startHead();
        const behind = this.behindAttributes();
        if (this.#atKeyword(this.#behindModifiers(behind)) || !this.#belongsToNothing(behind)) return;
        this.skipTokens(behind - 1);
      } else if (this.#atKeyword()) return;
      else if (this.#atKeyword(this.#behindModifiers(1))) this.#skipModifiers();
      else {
        this.#dropHead();
        this.#skipJunk();
      }
    }
    this.#dropHead();
  }

  /** Whether a keyword is the start of a declaration and not the name of a field that went astray. */
  #atKeyword(ahead = 1): boolean {
    return this.at(DeclarationKeyword, ahead) && !this.at(Colon, ahead + 1) && !this.at(Question, ahead + 1);
  }

  /** The number of tokens to look ahead to get behind words that other languages put before a declaration. */
  #behindModifiers(ahead: number): number {
    let next = ahead;
    while (this.at(Identifier, next) && declarationModifiers.has(this.LA(next).image)) next += 1;
    return next;
  }

  /** `async system`. The attributes before it are those of the declaration. */
  #skipModifiers(): void {
    const behind = this.#behindModifiers(1);
    const { image } = this.LA(1);
    const params = { found: this.foundText(), where: `before \`${this.LA(behind).image}\``, help: junkHelp(image) };
    this.complain(unexpectedText, params, this.spanOf(this.LA(1)));
    this.skipTokens(behind - 1);
  }

  /** Complains of attributes behind which no declaration comes, unless its keyword may just be misspelt. */
  #belongsToNothing(behind: number): boolean {
    if (this.#suggestedKeyword(behind) !== undefined) return false;
    const name = this.namesAttribute(2) ? this.LA(2).image : "";
    const place = span(this.file, this.start(), this.start() + 1 + name.length);
    this.complain(attributeWithoutDeclaration, { name }, place);
    return true;
  }

  /** Attributes that were read turn out to belong to nothing. */
  #dropHead(): void {
    const [first] = this.#attributes;
    if (first !== undefined) {
      const misspelt = this.#suggestedKeyword(1) !== undefined;
      if (misspelt) return;
      this.complain(attributeWithoutDeclaration, { name: first.name.text }, first.span);
      this.forget(span(this.file, first.span.start, this.previousEnd()));
    }
    this.#attributes = [];
    this.#doc = undefined;
  }

  #skipJunk(): void {
    const token = this.LA(1);
    const place = this.spanOf(token);
    const suggestion = this.#suggestedKeyword(1);
    const keyword = suggestion === undefined ? undefined : keywords.get(suggestion);
    if (keyword !== undefined) {
      const fix = { title: `Write \`${suggestion ?? ""}\``, edits: [{ span: place, text: suggestion ?? "" }] };
      this.complain(unknownDeclaration, { word: token.image, suggestion }, place, { fix });
      this.readAs(keyword);
      return;
    }
    if (this.looksLikeDeclaration(1)) {
      this.complain(unknownDeclaration, { word: token.image, suggestion: undefined }, place);
    } else {
      const closing = this.at(RightBrace);
      if (closing && this.unclosed > 0) {
        this.unclosed -= 1;
        this.skipTokens(1);
        return;
      }
      const where = closing ? "without a `{`" : "outside of a declaration";
      this.complain(unexpectedText, { found: this.foundText(), where, help: junkHelp(token.image) }, place);
    }
    let first = true;
    let depth = 0;
    this.skipWhile(() => {
      const goesOn =
        first ||
        !(this.#resumesAt() || this.#atImport() || (depth <= 0 && this.onNewLine() && this.looksLikeDeclaration(1)));
      if (this.at(LeftBrace)) depth += 1;
      else if (this.at(RightBrace)) depth -= 1;
      first = false;
      return goesOn;
    });
  }

  /** Whether, behind text that was not understood, a declaration or its attributes surely start here. */
  #resumesAt(): boolean {
    if (this.at(At)) return this.onNewLine() && this.#resumesAtKeyword(this.behindAttributes());
    return this.#resumesAtKeyword(1);
  }

  /** Whether a line brings in names of another file, as other languages do. Each is a mistake of its own. */
  #atImport(): boolean {
    return this.onNewLine() && this.at(Identifier) && importWords.has(this.LA(1).image);
  }

  #resumesAtKeyword(ahead: number): boolean {
    if (this.startsDeclaration(ahead)) return true;
    if (!this.#atKeyword(ahead)) return this.onNewLine(ahead) && this.#suggestedKeyword(ahead) !== undefined;
    return this.onNewLine(ahead) && this.at(Identifier, ahead + 1) && !this.onNewLine(ahead + 1);
  }

  /** The keyword that was most likely meant by a word; `namespace` only while there is none. */
  #suggestedKeyword(ahead: number): string | undefined {
    const meant = this.misspeltKeyword(ahead);
    if (meant !== undefined && meant !== "namespace") return meant;
    if (this.#namespace !== undefined || !this.at(Identifier, ahead) || this.at(DeclarationKeyword, ahead))
      return undefined;
    if (!this.at(Identifier, ahead + 1) || this.onNewLine(ahead + 1)) return undefined;
    const word = this.LA(ahead).image;
    return foreignNamespaceWords.has(word) ? "namespace" : nearestWord(word, ["namespace"]);
  }
}

function junkHelp(word: string): string | undefined {
  if (importWords.has(word)) return "nothing is imported: all files of a project are one schema";
  return declarationModifiers.has(word) ? "leave it out; a declaration starts with its keyword" : undefined;
}
