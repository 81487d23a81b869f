import { check, type Verdict, viewDifference } from "./checker.js";
import type { Fault, Pace } from "./faults.js";
import type { Installation } from "./machine.js";
import { Site } from "./site.js";
import { bounded, randomFrom, until } from "./waiting.js";

/** What a fault did, and what became of it. Times in milliseconds. */
export interface FaultReport extends Verdict {
  readonly fault: string;
  readonly seed: number;
  readonly did: string;
  /** From the end of the fault until every client had an answer to a call that it made after it. */
  readonly calls: number;
  /** From the end of the fault until every client was shown a change that everyone made after it. */
  readonly views: number;
  /** From the end of the fault until presence rows were the connections of the clients. */
  readonly presence: number;
  /** From the end of the fault until a tick was run for that came after it. */
  readonly ticks: number;
  /** From the death of a process until its lease was gone; `undefined`: none died. */
  readonly lease: number | undefined;
  /** What the servers wrote to their logs. */
  readonly log: string;
}

/** Lets a fault loose on a site under load, and looks at what is left. */
export async function runFault(
  installation: Installation,
  fault: Fault,
  seed: number,
  bounds: Pick<Pace, "shortest" | "longest">,
): Promise<FaultReport> {
  const random = randomFrom(seed);
  const site = await Site.start(installation, fault, random);
  const log = (): string => site.machines.map(({ program }) => program.text).join("\n");
  try {
    const { did, ended, lossAllowed = false, leases = [] } = await fault.disturb(site, { ...bounds, random });
    const [gone, calls, views, presence, ticks] = await Promise.all([
      Promise.all(leases),
      until("every client is answered again", () => site.clients.every((each) => each.answeredSince(ended)), ended),
      viewsFollow(site, ended),
      until("presence rows are the connections of clients", () => site.presenceFits(), ended),
      site.nextTick(ended),
    ]);
    await bounded("the last calls", Promise.all(site.clients.map((client) => client.stop())));
    let difference: string | undefined;
    await until("every view is what Redis has", async () => {
      difference = await viewDifference(site.stored, site.clients);
      return difference === undefined;
    }).catch((error: unknown) => {
      throw new Error(difference, { cause: error });
    });
    const verdict = await check(site.stored, site.clients, lossAllowed);
    const problems = [...verdict.problems];
    if (!(await site.presenceFits())) problems.push("presence rows are not the connections of clients");
    for (const { program } of site.machines)
      if (program.child.exitCode !== null) problems.push(`a supervisor ended with ${program.child.exitCode}`);
    const lease = gone.length === 0 ? undefined : Math.max(...gone);
    return { ...verdict, problems, fault: fault.name, seed, did, calls, views, presence, ticks, lease, log: log() };
  } catch (error) {
    throw new Error(`${fault.name}, seed ${seed}: ${String(error)}\n${log()}`, { cause: error });
  } finally {
    await site.stop();
  }
}

/** Milliseconds from a moment until every client is shown what everyone has counted since. */
function viewsFollow({ clients }: Site, since: number): Promise<number> {
  const goals = new Map<number, bigint>();
  return until(
    () => `every view follows again: ${stateOf(clients, goals)}`,
    () => {
      for (const { number, newest } of clients)
        if (!goals.has(number) && newest.made > since) goals.set(number, newest.value);
      if (goals.size < clients.length) return false;
      return clients.every(({ counters }) => {
        const shown = new Map(counters.rows.map(({ client, value }) => [client, value]));
        return !counters.stale && [...goals].every(([client, value]) => (shown.get(client) ?? 0n) >= value);
      });
    },
    since,
  );
}

function stateOf(clients: Site["clients"], goals: ReadonlyMap<number, bigint>): string {
  return clients
    .map(({ number, client, counters, newest, increments }) => {
      const shown = counters.rows.map((row) => `${row.client}:${row.value}`).join(" ");
      return `client ${number} ${client.connection.status}${counters.stale ? " stale" : ""}, goal ${goals.get(number)}, newest ${newest.value}, ${increments.answered.size} answered, shown ${shown}`;
    })
    .join("\n");
}
