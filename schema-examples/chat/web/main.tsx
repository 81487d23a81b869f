import { StrictMode, useState, type ReactNode, type SubmitEvent } from "react";
import { createRoot } from "react-dom/client";
import { connect, NickTaken } from "../../../generated/chat/client-ts/chat/index.js";
import { Chat } from "./chat.js";
import { type ChatClient } from "./chat-client.js";

/** Asks for a nick until the server takes it, then shows the rooms. */
function App(): ReactNode {
  const [session, setSession] = useState<{ client: ChatClient; me: bigint }>();
  const [nick, setNick] = useState("");
  const [problem, setProblem] = useState("");

  async function enter(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const wanted = nick.trim();
    let entered = false;
    const client = connect(`ws://${location.host}/hetu/chat`, {
      // The first time, the form shows what the server says of the nick; after a lost link it is simply taken again.
      bootstrap: async ({ calls }) => {
        if (entered) setSession({ client, me: await calls.logIn(wanted) });
      },
    });
    try {
      const me = await client.calls.logIn(wanted);
      entered = true;
      setSession({ client, me });
    } catch (error) {
      client.close();
      setProblem(error instanceof NickTaken ? `${error.nick} is here already` : String(error));
    }
  }

  if (session !== undefined) return <Chat client={session.client} me={session.me} />;
  return (
    <form onSubmit={(event) => void enter(event)}>
      <input
        value={nick}
        maxLength={24}
        required
        autoFocus
        placeholder="Your nick"
        aria-label="Your nick"
        onChange={(event) => {
          setNick(event.target.value);
        }}
      />
      <button>Enter</button>
      <p role="alert">{problem}</p>
    </form>
  );
}

const container = document.getElementById("app");
if (container === null) throw new Error("the page has no #app");
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
