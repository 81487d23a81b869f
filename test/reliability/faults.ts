import { LEASE_TIME } from "./machine.js";
import { ServerClock } from "./server-clock.js";
import type { Site, SiteOptions } from "./site.js";
import { bounded, pause, until } from "./waiting.js";

/** What was done, and when it was over. */
export interface Disturbance {
  readonly did: string;
  /** By `performance.now()`. */
  readonly ended: number;
  /** For each process that died: milliseconds from then until its lease was gone. */
  readonly leases?: readonly Promise<number>[];
  /** Redis itself may have lost what it had acknowledged. */
  readonly lossAllowed?: boolean;
}

/** How rough it is. */
export interface Pace {
  readonly random: () => number;
  /** Bounds of the time that a network or a server is away, in milliseconds. */
  readonly shortest: number;
  readonly longest: number;
}

export interface Fault extends SiteOptions {
  readonly name: string;
  disturb(site: Site, pace: Pace): Promise<Disturbance>;
}

const ONE_MACHINE = { database: "single", machines: 1, workers: 2, ownClock: false } as const;
const CLUSTER = { database: "cluster", machines: 1, workers: 2, ownClock: false } as const;

/** Tells a name from the next one in the table. */
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

function some({ random, shortest, longest }: Pace): number {
  return shortest + random() * (longest - shortest);
}

function oneOf<T>(list: readonly T[], { random }: Pace): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new RangeError("nothing to choose from");
  return found;
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

async function killWorker(site: Site, pace: Pace): Promise<Disturbance> {
  const [machine] = site.machines;
  const victim = oneOf(await machine.workers(), pace);
  process.kill(victim, "SIGKILL");
  return {
    did: "one of two workers killed",
    ended: performance.now(),
    leases: [site.leaseGone(victim)],
  };
}

async function killMachine(site: Site): Promise<Disturbance> {
  const [, machine] = site.machines;
  if (machine === undefined) throw new RangeError("one machine only");
  const victims = await machine.workers();
  // Supervisor and workers at once: nobody is left who could say that they are dead.
  machine.program.child.kill("SIGKILL");
  for (const victim of victims) process.kill(victim, "SIGKILL");
  const leases = victims.map((victim) => site.leaseGone(victim));
  machine.toClients.cut();
  await machine.restart();
  return { did: "a machine with a worker killed, started again", ended: performance.now(), leases };
}

async function killRedis(site: Site, pace: Pace): Promise<Disturbance> {
  const { single } = site.database;
  if (single === undefined) throw new RangeError("not a single server");
  const away = some(pace);
  await single.kill("SIGKILL");
  await pause(away);
  await single.restart();
  return { did: `Redis killed, started after ${seconds(away)}`, ended: performance.now() };
}

async function dropRedis(site: Site, pace: Pace): Promise<Disturbance> {
  const proxy = site.machines[0].toRedis;
  if (proxy === undefined) throw new RangeError("no proxy in front of Redis");
  const away = some(pace);
  // Now and then only what Redis answers is dropped: it does what it was asked, and nobody knows.
  const direction = oneOf(["both", "toServer", "toClient"] as const, pace);
  proxy.hold(direction);
  await pause(away);
  const breaks = pace.random() < 0.5;
  if (breaks) proxy.cut();
  proxy.resume();
  const end = breaks ? "then the connections broke" : "then it came late";
  return {
    did: `${direction} between servers and Redis dropped for ${seconds(away)}, ${end}`,
    ended: performance.now(),
  };
}

async function dropOneMachine(site: Site, pace: Pace): Promise<Disturbance> {
  const [, machine] = site.machines;
  if (machine?.toRedis === undefined) throw new RangeError("no second machine behind a proxy");
  const away = LEASE_TIME + some(pace);
  const cutOff = await machine.workers();
  machine.toRedis.hold();
  const leases = cutOff.map((pid) => site.leaseGone(pid));
  await pause(away);
  // Whatever it sent meanwhile arrives now, and must not be taken.
  machine.toRedis.resume();
  return { did: `one of two machines cut off from Redis for ${seconds(away)}`, ended: performance.now(), leases };
}

async function dropClients(site: Site, pace: Pace): Promise<Disturbance> {
  const { toClients } = site.machines[0];
  const away = some(pace);
  const direction = oneOf(["both", "toServer", "toClient"] as const, pace);
  toClients.hold(direction);
  await pause(away);
  const breaks = pace.random() < 0.5;
  if (breaks) toClients.cut();
  toClients.resume();
  const end = breaks ? "then the connections broke" : "then it came late";
  return {
    did: `${direction} between clients and servers dropped for ${seconds(away)}, ${end}`,
    ended: performance.now(),
  };
}

async function pauseWorker(site: Site, pace: Pace): Promise<Disturbance> {
  const [machine] = site.machines;
  const victim = oneOf(await machine.workers(), pace);
  const since = performance.now();
  process.kill(victim, "SIGSTOP");
  const lease = site.leaseGone(victim);
  await lease;
  await pause(some(pace) / 2);
  process.kill(victim, "SIGCONT");
  const away = performance.now() - since;
  await until("a worker that comes back after its lease ends", () => isGone(victim));
  return { did: `a worker stood still for ${seconds(away)}`, ended: performance.now(), leases: [lease] };
}

async function clockBack(site: Site, pace: Pace): Promise<Disturbance> {
  const clock = site.machines.at(-1)?.clock;
  if (clock === undefined) throw new RangeError("no machine with a clock of its own");
  const back = -Math.round(5 + pace.random() * 45);
  await clock.set(back);
  await pause(some(pace));
  await clock.set(-back);
  await pause(some(pace) / 2);
  await clock.set(0);
  await pause(some(pace) / 2);
  return { did: `the clock of one machine set ${-back} s back, then ahead, then right`, ended: performance.now() };
}

async function flushScripts(site: Site, pace: Pace): Promise<Disturbance> {
  const end = performance.now() + some(pace);
  let times = 0;
  for (; performance.now() < end; times++) {
    for (const server of site.database.servers) await server.command("SCRIPT", "FLUSH");
    await pause(50);
  }
  return { did: `SCRIPT FLUSH, ${times} times`, ended: performance.now() };
}

async function killPrimary(site: Site): Promise<Disturbance> {
  const { cluster } = site.database;
  if (cluster === undefined) throw new RangeError("not a cluster");
  const victim = await site.database.serverOf(await site.stored.tagOf("Mark"));
  await victim.kill("SIGKILL");
  const ended = performance.now();
  await bounded("the failover", cluster.settled());
  return { did: "the primary of two tables killed; its replica takes over", ended, lossAllowed: true };
}

async function moveSlots(site: Site, pace: Pace): Promise<Disturbance> {
  const { cluster } = site.database;
  if (cluster === undefined) throw new RangeError("not a cluster");
  const tables = ["Mark", "Account", "Presence"] as const;
  for (const table of tables) {
    const slot = await cluster.slotOf(await site.stored.tagOf(table));
    const from = await cluster.primaryOf(slot);
    const others = cluster.nodes.slice(0, 3).filter((node) => node !== from);
    await bounded(
      "moving a slot",
      cluster.moveSlot(slot, oneOf(others, pace), () => pause(some(pace) / 4)),
    );
  }
  return { did: "the slots of three partitions moved, each standing half-way for a while", ended: performance.now() };
}

export const FAULTS: readonly Fault[] = [
  { name: "kill-worker", ...ONE_MACHINE, disturb: killWorker },
  { name: "kill-machine", ...ONE_MACHINE, machines: 2, workers: 1, disturb: killMachine },
  { name: "kill-redis", ...ONE_MACHINE, disturb: killRedis },
  { name: "drop-redis", ...ONE_MACHINE, disturb: dropRedis },
  { name: "drop-machine", ...ONE_MACHINE, machines: 2, workers: 1, disturb: dropOneMachine },
  { name: "drop-clients", ...ONE_MACHINE, disturb: dropClients },
  { name: "pause-worker", ...ONE_MACHINE, disturb: pauseWorker },
  { name: "clock-back", ...ONE_MACHINE, machines: 2, workers: 1, ownClock: true, disturb: clockBack },
  { name: "flush-scripts", ...ONE_MACHINE, disturb: flushScripts },
  { name: "kill-primary", ...CLUSTER, disturb: killPrimary },
  { name: "move-slots", ...CLUSTER, disturb: moveSlots },
];

/** What this machine lacks for a fault; `undefined`: nothing. */
export function missingFor({ ownClock }: Fault): string | undefined {
  return ownClock && !ServerClock.available ? "libfaketime is not installed" : undefined;
}
