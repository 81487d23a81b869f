import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeMessage } from "../../../runtime/wire/message-pack.js";
import { implement } from "../../../runtime/schema/schema.js";
import type { Store } from "../../../runtime/store/contract.js";
import { singleStore } from "../../../runtime/store/single-store.js";
import { EmbeddedStore, type EmbeddedStoreOptions } from "../../../runtime/store/embedded/embedded-store.js";
import type {
  CallOutcome,
  CallRequest,
  Effects,
  Principal,
  RunnerObserver,
  SystemRunner,
} from "../../../runtime/transaction/contract.js";
import { createRunner, type RunnerOptions } from "../../../runtime/transaction/runner.js";
import { type AnyContext, schema, type Systems } from "../../fixtures/world/generated/server-ts/world/index.js";

/** Code for every system, to be replaced where a test cares. */
const idle: Systems = {
  any: () => undefined,
  echo: (_ctx, text) => text,
  login: (_ctx, user) => user,
  joinGuild: () => undefined,
  moveTo: () => undefined,
  transfer: () => 0n,
  buy: (_ctx, item) => ({ item, left: 0n, notes: [] }),
  pay: () => undefined,
  remember: () => undefined,
  shout: () => undefined,
  neverRetried: () => undefined,
  slow: () => undefined,
  wipe: () => undefined,
  rare: () => undefined,
  started: () => undefined,
  arrived: () => undefined,
  left: () => undefined,
  whoami: (ctx) => ctx.caller,
  buyTwice: (ctx, item) => ctx.call.buy(item, 1),
};

export interface AppliedEffects {
  readonly connection: bigint | undefined;
  readonly effects: Effects;
  readonly position: number;
}

/** A runner for the world on a store, and shorthands for calling it. */
export class World {
  readonly runner: SystemRunner;
  readonly applied: AppliedEffects[] = [];
  readonly conflicts: string[] = [];
  readonly #scripts = new Map<bigint, (ctx: AnyContext) => Promise<unknown>>();
  #connections = 1000n;

  constructor(
    readonly store: Store,
    systems: Partial<Systems> = {},
    options: Partial<Pick<RunnerOptions, "now" | "random" | "sink" | "live" | "worker">> = {},
  ) {
    const observer: RunnerObserver = {
      running: () => undefined,
      finished: () => undefined,
      conflicted: (_name, table) => void this.conflicts.push(table),
    };
    const any: Systems["any"] = async (ctx) => {
      await this.#scripts.get(ctx.connection ?? 0n)?.(ctx);
    };
    this.runner = createRunner({
      implementation: implement(schema, { ...idle, any, ...systems }),
      stores: singleStore(store),
      observer,
      sink: {
        apply: (connection, effects, position) => void this.applied.push({ connection, effects, position }),
      },
      ...options,
    });
  }

  call(name: string, args: readonly unknown[] = [], extra: Partial<CallRequest> = {}): Promise<CallOutcome> {
    return this.runner.call({ name, args, principal: somebody(), ...extra });
  }

  /** Runs a script in system `any`, again with every attempt. */
  async script(body: (ctx: AnyContext) => Promise<unknown>): Promise<CallOutcome> {
    const connection = ++this.#connections;
    this.#scripts.set(connection, body);
    try {
      return await this.call("any", [], { principal: somebody({ connection }) });
    } finally {
      this.#scripts.delete(connection);
    }
  }

  /** The same, for scripts that must succeed. @returns what the last run of the script returned. */
  async transact<T>(body: (ctx: AnyContext) => Promise<T>): Promise<T> {
    let value: { readonly result: T } | undefined;
    const outcome = await this.script(async (ctx) => {
      value = { result: await body(ctx) };
    });
    if (outcome.status === "ok" && value !== undefined) return value.result;
    throw outcome.status === "failed" ? outcome.error : new Error(`the script was ${JSON.stringify(outcome.status)}`);
  }
}

export function somebody(changes: Partial<Principal> = {}): Principal {
  return { connection: 1n, caller: 5n, group: undefined, session: {}, ...changes };
}

/** A call that was rejected, in a form to compare. */
export function rejection(outcome: CallOutcome): unknown {
  if (outcome.status !== "rejected") return outcome;
  return [outcome.code, outcome.fields === undefined ? undefined : decodeMessage(outcome.fields)];
}

/** The result of a call that succeeded. */
export function result(outcome: CallOutcome): unknown {
  return outcome.status === "ok" ? decodeMessage(outcome.result) : outcome;
}

/** Folders of a test file, removed by `cleanUp`. */
const folders: string[] = [];
const stores: EmbeddedStore[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hetu-test-"));
  folders.push(folder);
  return folder;
}

export function openStore(path = temporaryFolder(), options: Partial<EmbeddedStoreOptions> = {}): EmbeddedStore {
  const store = EmbeddedStore.open({ path, ...options });
  stores.push(store);
  store.applySchema(schema);
  return store;
}

export async function cleanUp(): Promise<void> {
  for (const store of stores.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
