import { describe, expect, it } from "vitest";
import { serverTs } from "../../../compiler/emit/server-ts/index.js";
import { column, component, model, namespace, scalar } from "./models.js";

function codecWith(columns: number): string {
  const all = Array.from({ length: columns }, (_, at) => column(`c${at}`, scalar("i32")));
  const schema = model(
    namespace("game", { components: [component("Wide", all, { access: { readers: "everybody", rules: [] } })] }),
  );
  const file = serverTs.emit(schema).find(({ path }) => path === "game/components/wide.ts");
  return file?.content ?? "";
}

describe("rows of hetu.2 in server code", () => {
  it("are updated by column up to 32 columns, the last of which has the highest bit", () => {
    expect(codecWith(32)).toContain("if ((mask & 0x80000000) !== 0) {");
    expect(codecWith(32)).toContain("return mask >>> 0;");
  });

  it("are only sent as a whole with more than 32 columns", () => {
    expect(codecWith(33)).toContain("writeRow(row, writer) {");
    expect(codecWith(33)).not.toContain("changed(");
    expect(codecWith(33)).not.toContain("writeColumns");
  });

  it("may have no column but the id", () => {
    expect(codecWith(0)).toContain("changed: () => 0,");
  });
});
