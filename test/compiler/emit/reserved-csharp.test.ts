import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { csharpNamespaceName, csharpTypeName } from "../../../compiler/model/names/csharp.js";

const template = fileURLToPath(new URL("../../../templates/client-csharp", import.meta.url));

interface DeclaredType {
  readonly name: string;
  readonly isPublic: boolean;
  readonly isGeneric: boolean;
}

/** The types that the SDK declares in the namespace `HeTu`, not those inside of others. */
function declaredTypes(): DeclaredType[] {
  const files = readdirSync(template, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".cs"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](bin|obj|Samples~)[\\/]/.test(file));
  const declaration =
    /^ {4}(public|internal) (?:\w+ )*?(?:(?:class|struct|interface|enum) (\w+)(<)?|delegate \S+ (\w+)(<)?)/gm;
  return files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    if (!/^namespace HeTu$/m.test(text)) return [];
    return [...text.matchAll(declaration)].map(([, access, type, typeArguments, callback, callbackArguments]) => ({
      name: type ?? callback ?? "",
      isPublic: access === "public",
      isGeneric: (typeArguments ?? callbackArguments) !== undefined,
    }));
  });
}

describe("the names that C# reserves", () => {
  const types = declaredTypes();
  const plain = types.filter(({ isGeneric }) => !isGeneric);

  it("are looked for in every file of the SDK", () => {
    expect(types.length).toBeGreaterThan(100);
    expect(types).toContainEqual({ name: "ErrorReader", isPublic: true, isGeneric: false });
    expect(types).toContainEqual({ name: "LiveRange", isPublic: true, isGeneric: true });
  });

  it("hold every public type of the SDK, which a type of a schema would make ambiguous", () => {
    const free = plain.filter(({ name, isPublic }) => isPublic && csharpTypeName(name) === name);
    expect(
      free.map(({ name }) => name),
      "add them to CSHARP_SDK",
    ).toStrictEqual([]);
  });

  it("hold every type of the SDK against namespaces, which cannot have the name of one", () => {
    const free = plain.filter(({ name }) => csharpNamespaceName(name) === name);
    expect(
      free.map(({ name }) => name),
      "add them to CSHARP_SDK_INTERNALS",
    ).toStrictEqual([]);
  });

  it("leave generic types of the SDK to schemas: C# tells them apart", () => {
    expect(["Page", "Change", "Query"].map(csharpTypeName)).toStrictEqual(["Page", "Change", "Query"]);
  });
});
