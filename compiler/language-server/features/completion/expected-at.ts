import type { IToken } from "chevrotain";
import type { FieldPlace, Keyword } from "../../../check/kinds.js";
import {
  At,
  Calls,
  ClauseKeyword,
  Colon,
  Comma,
  DeclarationKeyword,
  Dot,
  Endpoint,
  Enum,
  Equals,
  Identifier,
  LeftBrace,
  LeftBracket,
  LeftParenthesis,
  Literal,
  Namespace,
  Question,
  RightBrace,
  RightBracket,
  RightParenthesis,
  Session,
  System,
} from "../../../syntax/tokens.js";
import { AttributeReader } from "./attribute-reader.js";
import { attributesBehind, clauseName, clauseNamesBehind, clausesBehind, memberAttributesBehind } from "./behind.js";
import type { Cursor } from "./cursor.js";
import { NOTHING, type ClauseWord, type Expected, type Target } from "./expected.js";
import { TokenReader } from "./token-reader.js";

const FIELD_PLACES: Readonly<Record<string, FieldPlace>> = {
  component: "column",
  struct: "struct field",
  error: "error field",
  event: "event field",
  session: "session field",
};

const DECLARATIONS: readonly Keyword[] = [
  "enum",
  "session",
  "component",
  "struct",
  "error",
  "event",
  "system",
  "endpoint",
];

/**
 * What may stand where a cursor is, told from the tokens before it. The tree could not say: what is being typed is not
 * yet of the language. Reads the grammar loosely, so that mistakes further above do not matter.
 */
export function expectedAt(cursor: Cursor): Expected {
  return new ExpectedReader(cursor).file();
}

/** What was read up to the cursor; `undefined`: it goes on behind the part. */
type Found = Expected | undefined;

class ExpectedReader {
  readonly #cursor: Cursor;
  readonly #tokens: TokenReader;
  readonly #attributes: AttributeReader;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#tokens = new TokenReader(cursor.file.file.text, cursor.before);
    this.#attributes = new AttributeReader(cursor, this.#tokens);
  }

  file(): Expected {
    for (;;) {
      const present: string[] = [];
      while (this.#tokens.at(At)) {
        const found = this.#attributes.read(present, (inside) => this.#headTarget(present, inside));
        if (found !== undefined) return found;
      }
      if (this.#tokens.atEnd) return this.#atDeclaration(present);
      if (!this.#tokens.at(DeclarationKeyword)) {
        this.#tokens.take();
        continue;
      }
      const found = this.#declaration(this.#tokens.take());
      if (found !== undefined) return found;
    }
  }

  #atDeclaration(attributes: readonly string[]): Expected {
    const behind = this.#behind();
    const follows = behind.at(DeclarationKeyword) && !behind.breaksSince(this.#cursor.word.end);
    if (attributes.length > 0) return follows ? NOTHING : { kind: "declaration", attributes };
    const isFree = this.#cursor.startsLine || this.#cursor.before.at(-1)?.tokenType === RightBrace;
    return isFree ? { kind: "declaration", attributes } : NOTHING;
  }

  #headTarget(present: string[], inside: boolean): Target {
    const { names, keyword } = attributesBehind(this.#behind(), inside);
    present.push(...names);
    return {
      places: keyword === undefined ? DECLARATIONS : [keyword.word],
      declaration: keyword?.offset,
      member: undefined,
    };
  }

  #declaration(keyword: IToken | undefined): Found {
    if (keyword === undefined) return NOTHING;
    if (keyword.tokenType === Namespace) {
      if (this.#tokens.atEnd) return { kind: "namespace name" };
      this.#tokens.accept(Identifier);
      return undefined;
    }
    if (keyword.tokenType !== Session) {
      if (this.#tokens.atEnd) return NOTHING;
      if (!this.#tokens.startsDeclaration()) this.#tokens.accept(Identifier);
    }
    if (keyword.tokenType === System || keyword.tokenType === Endpoint) return this.#callable(keyword);
    if (keyword.tokenType === Enum && this.#tokens.accept(Colon) !== undefined) {
      if (this.#tokens.atEnd) return { kind: "enum base" };
      this.#tokens.accept(Identifier);
    }
    if (this.#tokens.atEnd) return NOTHING;
    return this.#tokens.accept(LeftBrace) === undefined ? undefined : this.#body(keyword);
  }

  // Bodies and parameters

  #body(keyword: IToken): Found {
    const place = FIELD_PLACES[keyword.image];
    while (!this.#tokens.atEnd) {
      if (this.#tokens.accept(RightBrace) !== undefined || this.#tokens.startsHead()) return undefined;
      const name = this.#tokens.accept(Identifier);
      if (name === undefined) this.#tokens.take();
      const found = name === undefined ? undefined : this.#member(keyword, name, place);
      if (found !== undefined) return found;
    }
    const isFree = this.#cursor.startsLine || isSeparator(this.#cursor.before.at(-1));
    return isFree ? { kind: "member name", of: keyword.image as Keyword, declaration: keyword.startOffset } : NOTHING;
  }

  #member(keyword: IToken, name: IToken, place: FieldPlace | undefined): Found {
    const found = place === undefined ? this.#enumNumber() : this.#field(keyword, name, place);
    if (found !== undefined) return found;
    const present: string[] = [];
    while (this.#tokens.at(At) && !this.#tokens.onNewLine()) {
      const attribute = this.#attributes.read(present, (inside) => {
        present.push(...memberAttributesBehind(this.#behind(), inside, this.#cursor.word.end));
        return {
          places: [place ?? "enum value"],
          declaration: keyword.startOffset,
          member: name.startOffset,
        };
      });
      if (attribute !== undefined) return attribute;
    }
    return undefined;
  }

  #enumNumber(): Found {
    if (this.#tokens.accept(Equals) === undefined) return undefined;
    if (this.#tokens.atEnd) return NOTHING;
    this.#tokens.accept(Literal);
    return undefined;
  }

  #field(keyword: IToken, name: IToken, place: FieldPlace): Found {
    this.#tokens.accept(Question);
    if (this.#tokens.accept(Colon) === undefined) return undefined;
    const found = this.#type(keyword, place);
    if (found !== undefined) return found;
    this.#tokens.accept(Question);
    if (this.#tokens.accept(Equals) === undefined) return undefined;
    if (this.#tokens.atEnd) {
      if (place !== "column") return NOTHING;
      return { kind: "default", declaration: keyword.startOffset, member: name.startOffset };
    }
    if (this.#tokens.at(Colon, 1)) return undefined;
    if (this.#tokens.accept(Literal) === undefined) this.#tokens.accept(Identifier);
    return undefined;
  }

  #type(keyword: IToken, place: FieldPlace | "result"): Found {
    const declaration = keyword.startOffset;
    if (this.#tokens.atEnd) return { kind: "type", place, declaration, namespace: undefined };
    // The next field, or a declaration, where a type should be.
    if (this.#tokens.at(Colon, 1) || this.#tokens.startsHead()) return undefined;
    const first = this.#tokens.accept(Identifier);
    if (this.#tokens.accept(Dot) !== undefined) {
      if (this.#tokens.atEnd) return { kind: "type", place, declaration, namespace: first?.image ?? "" };
      this.#tokens.accept(Identifier);
    } else if (this.#tokens.accept(LeftParenthesis) !== undefined) {
      if (this.#tokens.atEnd) return { kind: "size", type: first?.image ?? "" };
      this.#tokens.accept(Literal);
      if (this.#tokens.atEnd) return { kind: "size", type: first?.image ?? "" };
      this.#tokens.accept(RightParenthesis);
    }
    while (this.#tokens.accept(LeftBracket) !== undefined) {
      if (this.#tokens.atEnd) return NOTHING;
      this.#tokens.accept(RightBracket);
    }
    return undefined;
  }

  #parameters(keyword: IToken): Found {
    while (!this.#tokens.atEnd) {
      if (this.#tokens.accept(RightParenthesis) !== undefined || this.#tokens.startsHead()) return undefined;
      if (this.#startsClause() && this.#tokens.onNewLine()) return undefined;
      const name = this.#tokens.accept(Identifier);
      if (name === undefined) this.#tokens.take();
      const found = name === undefined ? undefined : this.#member(keyword, name, "parameter");
      if (found !== undefined) return found;
    }
    return NOTHING;
  }

  // Systems and endpoints

  #callable(keyword: IToken): Found {
    if (this.#tokens.atEnd) return NOTHING;
    if (this.#tokens.accept(LeftParenthesis) !== undefined) {
      const found = this.#parameters(keyword);
      if (found !== undefined) return found;
    }
    const given: string[] = [];
    for (;;) {
      if (this.#tokens.atEnd) {
        const callable = keyword.tokenType === System ? "system" : "endpoint";
        const { startsLine } = this.#cursor;
        given.push(...clausesBehind(this.#behind()));
        return { kind: "clause", callable, declaration: keyword.startOffset, given, startsLine };
      }
      let found: Found;
      if (this.#tokens.accept(Colon) !== undefined) {
        found = this.#type(keyword, "result");
        this.#tokens.accept(Question);
      } else if (this.#tokens.at(ClauseKeyword) && !this.#tokens.at(LeftParenthesis, 1)) {
        given.push(this.#tokens.peek()?.image ?? "");
        found = this.#clause(keyword, this.#tokens.take());
      } else return undefined;
      if (found !== undefined) return found;
    }
  }

  #clause(callable: IToken, keyword: IToken | undefined): Found {
    const given: string[] = [];
    do {
      if (this.#tokens.atEnd) return this.#clauseName(callable, keyword, given, undefined);
      if (this.#tokens.startsHead() || this.#startsClause()) return undefined;
      if (this.#tokens.at(Identifier) && this.#tokens.at(Dot, 1) && this.#tokens.peek(2) === undefined) {
        return this.#clauseName(callable, keyword, given, this.#tokens.peek()?.image);
      }
      const isCopy = keyword?.tokenType === Calls && this.#tokens.at(Colon, 1) && this.#tokens.peek(2) === undefined;
      if (isCopy) return { kind: "copy" };
      const name = clauseName(this.#tokens);
      if (name !== undefined) given.push(name);
    } while (this.#tokens.accept(Comma) !== undefined);
    return undefined;
  }

  #clauseName(
    callable: IToken,
    keyword: IToken | undefined,
    before: string[],
    namespace: string | undefined,
  ): Expected {
    const given = [...before, ...clauseNamesBehind(this.#behind())];
    const clause = (keyword?.image ?? "uses") as ClauseWord;
    return { kind: "clause name", clause, declaration: callable.startOffset, namespace, given };
  }

  #startsClause(): boolean {
    return this.#tokens.at(ClauseKeyword) && this.#tokens.at(Identifier, 1);
  }

  #behind(): TokenReader {
    return new TokenReader(this.#cursor.file.file.text, this.#cursor.after);
  }
}

function isSeparator(token: IToken | undefined): boolean {
  return token !== undefined && (token.tokenType === LeftBrace || token.tokenType === Comma);
}
