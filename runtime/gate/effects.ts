import type { Effects } from "../transaction/contract.js";
import type { Client } from "./client.js";
import type { Clients } from "./clients.js";
import type { Kicks } from "./kicks.js";
import { OutgoingEvent } from "./outgoing-event.js";

/** A commit: number of its store, and where it stands there. */
export interface CommitPlace {
  readonly store: number;
  readonly position: number;
}

/** @returns whether something changed that row-level security may ask for. */
export function applyToCaller(
  clients: Clients,
  kicks: Kicks,
  client: Client,
  effects: Effects,
  { store, position }: CommitPlace,
): boolean {
  let changed = false;
  if (effects.elevate !== undefined) {
    const { user, kick, group } = effects.elevate;
    changed = client.caller !== user || client.group !== group;
    client.group = group;
    client.address.identified();
    client.loggedIn(store, position);
    clients.identify(client, user);
    kicks.loggedIn(client, user, store, position);
    // A connection that has gone for good logs nobody in, so it takes nobody's place either; but where other processes
    // know of the kick from the commit, all do the same.
    if (kick && (!client.over || client.record !== undefined))
      kicks.kick({ user, except: client.connection }, store, position);
  }
  if (effects.session !== undefined) {
    for (const [property, value] of Object.entries(effects.session)) {
      if (client.session[property] === value) continue;
      changed = true;
      if (value === undefined) delete client.session[property];
      else client.session[property] = value;
    }
  }
  return changed;
}

/** Events go out after the row updates of the same commit, which the outboxes hold already. */
export function sendEvents(clients: Clients, events: Effects["events"], position: number): void {
  for (const { to, event: name, value } of events) {
    const event = new OutgoingEvent(name, value);
    switch (to.kind) {
      case "everybody":
        for (const client of clients.all()) client.sendEvent(event, position);
        break;
      case "user":
        for (const client of clients.ofUser(to.user)) client.sendEvent(event, position);
        break;
      case "connection":
        clients.get(to.connection)?.sendEvent(event, position);
        break;
    }
  }
}
