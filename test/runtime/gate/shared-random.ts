import { once } from "node:events";
import { type Resume, type ServerFrame, writeHello } from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/clusters/generated/server-ts/clusters/index.js";
import type { RedisServer, RedisStarter } from "../../redis/index.js";
import { call, ClustersProcess, open } from "./clusters-world.js";
import { Hetu2Client, resumeOf } from "./hetu2-client.js";
import { LONG } from "./shared-world.js";

/** One step; numbers stand for one of those that there are. */
export type Step =
  | { readonly kind: "connect"; readonly at: number; readonly user: number; readonly kick: boolean }
  | { readonly kind: "seat" | "drop" | "leave"; readonly who: number }
  | { readonly kind: "resume"; readonly who: number; readonly at: number }
  | { readonly kind: "kill" | "stop" | "die logging in"; readonly at: number }
  | { readonly kind: "start" };

/** What must be true of one connection. */
interface Session {
  client: Hetu2Client;
  readonly connection: bigint;
  readonly user: number;
  seat: number;
  process: ClustersProcess;
  /** `false`: it has ended, or is about to. */
  alive: boolean;
  linked: boolean;
  kicked: boolean;
}

/** Carries steps out on processes that share one Redis, and knows who must be logged in. */
export class RandomRun {
  readonly sessions: Session[] = [];
  /** Clients of whose login or goodbye nobody knows, should their process have died: either outcome is right. */
  readonly unknown: Resume[] = [];
  readonly #redis: RedisStarter;
  readonly #server: RedisServer;
  readonly #prefix: string;
  #alive: ClustersProcess[] = [];
  readonly #gone: ClustersProcess[] = [];

  constructor(redis: RedisStarter, server: RedisServer, prefix: string) {
    this.#redis = redis;
    this.#server = server;
    this.#prefix = prefix;
  }

  get process(): ClustersProcess {
    return this.#at(0);
  }

  async start(): Promise<void> {
    const options = { resumeWindow: LONG, prefix: this.#prefix };
    this.#alive.push(await ClustersProcess.start(this.#redis, this.#server, options));
  }

  async do(step: Step): Promise<void> {
    switch (step.kind) {
      case "connect":
        await this.#connect(this.#at(step.at), step.user, step.kick);
        return;
      case "start":
        if (this.#alive.length < 3) await this.start();
        return;
      case "kill":
      case "stop":
      case "die logging in":
        if (this.#alive.length > 1) await this.#end(this.#at(step.at), step.kind);
        return;
      case "resume": {
        const session = this.#session(step.who);
        if (session !== undefined) await this.resume(session, this.#at(step.at));
        return;
      }
      case "seat":
      case "drop":
      case "leave": {
        const session = this.#session(step.who);
        if (session?.alive === true && session.linked) await this.#act(session, step.kind);
      }
    }
  }

  /** Ends all that is open; then nothing may be left. */
  async finish(): Promise<void> {
    for (const session of this.sessions) {
      if (!session.linked) await this.resume(session, this.process);
      if (session.alive) await session.client.close();
    }
    for (const resume of this.unknown) await firstOf(this.process.port, resume);
  }

  async close(): Promise<void> {
    for (const process of [...this.#gone, ...this.#alive]) await process.close();
  }

  /** A client comes back, perhaps while the server thinks that its link is open. */
  async resume(session: Session, process: ClustersProcess): Promise<void> {
    const { alive, client } = session;
    if (!session.linked && !alive) {
      const first = await firstOf(process.port, resumeOf(client));
      const welcome = first?.kind === "welcome" ? first : undefined;
      // It has said goodbye, but its process may die before it has heard of it.
      if (welcome?.token !== undefined) this.unknown.push({ token: welcome.token, position: 0 });
      // Who has said goodbye may be faster than its end.
      if (welcome?.resumed === true && session.kicked) throw new Error(`connection ${session.connection} was kicked`);
      return;
    }
    if (!alive) return;
    const back = await open(process.port, { resume: resumeOf(client) });
    if (!back.welcome.resumed) throw new Error(`connection ${session.connection} could not be resumed`);
    Object.assign(session, { client: back, process, linked: true });
    const caller = await call(back, "change_seat_and_buy", session.seat);
    if (caller !== session.seat) throw new Error(`connection ${session.connection}: seat ${String(caller)}`);
  }

  async #connect(process: ClustersProcess, user: number, kick: boolean): Promise<void> {
    const client = await open(process.port);
    const connection = BigInt((await call(client, "login", user, kick)) as bigint);
    if (kick) {
      for (const other of this.sessions.filter((each) => each.alive && each.user === user)) {
        other.alive = false;
        other.kicked = true;
        if (other.linked) await other.client.closed;
        other.linked = false;
      }
    }
    this.sessions.push({ client, connection, user, seat: -1, process, alive: true, linked: true, kicked: false });
  }

  async #act(session: Session, kind: "seat" | "drop" | "leave"): Promise<void> {
    const { client } = session;
    if (kind === "seat") {
      const before = await call(client, "change_seat_and_buy", session.seat + 2);
      if (before !== session.seat) throw new Error(`connection ${session.connection}: seat ${String(before)}`);
      session.seat += 2;
      return;
    }
    session.linked = false;
    if (kind === "drop") {
      await client.drop();
    } else {
      session.alive = false;
      await client.close();
    }
  }

  async #end(process: ClustersProcess, how: "kill" | "stop" | "die logging in"): Promise<void> {
    this.#alive = this.#alive.filter((each) => each !== process);
    this.#gone.push(process);
    if (how === "die logging in") {
      const client = await open(process.port);
      this.unknown.push(resumeOf(client));
      void call(client, "login", 1, false);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (how === "stop") await process.close();
    else process.kill();
    for (const session of this.sessions.filter((each) => each.process === process && each.linked)) {
      await session.client.drop();
      session.linked = false;
    }
  }

  #session(who: number): Session | undefined {
    return this.sessions[who % Math.max(1, this.sessions.length)];
  }

  #at(place: number): ClustersProcess {
    return this.#alive[place % this.#alive.length] as ClustersProcess;
  }
}

/** What a client is answered that comes back, and says goodbye at once; `undefined`: its connection was closed. */
async function firstOf(port: number, resume: Resume): Promise<ServerFrame | undefined> {
  const client = new Hetu2Client(port, { instance: schema.namespace });
  await once(client.socket, "open");
  client.socket.send(Uint8Array.of(0x90));
  client.raw(writeHello({ fingerprint: undefined, resume }));
  const first = await Promise.race([client.next(), client.closed]);
  if (!("kind" in first)) return undefined;
  await client.close();
  return first;
}
