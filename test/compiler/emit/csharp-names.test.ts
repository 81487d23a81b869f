import { describe, expect, it } from "vitest";
import { generatedFiles } from "../../../compiler/emit/client-csharp/generated-files.js";
import type { IndexModel, NamespaceModel } from "../../../compiler/model/model.js";
import { column, component, field, model, namespace, scalar, system } from "./models.js";

const i32 = scalar("i32");
const everybody = { access: { readers: "everybody", rules: [] } } as const;
const at = (...columns: string[]): IndexModel => ({ name: columns.join(","), columns, unique: false });

/** The generated files of a namespace by path below its folder. */
function emit(name: string, parts: Partial<NamespaceModel>): ReadonlyMap<string, string> {
  const files = generatedFiles(model(namespace(name, parts)));
  return new Map(files.map(({ path, content }) => [path.replace(/^Generated\/[^/]+\//, ""), content]));
}

function text(files: ReadonlyMap<string, string>, path: string): string {
  const content = files.get(path);
  if (content === undefined) throw new Error(`no ${path} among ${[...files.keys()].join(", ")}`);
  return content;
}

describe("names of generated C#", () => {
  it("give types of the schema the name and what is generated beside them another one", () => {
    const files = emit("walking", {
      components: ["WalkingClient", "NotEnoughException"].map((name) => component(name, [], everybody)),
      errors: ["NotEnough", "LateException"].map((name) => ({ name, fields: [] })),
      systems: [system("pay", { permission: "user", rejects: ["NotEnough", "LateException"] })],
    });
    expect([...files.keys()]).toStrictEqual([
      "Components/WalkingClient.cs",
      "Components/NotEnoughException.cs",
      "Errors/_NotEnoughException.cs",
      "Errors/LateException.cs",
      "WalkingSystems.cs",
      "WalkingBootstrap.cs",
      "_WalkingClient.cs",
      "WalkingSchema.cs",
    ]);
    expect(text(files, "_WalkingClient.cs")).toContain("public sealed class _WalkingClient : HetuClient");
    expect(text(files, "WalkingSystems.cs")).toContain('<exception cref="_NotEnoughException">');
  });

  it("join the columns of a composite index, and tell apart those that would meet", () => {
    const columns = ["a_b", "c", "a", "b_c", "index", "id_"].map((name) => column(name, i32));
    const indexes = [at("index"), at("a_b", "c"), at("a", "b_c"), at("a", "c")];
    const row = text(
      emit("game", { components: [component("Row", columns, { ...everybody, indexes })] }),
      "Components/Row.cs",
    );
    expect([...row.matchAll(/public static \w+<.*> (\w+) \{ get; \}/g)].map(([, name]) => name)).toStrictEqual([
      "Id",
      "_Index",
      "ABC",
      "A_BC",
      "AC",
    ]);
    expect(row).toContain("public int _Index { get; private set; }");
    expect(row).toContain("public int Id_ { get; private set; }");
  });

  it("qualify a type whose name a property has taken, and types of another namespace", () => {
    const files = generatedFiles(
      model(
        namespace("first", { enums: [{ name: "Mood", base: "u8", values: [{ name: "calm", value: 0 }] }] }),
        namespace("second", {
          structs: [{ name: "Bag", fields: [field("x", i32)] }],
          events: [
            {
              name: "Found",
              fields: [
                field("bag", i32),
                field("values", { kind: "struct", namespace: "second", name: "Bag" }),
                field("mood", { kind: "enum", namespace: "first", name: "Mood" }),
              ],
            },
          ],
        }),
      ),
    );
    const found = files.find(({ path }) => path.endsWith("/Found.cs"))?.content;
    expect(found).toContain("public First.Mood Mood { get; private set; }");
    expect(found).toContain("global::HeTu.Values.ReadAt(ref reader, global::HeTu.Second.Bag.WireCodec.Instance.Read,");
  });

  it("write docs as XML, deprecations as attributes, and nothing else in their place", () => {
    const files = emit("game", {
      components: [
        component("Walker", [], { ...everybody, doc: "A <b> & `c`.\nSecond */ line", deprecated: 'say "no"' }),
      ],
    });
    const row = text(files, "Components/Walker.cs");
    expect(row).toContain("/// A &lt;b&gt; &amp; <c>c</c>.\n    /// Second */ line\n");
    expect(row).toContain('[Obsolete("say \\"no\\"")]');
    expect(row).not.toContain("#pragma");
    expect(text(files, "GameSchema.cs")).toContain("#pragma warning disable CS0612, CS0618");
  });

  it("count optional arguments up to the last that was given, and mark calls that are sent again", () => {
    const optional = { optional: true } as const;
    const params = [field("item", i32), field("count", i32, optional), field("note", i32, optional)];
    const systems = text(
      emit("game", { systems: [system("buy", { permission: "user", once: true, params })] }),
      "GameSystems.cs",
    );
    expect(systems).toContain("Begin(Callables.Buy, note != null ? 3 : count != null ? 2 : 1)");
    expect(systems).toContain("else if (note != null)");
    expect(systems).toContain('new Callable("buy", 0, true)');
  });
});
