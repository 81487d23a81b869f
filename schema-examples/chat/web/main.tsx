import { StrictMode, useState, type ReactNode, type SubmitEvent } from "react";
import { createRoot } from "react-dom/client";
import { connect, NickTaken } from "../../../generated/chat/client-ts/chat/index.js";
import { Chat } from "./chat.js";
import type { Session } from "./chat-client.js";

/** Who this page is, for as long as it is open. */
const secret = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
  byte.toString(16).padStart(2, "0"),
).join("");

/** Asks for a nick until the server takes it, then shows the rooms. */
function App(): ReactNode {
  const [session, setSession] = useState<Session>();
  const [nick, setNick] = useState("");
  const [problem, setProblem] = useState("");

  async function enter(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const wanted = nick.trim();
    let entered = false;
    let room: bigint | undefined;
    const client = connect(`ws://${location.host}/hetu/chat`, {
      // The first time, the form shows what the server says of the nick; after a lost link it is simply taken again.
      bootstrap: async ({ calls }) => {
        if (!entered) return;
        await calls.logIn(wanted, secret);
        if (room !== undefined) await calls.joinRoom(room);
      },
    });
    const join = async (id: bigint): Promise<void> => {
      room = id;
      await client.calls.joinRoom(id);
    };
    try {
      const me = await client.calls.logIn(wanted, secret);
      entered = true;
      setSession({ client, me, join });
    } catch (error) {
      client.close();
      setProblem(error instanceof NickTaken ? `${error.nick} is here already` : String(error));
    }
  }

  if (session !== undefined) return <Chat {...session} />;
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
