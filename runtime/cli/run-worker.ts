import type { Logger } from "pino";
import type { ResolvedSettings } from "../config/server-settings.js";
import { answerSupervisor, reportJoined, reportReady } from "../ops/worker-channel.js";
import type { CodeVersion } from "../ops/worker-requests.js";
import type { HetuServer } from "../server/server.js";
import { CodeVersions } from "./code-versions.js";
import { startUnlessAsked, stopWithin } from "./ending.js";
import { describeFailure } from "./failure.js";
import { loadVersion } from "./loaded-versions.js";
import { type RunningServer, startServer } from "./run-server.js";
import { ServedCode } from "./served-code.js";

/** The variable in which a worker finds what it is to serve. */
export const CODE = "HETU_CODE";

/** One of the processes of `hetu start`. Resolves when it serves. @throws what it cannot start for. */
export async function runWorker(settings: ResolvedSettings, version: CodeVersion, log: Logger): Promise<void> {
  let made: HetuServer | undefined;
  const starting = startWorker(settings, version, log, (server) => (made = server));
  // A supervisor that was killed has left its bundles behind.
  const tidy = async (): Promise<void> => {
    if (!process.connected) await new CodeVersions(version.modules).removeLeftovers();
  };
  const { running, code } = await startUnlessAsked(log, stopWithin(settings), starting, {
    async close({ running, code }) {
      await running.close();
      await code.close();
      await tidy();
    },
    async giveUp() {
      await Promise.all([made?.close(), tidy()]);
    },
  });
  const { server, operations } = running;
  answerSupervisor(
    {
      ...code.handlers,
      ...(operations === undefined
        ? {}
        : {
            health: () => operations.health(),
            metrics: () => operations.snapshot(),
            schema: () => operations.schema(),
          }),
    },
    (error) => describeFailure(error).text,
  );
  reportReady({ version: version.number, port: server.port, leases: server.leases });
}

/** The start itself may depend on what other workers hold that have died. */
function answerEarly(server: HetuServer): void {
  answerSupervisor(
    {
      async reap({ instance, worker, token }) {
        await server.reap(instance, worker, token);
        return undefined;
      },
      async renew() {
        await server.renew();
        return undefined;
      },
    },
    (error) => describeFailure(error).text,
  );
  server.on("joined", () => reportJoined(server.leases));
}

async function startWorker(
  settings: ResolvedSettings,
  version: CodeVersion,
  log: Logger,
  onMade: (server: HetuServer) => void,
): Promise<{ running: RunningServer; code: ServedCode }> {
  const code = new ServedCode(await loadVersion(version, log), log);
  const running = await startServer(settings, log, { ...code.served, swappable: true }, (server) => {
    onMade(server);
    answerEarly(server);
  });
  code.attach(running);
  return { running, code };
}
