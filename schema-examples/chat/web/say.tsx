import { useState, type ReactNode } from "react";
import { CallRejectedError } from "../../../generated/chat/client-ts/chat/index.js";
import type { ChatClient } from "./chat-client.js";
import { useCall } from "./hooks.js";

/** The line to write on. A message that was under way when the link broke is sent again and posted once. */
export function Say({ client }: { readonly client: ChatClient }): ReactNode {
  const [text, setText] = useState("");
  const post = useCall(client.calls.post);

  async function send(): Promise<void> {
    if (text.trim() === "") return;
    try {
      await post.call(text);
      setText("");
    } catch (error) {
      // Shown below; the text stays for another try.
      if (!(error instanceof CallRejectedError)) throw error;
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        value={text}
        maxLength={500}
        placeholder="Write a message"
        aria-label="Write a message"
        onChange={(event) => {
          setText(event.target.value);
          client.calls.typing().catch(() => undefined);
        }}
      />
      <button disabled={post.pending}>Send</button>
      {post.error instanceof Error && <p role="alert">{post.error.message}</p>}
    </form>
  );
}
