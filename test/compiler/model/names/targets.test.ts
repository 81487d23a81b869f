import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  csharpErrorMemberName,
  csharpMemberName,
  csharpParameterName,
  csharpTypeName,
} from "../../../../compiler/model/names/csharp.js";
import {
  typescriptContextName,
  typescriptErrorMemberName,
  typescriptMemberName,
  typescriptParameterName,
  typescriptTypeName,
} from "../../../../compiler/model/names/typescript.js";

describe("names in TypeScript", () => {
  it("escapes types that would hide a global or a name of the SDK", () => {
    expect(["Position", "Promise", "error", "map"].map(typescriptTypeName)).toEqual([
      "Position",
      "_Promise",
      "_Error",
      "_Map",
    ]);
  });

  it("escapes members that every object or row has", () => {
    const names = ["to_string", "constructor", "to_object", "has_own_property", "then", "class", "name"];
    expect(names.map(typescriptMemberName)).toEqual([
      "_toString",
      "_constructor",
      "_toObject",
      "_hasOwnProperty",
      "_then",
      "class",
      "name",
    ]);
  });

  it("escapes more in errors, which are subclasses of Error", () => {
    expect(["message", "stack", "need"].map(typescriptErrorMemberName)).toEqual(["_message", "_stack", "need"]);
  });

  it("escapes parameters that are keywords", () => {
    expect(["class", "new", "this", "ctx", "x"].map(typescriptParameterName)).toEqual([
      "_class",
      "_new",
      "_this",
      "_ctx",
      "x",
    ]);
  });

  it("names the context of a system", () => {
    expect(typescriptContextName("move_to")).toBe("MoveToContext");
  });
});

describe("names in C#", () => {
  it("escapes types that would hide those of the framework", () => {
    expect(["position", "task", "List"].map(csharpTypeName)).toEqual(["Position", "_Task", "_List"]);
  });

  it("escapes members of object, and the name of the enclosing type", () => {
    expect(["last_seen", "equals", "position"].map((name) => csharpMemberName(name, "Position"))).toEqual([
      "LastSeen",
      "_Equals",
      "_Position",
    ]);
  });

  it("escapes members of exceptions in errors", () => {
    expect(["message", "need"].map((name) => csharpErrorMemberName(name, "NotEnough"))).toEqual(["_Message", "Need"]);
  });

  it("escapes parameters that are keywords", () => {
    expect(["params", "out", "new_", "item_count"].map(csharpParameterName)).toEqual([
      "_params",
      "_out",
      "new_",
      "itemCount",
    ]);
  });
});

it("gives identifiers of both languages for every name, and a leading underscore only to escape", () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/);
  fc.assert(
    fc.property(name, (text) => {
      const all = [
        typescriptTypeName(text),
        typescriptMemberName(text),
        typescriptParameterName(text),
        csharpTypeName(text),
        csharpMemberName(text, "Position"),
        csharpParameterName(text),
      ];
      for (const identifier of all) expect(identifier).toMatch(/^_?[A-Za-z][A-Za-z0-9]*_*$/);
    }),
  );
});
