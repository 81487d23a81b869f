import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { clientTs } from "../../compiler/emit/client-ts/index.js";
import { worldModel } from "../fixtures/world/model.js";
import { afterTest } from "./world-client.js";

it("the TypeScript client compiles as a whole where the libraries of the layers are not installed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hetu-project-"));
  afterTest(() => rm(folder, { recursive: true, force: true }));
  const files = clientTs.emit(worldModel).map(({ path, content }) => ({ path: join(folder, "src", path), content }));
  for (const { path, content } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  await mkdir(join(folder, "node_modules/@msgpack"), { recursive: true });
  const library = fileURLToPath(new URL("../../node_modules/@msgpack/msgpack", import.meta.url));
  await symlink(library, join(folder, "node_modules/@msgpack/msgpack"), "junction");
  const user = join(folder, "src/user.ts");
  // The layers keep their types: a wrong option is found.
  await writeFile(user, 'import { zlib } from "./sdk/layers.js";\nexport const layer = zlib({ maxMessage: "1" });\n');
  const program = ts.createProgram([...files.map(({ path }) => path), user], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
  });
  const complaints = ts.getPreEmitDiagnostics(program).map(({ file, code }) => [file?.fileName, code]);
  expect(complaints).toStrictEqual([[user, 2322]]);
});
