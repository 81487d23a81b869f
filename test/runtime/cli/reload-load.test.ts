import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decodeMessage } from "../../../runtime/wire/frames.js";
import { useRedis } from "../../redis/index.js";
import { WireClient } from "../gate/wire-client.js";
import { type Program, Programs } from "./program.js";
import { hangUp, tallyCode, TallyProject, tallyPort } from "./tally-project.js";

const SOCKETS = 200;
const LIVE_QUERIES = 50;
const EXCHANGES = 3;
/** Answers that each socket gets under the code that is served at the end. */
const AFTERWARDS = 5;

let programs: Programs;
let project: TallyProject;

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  project = await TallyProject.create(programs);
});
afterEach(() => project.remove());

/** Increments a counter of its own, one call after the other, and watches the counter of another one. */
class Caller {
  /** What the calls were answered, in order. */
  readonly answers: unknown[] = [];
  /** The values of the counter that it watches, in order. */
  readonly seen: number[] = [];
  isOpen = true;
  #limit = Infinity;
  #whenDone: () => void = () => undefined;

  constructor(
    readonly client: WireClient,
    readonly number: number,
  ) {
    void client.closed.then(() => (this.isOpen = false));
  }

  async watch(number: number): Promise<void> {
    this.client.send("sub", "Counter", "get", "number", number);
    await this.client.next();
  }

  begin(): void {
    this.client.socket.removeAllListeners("message");
    this.client.socket.on("message", (bytes: Buffer) => this.#take(decodeMessage(bytes) as readonly unknown[]));
    this.#call();
  }

  /** Ends after so many answers more. */
  end(more: number): Promise<void> {
    this.#limit = this.answers.length + more;
    return new Promise((resolve) => (this.#whenDone = resolve));
  }

  #take([kind, value, rows]: readonly unknown[]): void {
    if (kind === "updt") {
      for (const row of Object.values(rows as Record<string, { value: number } | null>))
        this.seen.push(row?.value ?? -1);
      return;
    }
    this.answers.push(kind === "rsp" ? value : [kind, value]);
    if (this.answers.length < this.#limit) this.#call();
    else this.#whenDone();
  }

  #call(): void {
    this.client.send("rpc", "increment", this.number);
  }
}

async function exchangeUnderLoad(program: Program): Promise<void> {
  const port = await tallyPort(program);
  const callers = await Promise.all(
    Array.from(
      { length: SOCKETS },
      async (_, n) => new Caller(await WireClient.open(port, { instance: "tally" }), n + 1),
    ),
  );
  // Each row is there before somebody watches it: a live query of no row stays one of no row.
  for (const { client, number } of callers) expect(await client.call("increment", number)).toEqual(["rsp", 1]);
  const watchers = callers.slice(0, LIVE_QUERIES);
  for (const [at, watcher] of watchers.entries()) await watcher.watch(at + 1 + LIVE_QUERIES);
  for (const caller of callers) caller.begin();

  for (let exchange = 1; exchange <= EXCHANGES; exchange++) {
    await project.write(tallyCode(1 + exchange));
    const line = await hangUp(program);
    expect(line).toContain("SIGHUP: the new code runs");
  }
  await Promise.all(callers.map((caller) => caller.end(AFTERWARDS)));

  const consecutive = (length: number): number[] => Array.from({ length }, (_, at) => at + 2);
  for (const { isOpen, answers } of callers) {
    expect(isOpen).toBe(true);
    expect(answers).toEqual(consecutive(answers.length));
  }
  for (const [at, { seen }] of watchers.entries()) {
    const calls = callers[at + LIVE_QUERIES]!.answers.length;
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(calls);
    expect(seen).toEqual(consecutive(calls));
  }
  const reader = await WireClient.open(port, { instance: "tally" });
  expect(await reader.call("edition")).toEqual(["rsp", 1 + EXCHANGES]);
  reader.send("sub", "Counter", "range", "number", 1, SOCKETS, SOCKETS);
  const [, , rows] = (await reader.next()) as [string, string, readonly { value: number }[]];
  const sum = callers.reduce((total, { answers }) => total + 1 + answers.length, 0);
  expect(rows.reduce((total, { value }) => total + value, 0)).toBe(sum);
  expect((await program.stop()).code).toBe(0);
}

test("three exchanges under 200 sockets on the embedded store close none and lose no call and no version", async () => {
  await exchangeUnderLoad(project.start("--watchdog", "off"));
}, 120_000);

describe("on Redis", () => {
  const redis = useRedis();

  test.each([2, 4])(
    "three exchanges in %i workers under 200 sockets close none and lose no call and no version",
    async (workers) => {
      const server = await redis.server();
      const program = project.start("--store", server.url, "--workers", String(workers), "--watchdog", "off");
      await program.line(new RegExp(`all ${workers} workers serve`));
      await exchangeUnderLoad(program);
    },
    180_000,
  );
});
