import type { ResolvedSettings } from "../config/server-settings.js";
import { type OperationsPages, PagesListener } from "../ops/pages-listener.js";
import type { Log } from "../server/log.js";

/** Serves the operations pages where the settings want them. @throws the system's error when the port is taken. */
export async function servePages(
  pages: OperationsPages,
  { metrics }: ResolvedSettings,
  log: Log,
): Promise<PagesListener | undefined> {
  if (metrics === undefined) return undefined;
  const listener = await new PagesListener(pages, metrics).listen();
  log.info({ port: listener.port }, `/healthz, /readyz and /metrics on port ${listener.port}`);
  return listener;
}
