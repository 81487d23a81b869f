import type { ClientCapabilities, Connection } from "vscode-languageserver/node";

/** Work that takes longer is shown, in milliseconds. */
export const SHOWN_AFTER = 1000;

/**
 * Does something, and shows in the editor that it is being done once it takes long.
 *
 * @param after milliseconds; 0 shows everything.
 */
export async function withProgress(
  connection: Connection,
  client: ClientCapabilities,
  { title, message, after }: { readonly title: string; readonly message: string; readonly after: number },
  work: () => Promise<void>,
): Promise<void> {
  if (client.window?.workDoneProgress !== true) return work();
  let ended = false;
  let done = (): void => undefined;
  const show = async (): Promise<void> => {
    const progress = await connection.window.createWorkDoneProgress();
    if (ended) return;
    progress.begin(title, undefined, message);
    done = () => progress.done();
  };
  // An editor that refuses shows nothing; the work goes on.
  if (after === 0) await show().catch(() => undefined);
  const timer = after === 0 ? undefined : setTimeout(() => void show().catch(() => undefined), after);
  try {
    await work();
  } finally {
    ended = true;
    clearTimeout(timer);
    done();
  }
}
