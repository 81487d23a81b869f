// Runs the tests of the C# SDK: `npm run test:csharp`. Arguments go to `dotnet test`, as `--filter Live`.
// Needs what scripts/build.mjs leaves in dist/: the live tests start that server.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dotnet, dotnetProblem } from "./dotnet.mjs";

const folder = fileURLToPath(new URL("../test/csharp", import.meta.url));
const reports = process.env["TEST_REPORTS"];

const problem = dotnetProblem();
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
const logging = reports === undefined ? [] : ["--logger", "trx", "--results-directory", join(reports, "dotnet")];
process.exit(dotnet(folder, "test", "HeTu.sln", ...logging, ...process.argv.slice(2)));
