import type { Effects } from "../transaction/contract.js";
import type { Client } from "./client.js";
import { CloseCode } from "./close-code.js";
import type { Clients } from "./clients.js";
import { OutgoingEvent } from "./outgoing-event.js";
import { kicked } from "./refusals.js";
import type { Sessions } from "./sessions.js";

/** @returns whether something changed that row-level security may ask for. */
export function applyToCaller(clients: Clients, sessions: Sessions<Client>, client: Client, effects: Effects): boolean {
  let changed = false;
  if (effects.elevate !== undefined) {
    const { user, kick, group } = effects.elevate;
    changed = client.caller !== user || client.group !== group;
    client.group = group;
    client.address.identified();
    clients.identify(client, user);
    // A connection that has gone for good logs nobody in, so it takes nobody's place either.
    if (kick && !client.over) {
      for (const other of [...clients.ofUser(user)]) {
        if (other !== client) other.close(CloseCode.kicked, kicked(user));
      }
      sessions.kick(user, client);
    }
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
export function sendEvents(clients: Clients, effects: Effects, position: number): void {
  for (const { to, event: name, value } of effects.events) {
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
