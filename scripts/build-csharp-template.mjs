// Copies templates/client-csharp, which the target client-csharp emits as it is, into dist/templates. Runs after
// scripts/build-templates.mjs, which makes that folder anew.
import { cpSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const finished = join(root, "dist/templates/client-csharp");
/** Put in place as a whole at the end: whoever reads meanwhile sees all of the old or all of the new. */
const target = join(root, `dist/.client-csharp-${process.pid}`);

/** What .NET, editors and Unity leave beside the source. */
const LEFT_BEHIND = /^(bin~?|obj~?|\.vs|\.idea|.*\.(meta|user|DotSettings))$/;

cpSync(join(root, "templates/client-csharp"), target, {
  recursive: true,
  filter: (source) => !LEFT_BEHIND.test(basename(source)),
});
mkdirSync(join(root, "dist/templates"), { recursive: true });
rmSync(finished, { recursive: true, force: true });
renameSync(target, finished);
