import type { Logger } from "pino";
import type { RequestHandlers } from "../ops/worker-channel.js";
import type { ResolvedSettings } from "../config/server-settings.js";
import type { HetuServer } from "../server/server.js";
import { CodeVersions, type Entries } from "./code-versions.js";
import { startUnlessAsked, stopWithin } from "./ending.js";
import { loadVersion } from "./loaded-versions.js";
import { servePages } from "./operations-pages.js";
import { type CodeHolder, Reloader } from "./reloader.js";
import { type RunningServer, startServer } from "./run-server.js";
import { ServedCode } from "./served-code.js";

/** `hetu start --no-supervise`: one process that nobody replaces. Resolves when it serves. @throws what it cannot start for. */
export async function runAlone(settings: ResolvedSettings, entries: Entries, log: Logger): Promise<void> {
  let onHangUp: () => void = () => undefined;
  process.on("SIGHUP", () => onHangUp());
  let made: HetuServer | undefined;
  const versions = new CodeVersions(entries);
  const starting = startAlone(settings, versions, log, (server) => (made = server));
  const { reloader } = await startUnlessAsked(log, stopWithin(settings), starting, {
    close: ({ close }) => close(),
    async giveUp() {
      await Promise.all([made?.close(), versions.close()]);
    },
  });
  onHangUp = () => reloader.request();
}

async function startAlone(
  settings: ResolvedSettings,
  versions: CodeVersions,
  log: Logger,
  onMade: (server: HetuServer) => void,
): Promise<{ reloader: Reloader; close: () => Promise<void> }> {
  await versions.removeLeftovers();
  try {
    const first = await versions.build();
    if (first === undefined) throw new Error("there is no code");
    const code = new ServedCode(await loadVersion(first, log), log);
    const running = await startServer(settings, log, { ...code.served, swappable: true }, onMade);
    code.attach(running);
    const pages = running.operations === undefined ? undefined : await servePages(running.operations, settings, log);
    const holder = holderOf(code, running);
    const shared = settings.options.store !== undefined;
    const reloader = new Reloader({ versions, first, shared, serving: () => [holder], starting: () => false, log });
    const close = async (): Promise<void> => {
      running.operations?.drain();
      if (settings.drainDelayMs > 0) {
        log.info({ drainDelayMs: settings.drainDelayMs }, "not ready any more");
        await new Promise((resolve) => setTimeout(resolve, settings.drainDelayMs));
      }
      await running.close();
      await code.close();
      pages?.close();
      await versions.close();
    };
    return { reloader, close };
  } catch (error) {
    await versions.close();
    throw error;
  }
}

/** This process, as the one whose code is exchanged. */
function holderOf(code: ServedCode, { server }: RunningServer): CodeHolder {
  const handlers: RequestHandlers = code.handlers;
  return {
    slot: 1,
    get ready() {
      return { version: code.version, port: server.port, leases: [] };
    },
    async ask(kind, request) {
      const handler = handlers[kind];
      if (handler === undefined) throw new Error(`a server alone is not asked for ${kind}`);
      return handler(request);
    },
    nowServes: () => undefined,
    kill: () => process.exit(1),
  };
}
