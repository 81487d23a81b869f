import { connectionCodec, type ConnectionRow } from "../../../runtime/core/connection.js";
import type { ServerOptions } from "hetu";
import type { Systems } from "../../fixtures/world/generated/server-ts/world/index.js";
import { Told } from "./told.js";
import { startWorld, type WorldServer } from "./world-server.js";

export const LONG = 3_600_000;

/** Servers of one instance of the world, all in this process, on one Redis. */
export class SharedWorld {
  readonly told = new Told();
  readonly servers: WorldServer[] = [];
  readonly #url: string;
  readonly #options: Partial<ServerOptions>;
  readonly #systems: Partial<Systems>;

  constructor(url: string, options: Partial<ServerOptions> = {}, systems: Partial<Systems> = {}) {
    this.#url = url;
    this.#options = options;
    this.#systems = systems;
  }

  /** Starts another server. @param url of a way to the same Redis. */
  async start(url = this.#url): Promise<WorldServer> {
    const world = await startWorld({
      wire: { resumeWindow: LONG },
      store: { url, leaseTime: 1000 },
      ...this.#options,
      systems: {
        arrived: (ctx) => this.told.tell(`arrived ${ctx.connection}`),
        left: async (ctx) => {
          if (ctx.caller !== undefined) await ctx.Online.delete({ owner: ctx.caller });
          this.told.tell(`left ${ctx.connection} as ${ctx.caller} in ${ctx.session.guild}`);
        },
        ...this.#systems,
      },
    });
    this.servers.push(world);
    return world;
  }

  async close(): Promise<void> {
    for (const server of this.servers) await server.close();
  }
}

/** The records of connections at home, as a server's store has them. */
export async function records({ server }: WorldServer): Promise<ConnectionRow[]> {
  const store = server.instances.get("world")?.engine?.stores.all[0];
  if (store === undefined) throw new Error("the server has no store");
  const table = store.table(connectionCodec.name);
  return (await store.range({
    table,
    index: 0,
    lower: new Uint8Array(0),
    upper: undefined,
    limit: 1000,
    desc: false,
  })) as ConnectionRow[];
}
