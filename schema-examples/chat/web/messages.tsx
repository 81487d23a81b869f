import type { ReactNode } from "react";
import { Message } from "../../../generated/chat/client-ts/chat/index.js";
import type { ChatClient } from "./chat-client.js";
import { useRange } from "./hooks.js";

const HISTORY = 50;

/** The last messages of a room: a window of the index `room,sent`, from its end. */
export function Messages({ client, room }: { readonly client: ChatClient; readonly room: bigint }): ReactNode {
  const { rows } = useRange(client, Message, "room,sent", [room], [room], { limit: HISTORY, desc: true });
  return (
    <ul className="messages" aria-label="Messages">
      {rows.toReversed().map(({ id, nick, text, sent }) => (
        <li key={String(id)}>
          <time dateTime={new Date(sent).toISOString()}>{new Date(sent).toLocaleTimeString()}</time> <b>{nick}</b>{" "}
          {text}
        </li>
      ))}
    </ul>
  );
}
