import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { clientJs } from "../../../compiler/emit/client-js/index.js";
import { clientTs } from "../../../compiler/emit/client-ts/index.js";
import { worldModel } from "../../fixtures/world/model.js";

const golden = fileURLToPath(new URL("../../fixtures/world/generated/", import.meta.url));

/** Renew the committed files with `npm run generate`, or `vitest run -u` on this file. */
describe.each([clientTs, clientJs])("the golden world of $name", (target) => {
  const files = target.emit(worldModel);

  it("is what the emitter gives", async () => {
    for (const { path, content } of files) await expect(content).toMatchFileSnapshot(`${golden}${target.name}/${path}`);
  });

  it("has no other file", () => {
    const present = readdirSync(`${golden}${target.name}`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(`${golden}${target.name}/`.length));
    expect(present.sort()).toStrictEqual(files.map(({ path }) => path).sort());
  });
});
