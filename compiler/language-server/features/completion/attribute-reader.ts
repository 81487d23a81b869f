import type { IToken } from "chevrotain";
import {
  At,
  Colon,
  Comma,
  Identifier,
  LeftBrace,
  LeftParenthesis,
  RightBrace,
  RightParenthesis,
} from "../../../syntax/tokens.js";
import { argumentsBehind } from "./behind.js";
import type { Cursor } from "./cursor.js";
import type { Expected, Target } from "./expected.js";
import type { TokenReader } from "./token-reader.js";

/** Reads an attribute up to a cursor that may be in it. */
export class AttributeReader {
  readonly #cursor: Cursor;
  readonly #tokens: TokenReader;

  constructor(cursor: Cursor, tokens: TokenReader) {
    this.#cursor = cursor;
    this.#tokens = tokens;
  }

  /**
   * @param present the attributes before it; its name is added.
   * @param target what it belongs to, asked when the cursor is in the attribute; adds those behind it to `present`.
   * @returns `undefined` when the attribute ends before the cursor.
   */
  read(present: string[], target: (insideParentheses: boolean) => Target): Expected | undefined {
    this.#tokens.take();
    if (this.#tokens.atEnd) return { kind: "attribute", target: target(false), present };
    if (this.#tokens.startsHead()) return undefined;
    const name = this.#tokens.accept(Identifier)?.image ?? "";
    if (this.#tokens.accept(LeftParenthesis) !== undefined) {
      const given: string[] = [];
      const found = this.#arguments(name, given, target);
      if (found !== undefined) return found;
    }
    present.push(name);
    return undefined;
  }

  #arguments(attribute: string, given: string[], target: (inside: boolean) => Target): Expected | undefined {
    for (let index = 0; ; index += 1) {
      let name: string | undefined;
      let parts: IToken[] = [];
      while (!this.#tokens.atEnd && !this.#tokens.at(Comma)) {
        if (this.#leaves(attribute)) {
          this.#tokens.accept(RightParenthesis);
          return undefined;
        }
        const token = this.#tokens.take();
        if (token !== undefined) parts.push(token);
        if (parts.length === 1 && this.#tokens.accept(Colon) !== undefined) {
          name = token?.image;
          parts = [];
        }
      }
      if (this.#tokens.atEnd) {
        const behind = argumentsBehind(this.#cursor.after, this.#cursor.file.file.text);
        return {
          kind: "argument",
          target: target(true),
          attribute,
          index,
          name,
          given: [...given, ...behind],
          parts,
        };
      }
      this.#tokens.take();
      const first = name ?? parts[0]?.image;
      if (first !== undefined) given.push(first);
    }
  }

  /** Whether the arguments end here, with a `)` or because it must have been forgotten. */
  #leaves(attribute: string): boolean {
    const tokens = this.#tokens;
    if (tokens.at(RightParenthesis) || tokens.at(LeftBrace) || tokens.at(RightBrace)) return true;
    if (tokens.startsDeclaration()) return true;
    if (!tokens.onNewLine()) return false;
    return tokens.at(At) || (attribute !== "limit" && tokens.at(Identifier) && tokens.at(Colon, 1));
  }
}
