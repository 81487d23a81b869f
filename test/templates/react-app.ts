// Bundled by react.browser.test.ts and run in a page: one component under StrictMode that shows what its hooks give.
import * as React from "react";
import { createRoot } from "react-dom/client";
import { Account, connect } from "../fixtures/world/generated/client-ts/world/index.js";
import { createHooks } from "../fixtures/world/generated/client-ts/sdk/react.js";

interface Props {
  readonly from: number;
  readonly shown: boolean;
  /** Changes nothing that a query depends on. */
  readonly turn: number;
}

interface Page {
  start(url: string): void;
  render(props: Props): void;
  echo(text: string): Promise<string>;
  readonly renders: readonly (readonly Account[])[];
}

const { useRange, useRow, useCall, useConnection } = createHooks(React);
const seen: (readonly Account[])[] = [];
let client: ReturnType<typeof connect>;
let echo: (text: string) => Promise<string>;

function Accounts({ from }: { readonly from: number }): React.ReactNode {
  const { rows, ready, stale } = useRange(client, Account, "number", from, 9, { limit: 5 });
  const { row } = useRow(client, Account, from === 1 ? { number: 1 } : undefined);
  const { status } = useConnection(client);
  const call = useCall(client.calls.echo);
  echo = call.call;
  seen.push(rows);
  const parts = [
    `rows ${rows.map(({ number, balance }) => `${number}:${balance}`).join(" ")};`,
    `row ${row?.balance ?? "none"}; ready ${ready}; stale ${stale}; ${status};`,
    `${call.pending ? "pending" : "idle"} ${call.result ?? ""}${call.error instanceof Error ? call.error.name : ""}`,
  ];
  return React.createElement("p", null, parts.join(" "));
}

function App({ from, shown, turn }: Props): React.ReactNode {
  return React.createElement("div", { "data-turn": turn }, shown ? React.createElement(Accounts, { from }) : "nothing");
}

// The project's own code is compiled without the types of browsers.
const { document } = globalThis as unknown as {
  readonly document: { getElementById(id: string): Parameters<typeof createRoot>[0] };
};
const root = createRoot(document.getElementById("root"));

const page: Page = {
  start(url) {
    client = connect(url);
  },
  render(props) {
    root.render(React.createElement(React.StrictMode, null, React.createElement(App, props)));
  },
  echo: (text) => echo(text),
  renders: seen,
};

Object.assign(globalThis, { page });
