import { once } from "node:events";
import { afterEach } from "vitest";
import { fingerprintBytes, type Resume, writeHello } from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import type { Hetu2Client } from "./hetu2-client.js";
import { Told } from "./told.js";
import { startWorld, type WorldServer } from "./world-server.js";

/** A resume window that no test waits for the end of. */
export const LONG = 3_600_000;

/** A server whose hooks are told. */
export interface HookedServer {
  readonly told: Told;
  readonly port: number;
}

/** One whose `echo` waits until `open` is called, and then logs in with its argument, if that is somebody. */
export interface GatedServer extends HookedServer {
  readonly server: WorldServer["server"];
  open(): void;
}

export interface ResumableWorlds {
  /** As `startWorld`. */
  start(options: Parameters<typeof startWorld>[0]): Promise<WorldServer>;
  hooked(resumeWindow: number): Promise<HookedServer>;
  gated(options?: { swappable?: true }): Promise<GatedServer>;
  /** Ends the one that runs before the test does. */
  stop(): Promise<void>;
}

/** One server at a time, which ends with its test. To be called at the top of a file. */
export function useResumable(): ResumableWorlds {
  let world: WorldServer | undefined;
  const start: ResumableWorlds["start"] = async (options) => (world = await startWorld(options));
  const stop = async (): Promise<void> => {
    const running = world;
    world = undefined;
    await running?.close();
  };
  afterEach(stop);
  return {
    start,
    stop,
    async hooked(resumeWindow) {
      const told = new Told();
      const { port } = await start({
        wire: { resumeWindow },
        systems: {
          arrived: (ctx) => told.tell(`arrived ${ctx.connection}`),
          left: (ctx) => told.tell(`left ${ctx.connection} as ${ctx.caller} in ${ctx.session.guild}`),
        },
      });
      return { told, port };
    },
    async gated(options = {}) {
      const told = new Told();
      let open = (): void => undefined;
      const opened = new Promise<void>((resolve) => (open = resolve));
      const { port, server } = await start({
        ...options,
        wire: { resumeWindow: LONG },
        systems: {
          async echo(ctx, user) {
            told.tell("waiting");
            await opened;
            if (user !== "") ctx.elevate(BigInt(user), { kick: true });
            return user;
          },
          left: (ctx) => told.tell(`left as ${ctx.caller}`),
        },
      });
      return { told, port, server, open };
    },
  };
}

/** Says hello without waiting for the welcome. */
export async function comeBack(client: Hetu2Client, resume: Resume): Promise<void> {
  await once(client.socket, "open");
  client.socket.send(Uint8Array.of(0x90));
  client.raw(writeHello({ fingerprint: fingerprintBytes(schema.wire.fingerprint), resume }));
}
