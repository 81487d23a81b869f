import { describe, expect, it } from "vitest";
import { GeneratedFile, relativeModule } from "../../../compiler/emit/generated-file.js";
import { docComment } from "../../../compiler/emit/doc-comment.js";
import { fileNames } from "../../../compiler/emit/file-names.js";

const team = { name: "Team", module: "a/enums/team.ts" };
const otherTeam = { name: "Team", module: "b/enums/team.ts" };
const pack = { name: "codegen", alias: "$", module: "hetu", package: true } as const;

function file(declares: readonly string[] = []): GeneratedFile {
  return new GeneratedFile("a/components/position.ts", { header: ["Top."], declares });
}

describe("generated files", () => {
  it("import what their lines use, packages first, and nothing else", () => {
    const generated = file();
    generated.print(`export const red = ${generated.value(team)}.red;`, [
      `const $ = ${generated.value(pack)};`,
      "$();",
    ]);
    expect(generated.toFile()).toStrictEqual({
      path: "a/components/position.ts",
      content: [
        "// Top.",
        'import { codegen as $ } from "hetu";',
        'import { Team } from "../enums/team.js";',
        "",
        "export const red = Team.red;",
        "const $ = $;",
        "$();",
        "",
      ].join("\n"),
    });
  });

  it("import only the type when nothing needs the value", () => {
    const generated = file();
    generated.type(team);
    generated.type({ name: "$Team", module: team.module });
    expect(generated.toFile().content).toContain('import type { $Team, Team } from "../enums/team.js";');
    generated.value(team);
    expect(generated.toFile().content).toContain('import { type $Team, Team } from "../enums/team.js";');
  });

  it("give a second import of the same name, and one of a declared name, a local name of its own", () => {
    const generated = file(["Position"]);
    expect(generated.value(team)).toBe("Team");
    expect(generated.value(otherTeam)).toBe("Team$2");
    expect(generated.value(otherTeam)).toBe("Team$2");
    expect(generated.type({ name: "Position", module: "b/components/position.ts" })).toBe("Position$2");
    expect(generated.toFile().content).toContain('import { Team as Team$2 } from "../../b/enums/team.js";');
  });

  it("have no empty line on top when they import nothing", () => {
    const generated = file();
    generated.print("export {};");
    expect(generated.toFile().content).toBe("// Top.\nexport {};\n");
  });

  it("address other files as modules", () => {
    expect(relativeModule("a/schema.ts", "a/model.ts")).toBe("./model.js");
    expect(relativeModule("a/components/x.ts", "b/enums/y.ts")).toBe("../../b/enums/y.js");
  });
});

describe("doc comments", () => {
  it("are one line, or a block, or nothing", () => {
    expect(docComment({})).toStrictEqual([]);
    expect(docComment({ doc: "One." }, "  ")).toStrictEqual(["  /** One. */"]);
    expect(docComment({ doc: "One.\n\nTwo." })).toStrictEqual(["/**", " * One.", " *", " * Two.", " */"]);
    expect(docComment({ doc: "One.", deprecated: "old" })).toStrictEqual([
      "/**",
      " * One.",
      " * @deprecated old",
      " */",
    ]);
    expect(docComment({ deprecated: "" })).toStrictEqual(["/** @deprecated */"]);
  });

  it("cannot be ended from within", () => {
    const lines = docComment({ doc: "a */ b\u2028*/ c\r\nd", deprecated: "x\n*/ y" });
    expect(lines).toStrictEqual(["/**", " * a *\\/ b", " * *\\/ c", " * d", " * @deprecated x *\\/ y", " */"]);
  });
});

describe("file names", () => {
  it("are the declarations in kebab case", () => {
    expect([...fileNames(["MoveTo", "move_to2", "URLOf", "a"]).values()]).toStrictEqual([
      "move-to",
      "move-to2",
      "url-of",
      "a",
    ]);
  });

  it("are told apart where they would meet, and are no devices", () => {
    expect([...fileNames(["MoveTo", "move_to", "Con", "aux"]).values()]).toStrictEqual([
      "move-to",
      "move-to-2",
      "con-",
      "aux-",
    ]);
  });
});
