import { useEffect, useState, type ReactNode } from "react";
import { Member, Room, Typing } from "../../../generated/chat/client-ts/chat/index.js";
import type { ChatClient, Session } from "./chat-client.js";
import { useConnection, useRange, useRow } from "./hooks.js";
import { Messages } from "./messages.js";
import { Say } from "./say.js";

const TYPING_MS = 3000;

/** The rooms, who is in the chosen one, and what is said there. */
export function Chat({ client, me, join }: Session): ReactNode {
  const { rows: rooms } = useRange(client, Room, "name");
  const { row: self } = useRow(client, Member, { owner: me });
  const connection = useConnection(client);
  const room = rooms.find(({ id }) => id === self?.room);

  return (
    <div className={connection.status === "connected" ? "chat" : "chat stale"}>
      <nav>
        <ul>
          {rooms.map(({ id, name }) => (
            <li key={String(id)}>
              <button aria-current={id === self?.room} onClick={() => void join(id)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
        {room !== undefined && <Members client={client} room={room.id} />}
        <p className="hint">{connection.status}</p>
      </nav>
      {room === undefined ? (
        <p>Choose a room.</p>
      ) : (
        <main>
          <h1>{room.name}</h1>
          <p className="hint">{room.topic}</p>
          <Messages client={client} room={room.id} />
          <WhoTypes client={client} room={room.id} />
          <Say client={client} />
        </main>
      )}
    </div>
  );
}

function Members({ client, room }: { readonly client: ChatClient; readonly room: bigint }): ReactNode {
  const { rows } = useRange(client, Member, "room", room, room, { limit: 100 });
  return (
    <ul aria-label="Members">
      {rows.map(({ id, nick, presence }) => (
        <li key={String(id)} className={presence === "online" ? "" : "away"}>
          {nick}
        </li>
      ))}
    </ul>
  );
}

/** Who has typed in the last moments; each notice lives for three seconds. */
function WhoTypes({ client, room }: { readonly client: ChatClient; readonly room: bigint }): ReactNode {
  const [nicks, setNicks] = useState<readonly string[]>([]);
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const stop = client.events.on(Typing, (notice) => {
      if (notice.room !== room) return;
      const { nick } = notice;
      clearTimeout(timers.get(nick));
      setNicks((known) => (known.includes(nick) ? known : [...known, nick]));
      timers.set(
        nick,
        setTimeout(() => setNicks((known) => known.filter((other) => other !== nick)), TYPING_MS),
      );
    });
    return () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
      setNicks([]);
    };
  }, [client, room]);
  return <p className="hint">{nicks.length === 0 ? "\u00a0" : `${nicks.join(", ")} …`}</p>;
}
