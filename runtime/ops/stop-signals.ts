/**
 * A terminal sends Ctrl-C to the supervisor and the server at the same time, and the supervisor passes it on: two
 * signals this close together are one wish.
 */
const SAME_WISH = 500;

/**
 * Stops on SIGTERM, SIGINT, or when the supervisor has died.
 * @param stop the first time. @param force the second time.
 */
export function onStopSignals(stop: (reason: string) => void, force: () => void): void {
  let first: number | undefined;
  const take = (reason: string): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      stop(reason);
    } else if (now - first > SAME_WISH) {
      force();
    }
  };
  process.on("SIGTERM", () => take("SIGTERM"));
  process.on("SIGINT", () => take("SIGINT"));
  if (process.channel !== undefined) process.on("disconnect", () => take("the supervisor has ended"));
}
