/** What something took. */
export interface Peak {
  readonly seconds: number;
  /** By how much the memory of JavaScript has grown at most, in bytes. */
  readonly memory: number;
}

/** What was measured of one store. */
export interface Upgraded {
  readonly rows: number;
  /** A loop that reads every row and writes it elsewhere as it is. */
  readonly bare: Peak;
  readonly plan: Peak;
  readonly upgrade: Peak;
}

const LOOK_EVERY_MS = 20;

/** Measures time and memory. */
export async function peakOf(run: () => Promise<unknown>): Promise<Peak> {
  const before = heap();
  let most = before;
  const look = (): void => {
    most = Math.max(most, heap());
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  const start = performance.now();
  try {
    await run();
    look();
    return { seconds: (performance.now() - start) / 1000, memory: most - before };
  } finally {
    clearInterval(timer);
  }
}

/** Without what a database maps of its file: the kernel takes that back when it likes. */
function heap(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
