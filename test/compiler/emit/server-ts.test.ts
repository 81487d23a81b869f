import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { serverTs } from "../../../compiler/emit/server-ts/index.js";
import { worldModel } from "../../fixtures/world/model.js";
import { column, component, field, model, namespace, scalar, system, text } from "./models.js";

const golden = fileURLToPath(new URL("../../fixtures/world/generated/server-ts", import.meta.url));
const emitted = serverTs.emit(worldModel);

function emittedFile(files: typeof emitted, name: string): string {
  const found = files.find((file) => file.path === name);
  if (found === undefined) throw new Error(`${name} was not emitted`);
  return found.content;
}

describe("the target server-ts", () => {
  it("emits for the world exactly what is committed", () => {
    const committed = readdirSync(golden, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(path.relative(golden, entry.parentPath), entry.name).replaceAll("\\", "/"));
    expect(emitted.map((file) => file.path).sort()).toStrictEqual(committed.sort());
    for (const { path: file, content } of emitted) {
      expect(content, file).toBe(readFileSync(path.join(golden, file), "utf8"));
    }
  });

  it("is laid out as Prettier would lay it out", async () => {
    for (const { path: file, content } of emitted.filter((each) => !each.path.endsWith("/model.ts"))) {
      expect(content, file).toBe(await format(content, { parser: "typescript", printWidth: 120 }));
    }
  });

  it("carries documentation and deprecations to where they are read", () => {
    const files = serverTs.emit(
      model(
        namespace("docs", {
          components: [
            component(
              "Position",
              [
                column("x", scalar("f32"), {
                  doc: "Metres east.",
                  deprecated: "use `place`",
                  default: { kind: "number", value: 0 },
                }),
              ],
              { doc: "Where a player stands.\n\nOne row a player." },
            ),
          ],
          systems: [system("move_to", { doc: "Moves the caller.", params: [field("x", scalar("f32"))] })],
        }),
      ),
    );
    const row = emittedFile(files, "docs/components/position.ts");
    expect(row).toContain("/**\n * Where a player stands.\n *\n * One row a player.\n */\nexport class Position");
    expect(row).toContain("  /**\n   * Metres east.\n   * @deprecated use `place`\n   */\n  get x(): number {");
    expect(row).toContain("    /**\n     * Metres east.\n     * @deprecated use `place`\n     */\n    x?: number");
    expect(emittedFile(files, "docs/schema.ts")).toContain("  /** Moves the caller. */\n  readonly moveTo:");
  });

  it("hands schedules to the runtime, which runs all that the compiler accepts", () => {
    const files = serverTs.emit(
      model(
        namespace("later", {
          components: [component("Score", [])],
          systems: [
            system("reap_sessions", { trigger: { kind: "every", everyMs: 60_000 } }),
            system("nightly", { trigger: { kind: "cron", expression: "0 0 * * *" } }),
            system("hello", { trigger: { kind: "on", event: "start" } }),
          ],
        }),
      ),
    );
    expect(emittedFile(files, "later/schema.ts")).toContain("  notYet: [],\n");
    const reap = emittedFile(files, "later/systems/reap-sessions.ts");
    expect(reap).toContain('trigger: { kind: "every", everyMs: 60000 }');
    const nightly = emittedFile(files, "later/systems/nightly.ts");
    expect(nightly).toContain('trigger: { kind: "cron", expression: "0 0 * * *" }');
  });

  it("numbers the clusters of tables, and those that no system touches by their backends", () => {
    const files = serverTs.emit(
      model(
        namespace("placed", {
          components: [
            component("Gold", [], { backend: "bank", copies: ["Shop"] }),
            component("Walk", []),
            component("Idle", []),
            component("Quiet", []),
            component("Log", [], { backend: "bank" }),
          ],
          systems: [system("pay"), system("walk")],
          clusters: [
            { tables: ["Walk"], systems: ["walk"] },
            { tables: ["Gold", "Gold:Shop"], systems: ["pay"] },
          ],
        }),
      ),
    );
    const schema = emittedFile(files, "placed/schema.ts");
    const tables = [...schema.matchAll(/\{ name: "(.+?)",.*? cluster: (\d), backend: (.+?) \}/g)];
    expect(tables.map(([, name, cluster, backend]) => [name, cluster, backend])).toEqual([
      ["Gold", "1", '"bank"'],
      ["Gold:Shop", "1", '"bank"'],
      ["Walk", "0", "undefined"],
      ["Idle", "2", "undefined"],
      ["Quiet", "2", "undefined"],
      ["Log", "3", '"bank"'],
    ]);
  });

  it("rounds the default of an f32 as an assignment would", () => {
    const files = serverTs.emit(
      model(
        namespace("n", {
          components: [
            component("A", [
              column("x", scalar("f32"), { default: { kind: "number", value: 0.1 } }),
              column("y", scalar("f64"), { default: { kind: "number", value: -0 } }),
              column("n", scalar("i64"), { default: { kind: "bigint", value: "-9223372036854775808" } }),
              column("b", { kind: "bytes", max: 4 }, { default: { kind: "bytes", value: "00ff" } }),
              column("t", text(9), { default: { kind: "string", value: 'a"\n\u2028' } }),
            ]),
          ],
        }),
      ),
    );
    expect(emittedFile(files, "n/components/a.ts")).toContain(
      String.raw`new A(id, 0, 0.10000000149011612, -0, -9223372036854775808n, Uint8Array.of(0x00, 0xff), 'a"\n` +
        "\u2028')",
    );
  });

  it("orders text rules by code point", () => {
    const files = serverTs.emit(
      model(
        namespace("n", {
          components: [
            component("A", [column("name", text(9)), column("level", scalar("i32"))], {
              access: {
                readers: "user",
                rules: [
                  { column: "name", operator: "<=", context: "until" },
                  { column: "level", operator: "<", context: "level" },
                  { column: "level", operator: "!=", context: "hidden" },
                ],
              },
            }),
          ],
        }),
      ),
    );
    const row = emittedFile(files, "n/components/a.ts");
    expect(row).toContain("passes: (row, value) => $.compareText(row.name, value as string) <= 0,");
    expect(row).toContain("passes: (row, value) => row.level < (value as number),");
    expect(row).toContain("passes: (row, value) => row.level !== value,");
  });
});
