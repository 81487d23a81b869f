import { describe, expect, it } from "vitest";
import { generatedFiles } from "../../../compiler/emit/client-csharp/generated-files.js";
import { clientJs } from "../../../compiler/emit/client-js/index.js";
import { clientTs } from "../../../compiler/emit/client-ts/index.js";
import { column, component, field, model, namespace, scalar, system, text } from "./models.js";

const doc = "SECRET";
const secretEnum = { name: "SecretEnum", base: "u8", values: [{ name: "secret_value", value: 0, doc }], doc } as const;
const everybody = { access: { readers: "everybody", rules: [] } } as const;
const secretType = { kind: "enum", namespace: "game", name: "SecretEnum" } as const;

const schema = model(
  namespace("game", {
    enums: [secretEnum],
    structs: [{ name: "SecretStruct", fields: [field("secret_field", secretType, { doc })], doc }],
    components: [
      component("SecretTable", [column("secret_column", secretType, { doc })], { doc }),
      component(
        "Open",
        [
          column("owner", scalar("i64")),
          column("secret_note", text(9), { visibility: "admin", doc }),
          column("own_note", text(9), { visibility: "owner" }),
        ],
        {
          ...everybody,
          indexes: [
            { name: "owner", columns: ["owner"], unique: false },
            { name: "own_note", columns: ["own_note"], unique: false },
            { name: "owner,secret_note", columns: ["owner", "secret_note"], unique: true },
          ],
        },
      ),
    ],
    errors: [
      { name: "SecretError", fields: [field("secret_reason", text(9), { doc })], doc },
      { name: "OpenError", fields: [] },
    ],
    session: [{ name: "secret_session", type: scalar("i64"), doc }],
    systems: [
      system("secret_internal", {
        params: [field("secret_param", secretType, { doc })],
        rejects: ["SecretError"],
        doc,
      }),
      system("secret_admin", { permission: "admin", doc }),
      system("open_call", { permission: "user", rejects: ["OpenError"], calls: [{ system: "secret_internal" }] }),
    ],
  }),
);

describe.each([clientTs, clientJs])("the target $name", (target) => {
  const files = target.emit(schema).filter(({ path }) => path.startsWith("game/"));

  it("says nothing anywhere of what is for admins or the server only", () => {
    const told = files.filter(({ path, content }) => /secret/i.test(path) || /secret/i.test(content));
    expect(told.map(({ path }) => path)).toStrictEqual([]);
  });

  it("makes columns optional that only owners get, and offers no index over them", () => {
    const open = files.find(({ path }) => /components\/open\.(d\.)?ts$/.test(path));
    expect(open?.content).toContain("readonly ownNote?: string;");
    expect(open?.content).toContain("type Key = { readonly id: bigint };");
    expect(open?.content).toContain("readonly owner: bigint;\n  }");
  });

  it("has what is left", () => {
    const all = files.map(({ content }) => content).join("\n");
    expect(all).toContain("class OpenError extends");
    expect(all).toContain("openCall(): Promise<void>;");
  });
});

describe("the target client-csharp", () => {
  const files = generatedFiles(schema);

  it("says nothing anywhere of what is for admins or the server only", () => {
    const told = files.filter(({ path, content }) => /secret/i.test(path) || /secret/i.test(content));
    expect(told.map(({ path }) => path)).toStrictEqual([]);
  });

  it("lets columns be null that only owners get, and offers no index over them", () => {
    const open = files.find(({ path }) => path.endsWith("/Components/Open.cs"))?.content;
    expect(open).toContain("public string? OwnNote { get; private set; }");
    expect(open?.match(/public static \w*Index<[^>]*> \w+/g)).toStrictEqual([
      "public static UniqueIndex<Open, long> Id",
      "public static Index<Open, long> Owner",
    ]);
  });
});
