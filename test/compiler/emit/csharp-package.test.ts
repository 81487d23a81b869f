import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clientCsharp } from "../../../compiler/emit/client-csharp/index.js";
import { model, namespace } from "./models.js";

interface UnityPackage {
  readonly version: string;
  readonly unity: string;
  readonly samples?: readonly { readonly path: string }[];
}

/** The emitted files by path. */
function emit(...namespaces: readonly string[]): ReadonlyMap<string, string> {
  const files = clientCsharp.emit(model(...namespaces.map((name) => namespace(name))));
  return new Map(files.map(({ path, content }) => [path, content]));
}

function unityPackage(files: ReadonlyMap<string, string>): UnityPackage {
  return JSON.parse(files.get("package.json") ?? "") as UnityPackage;
}

describe("the folder that is emitted for C#", () => {
  it("is a package for Unity of the version of this package, and a project for .NET", () => {
    const files = emit("shop");
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
    expect(unityPackage(files)).toMatchObject({ version, unity: "2021.3" });
    for (const file of ["HeTu.asmdef", "HeTu.csproj", "link.xml", "README.md"])
      expect([...files.keys()]).toContain(file);
  });

  it("has a sample when the schema has the namespace that it is written for", () => {
    const files = emit("shop", "walking");
    expect(files.has("Samples~/Walking/WalkingGame.cs")).toBe(true);
    expect(unityPackage(files).samples?.map(({ path }) => path)).toStrictEqual(["Samples~/Walking"]);
  });

  it("has no sample that would not compile", () => {
    const files = emit("shop");
    expect([...files.keys()].filter((path) => path.startsWith("Samples~"))).toStrictEqual([]);
    expect(unityPackage(files).samples).toBeUndefined();
  });

  it("has nothing of what .NET, editors and Unity leave beside the source", () => {
    expect([...emit("shop").keys()].filter((path) => /(^|\/)(bin|obj|\.vs|\.idea)\/|\.meta$/.test(path))).toStrictEqual(
      [],
    );
  });
});
