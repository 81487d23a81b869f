/** What the gate counts while it runs: plain numbers, copied by the metrics when they are asked for. */
export class GateCounters {
  openedConnections = 0;
  /** By close code, of our own closing and of the clients'. */
  readonly closedConnections = new Map<number, number>();
  /** By reason: `origin`, `address`, `anonymous`, `capacity`, `path`, `stopping`. */
  readonly refusedUpgrades = new Map<string, number>();
  receivedMessages = 0;
  receivedBytes = 0;
  sentMessages = 0;
  sentBytes = 0;
  /** Updates handed to connections, merged ones included. */
  pushedUpdates = 0;
  /** Updates that were merged because their reader lagged behind. */
  mergedUpdates = 0;
  pushedEvents = 0;
  rateLimited = 0;
  slowReaders = 0;

  closed(code: number): void {
    this.closedConnections.set(code, (this.closedConnections.get(code) ?? 0) + 1);
  }

  refused(reason: string): void {
    this.refusedUpgrades.set(reason, (this.refusedUpgrades.get(reason) ?? 0) + 1);
  }
}
