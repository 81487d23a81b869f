import type { ColumnValue } from "../schema/component.js";
import type { ConnectionRecord } from "../transaction/connection-record.js";
import type { SessionState } from "./session-state.js";

/** A connection as calls and live queries see it: the session that it has now. */
export abstract class SessionHolder {
  protected abstract state: SessionState;

  /** The property of `ctx.session` of a session field, by its schema name. */
  protected abstract propertyOf(field: string): string | undefined;

  get connection(): bigint {
    return this.state.connection;
  }

  get caller(): bigint | undefined {
    return this.state.caller;
  }

  set caller(user: bigint | undefined) {
    this.state.caller = user;
  }

  get group(): string | undefined {
    return this.state.group;
  }

  set group(group: string | undefined) {
    this.state.group = group;
  }

  get session(): Record<string, unknown> {
    return this.state.session;
  }

  get record(): ConnectionRecord | undefined {
    return this.state.record;
  }

  get admin(): boolean {
    return this.group === "admin";
  }

  get barrier(): number | undefined {
    return this.state.history.barrier;
  }

  sessionValue(name: string): ColumnValue | undefined {
    const property = this.propertyOf(name);
    return property === undefined ? undefined : (this.session[property] as ColumnValue | undefined);
  }

  onPosition(position: number): void {
    this.state.history.position = position;
  }

  loggedIn(store: number, position: number): void {
    this.state.kickedBehind[store] = position;
  }

  kickedBehind(store: number): number {
    return this.state.kickedBehind[store] ?? 0;
  }
}
