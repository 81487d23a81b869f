import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { eventually, useRedis } from "../../redis/index.js";
import { Hetu2Client, resumeOf } from "../gate/hetu2-client.js";
import { Programs } from "./program.js";
import { pagesPort, TallyProject, tallyPort, workerPids } from "./tally-project.js";

const redis = useRedis();
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

/** The settings let nothing happen in time by the end of a lease: sessions wait for a shorter time. */
async function configure(): Promise<void> {
  const { url } = await redis.server();
  const server = {
    store: { url, lease_time: "10m" },
    wire: { resume_window: "60s" },
    limits: { anonymous_per_address: 1000 },
  };
  await writeFile(join(project.folder, "hetu.json"), JSON.stringify({ targets: ["server-ts"], server }));
}

test.each([1, 3])(
  "when all of %i workers are killed, the next ones serve without waiting for leases, and clients resume",
  async (workers) => {
    await configure();
    const program = project.start("--workers", String(workers));
    const port = await tallyPort(program);
    if (workers > 1) await program.line(/all \d workers serve/);
    const options = { instance: "tally", fingerprint: undefined };
    const clients = [];
    for (let n = 0; n < 2 * workers; n++) {
      const client = await Hetu2Client.open(port, options);
      // Answered when the store knows of the connection.
      client.send(1, 0, n);
      await client.next();
      clients.push(client);
    }
    const from = program.lines.length;
    for (const pid of workerPids(program)) process.kill(pid, "SIGKILL");
    await Promise.all(clients.map(({ closed }) => closed));
    const next = await tallyPort(program, from);
    for (const client of clients) {
      const back = await Hetu2Client.open(next, { ...options, resume: resumeOf(client) });
      expect(back.welcome.resumed).toBe(true);
    }
    for (let n = 1, at = from; n < workers; n++) {
      await program.line(/serving ws/, at);
      at = program.lines.findIndex((line, index) => index >= at && line.includes("serving ws")) + 1;
    }
    expect((await program.stop()).code).toBe(0);
  },
  120_000,
);

test.each([["supervised"], ["alone", "--no-supervise"]])(
  "SIGTERM while the first start waits for Redis gives the start up, %s",
  async (_, ...args) => {
    const proxy = await redis.proxy(await redis.server());
    proxy.hold();
    const program = project.start("--store", proxy.url, ...args);
    await eventually(async () => proxy.connections > 0);
    expect((await program.stop()).code).toBe(0);
    expect(program.text).toContain("it had not begun to serve: the start is given up");
    expect(program.text).not.toContain("stopping failed");
  },
);

test("/readyz says why no worker can serve", async () => {
  const proxy = await redis.proxy(await redis.server());
  const server = { store: { url: proxy.url, lease_time: "1s" } };
  await writeFile(join(project.folder, "hetu.json"), JSON.stringify({ targets: ["server-ts"], server }));
  const program = project.start();
  await tallyPort(program);
  const readiness = async (): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${await pagesPort(program)}/readyz`)).json();
  await eventually(async () => JSON.stringify(await readiness()) === '{"ready":true}');
  proxy.hold();
  const reason =
    "no worker can serve now: worker 1: no confirmed lease for tally: Redis does not answer or takes no writes, or the lease is lost";
  await eventually(async () => JSON.stringify(await readiness()) === JSON.stringify({ ready: false, reason }));
  proxy.resume();
  await eventually(async () => JSON.stringify(await readiness()) === '{"ready":true}');
  expect((await program.stop()).code).toBe(0);
});
