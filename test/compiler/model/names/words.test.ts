import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { camelCase, pascalCase, snakeCase } from "../../../../compiler/model/names/words.js";

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/);

describe("the conversion of names", () => {
  it.each([
    ["last_seen", "LastSeen", "lastSeen"],
    ["x", "X", "x"],
    ["Position", "Position", "position"],
    ["moveTo", "MoveTo", "moveTo"],
    ["URL_of", "URLOf", "uRLOf"],
    ["a__b", "AB", "aB"],
    ["type_", "Type_", "type_"],
    ["type__", "Type__", "type__"],
    ["i8_value", "I8Value", "i8Value"],
    ["v_2", "V2", "v2"],
  ])("makes %s %s and %s", (from, pascal, camel) => {
    expect([pascalCase(from), camelCase(from)]).toEqual([pascal, camel]);
  });

  it("keeps every letter and digit, and starts with a letter", () => {
    fc.assert(
      fc.property(name, (text) => {
        const bare = (of: string): string => of.replaceAll("_", "").toLowerCase();
        expect(bare(camelCase(text))).toBe(bare(text));
        expect(pascalCase(text)).toMatch(/^[A-Z]/);
        expect(camelCase(text)).toMatch(/^[a-z]/);
      }),
    );
  });

  it("brings names back to snake case", () => {
    expect(["moveTo", "HTTPServer", "Red", "x2Y", "last_seen"].map(snakeCase)).toEqual([
      "move_to",
      "http_server",
      "red",
      "x2_y",
      "last_seen",
    ]);
  });
});
