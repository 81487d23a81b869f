import { Console } from "node:console";
import { setFlagsFromString } from "node:v8";
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "../../language-server/server/server.js";
import type { CommandContext } from "../command-context.js";
import { ExitCode } from "../exit-code.js";

/** What V8 has by default, in bytes of executed bytecode: unlike other commands, this one runs for hours. */
const V8_INTERRUPT_BUDGET = 135_168;

/**
 * Serves an editor over standard input and output. Ends with the process: at the editor's `exit`, at the end of the
 * input, and when the editor's process is no more; with 0 after a `shutdown`, else with 1.
 */
export async function lsp({ terminal }: CommandContext): Promise<never> {
  const { stdin, stdout, stderr } = process;
  setFlagsFromString(`--interrupt-budget=${V8_INTERRUPT_BUDGET}`);
  // Standard output is the protocol's alone.
  globalThis.console = new Console({ stdout: stderr, stderr });
  if (stdin.isTTY) {
    terminal.err.write(
      "hetuc lsp is a language server: an editor starts it and speaks with it over stdin and stdout; docs/editors.md says how. Ctrl+C ends it.\n",
    );
  }
  const reader = new StreamMessageReader(stdin);
  const connection = createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(stdout));
  process.on("uncaughtException", (error) => connection.console.error(error.stack ?? error.message));
  process.on("unhandledRejection", (error) => connection.console.error(String(error)));
  let wasShutDown = false;
  const ended = new Promise<ExitCode>((resolve) => {
    stdin.once("end", () => resolve(wasShutDown ? ExitCode.ok : ExitCode.problems));
    reader.onError((error) => {
      // A message that is no JSON is one message less; without a header nobody knows where the next one starts.
      if (error instanceof SyntaxError) return;
      terminal.err.write(`hetuc lsp: standard input is not the language server protocol: ${error.message}\n`);
      resolve(ExitCode.problems);
    });
  });
  serve(connection, { onShutdown: () => (wasShutDown = true) });
  const code = await ended;
  // Watched files and the watch over the editor's process would keep this one alive.
  process.exit(code);
}
