import { Lexer } from "chevrotain";
import { describe, expect, it } from "vitest";
import { SchemaParser } from "../../../compiler/syntax/schema-parser.js";
import { allTokens } from "../../../compiler/syntax/tokens.js";

describe("the definition of the syntax", () => {
  it("has tokens in which Chevrotain finds no fault", () => {
    const lexer = new Lexer([...allTokens], { positionTracking: "onlyOffset", ensureOptimizations: true });
    expect(lexer.lexerDefinitionErrors).toEqual([]);
  });

  it("has a grammar in which Chevrotain finds no ambiguity", () => {
    expect(() => new SchemaParser(true)).not.toThrow();
  });
});
