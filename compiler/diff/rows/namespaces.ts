import { defineRow } from "../row.js";

export const namespaceAdded = defineRow({
  kind: "namespace-added",
  message: () => "the namespace is new",
  safe: { why: "It is served under a path of its own.", help: "Nothing." },
});

export const namespaceRemoved = defineRow({
  kind: "namespace-removed",
  message: () => "the namespace is gone",
  clients: {
    why: "Its instance is not served any more: clients are closed with 4004 and do not come back.",
    help: "Go on serving it while clients use it.",
  },
  data: {
    effect: "loses data",
    why: "No table of the new schema shows its rows: an instance that served it refuses to start over them, and one of another name begins with no data.",
    help: "Keep the name, or copy the rows first.",
  },
});

export const orderChanged = defineRow({
  kind: "order-changed",
  message: () => "declarations or members stand in another order, or say another @was",
  safe: {
    why: "Clients of hetu.2 map numbers by name when they connect, and stores keep columns by name.",
    help: "Nothing.",
  },
});
