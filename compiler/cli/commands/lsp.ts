import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "../../language-server/server/server.js";
import { ExitCode } from "../exit-code.js";

/** Serves an editor over standard input and output until it closes them. */
export async function lsp(): Promise<ExitCode> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  const closed = new Promise<void>((resolve) => process.stdin.once("end", resolve));
  serve(connection);
  await closed;
  return ExitCode.ok;
}
