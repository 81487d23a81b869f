import { expect, test } from "vitest";
import type { GraphCluster } from "../../../compiler/graph/clusters.js";
import { inColumns, type TwoColumns } from "../../../compiler/graph/columns.js";
import { clustersAsPage } from "../../../compiler/graph/page.js";

/** A cluster of systems with the tables that each touches. */
function cluster(touches: Readonly<Record<string, readonly string[]>>): GraphCluster {
  const systems = Object.keys(touches);
  const names = [...new Set(Object.values(touches).flat())].sort();
  const tables = names.map((name) => ({ name, systems: systems.filter((system) => touches[system]?.includes(name)) }));
  return { namespace: "shop", number: 0, tables, systems, joints: [] };
}

function crossings({ lines }: TwoColumns): number {
  const pairs = lines.flatMap((a, at) => lines.slice(at + 1).map((b) => [a, b] as const));
  return pairs.filter(([a, b]) => (a.system - b.system) * (a.table - b.table) < 0).length;
}

test("every system, every table and every line between them is there once", () => {
  const columns = inColumns(cluster({ buy: ["Gold", "Item"], pay: ["Gold"], look: ["Item", "Log"] }));
  expect(columns.systems.toSorted()).toEqual(["buy", "look", "pay"]);
  expect(columns.tables.toSorted()).toEqual(["Gold", "Item", "Log"]);
  const lines = columns.lines.map(({ system, table }) => `${columns.systems[system]} ${columns.tables[table]}`);
  expect(lines.toSorted()).toEqual(["buy Gold", "buy Item", "look Item", "look Log", "pay Gold"]);
});

test("systems of a chain and their tables are laid out without a line that crosses another", () => {
  const chain = cluster({ d: ["A", "C"], a: ["B"], c: ["D", "A"], b: ["B", "D"] });
  expect(crossings(inColumns(chain))).toBe(0);
});

test("a page tells each cluster's size, what joins it, and escapes what the names could be", () => {
  const joined: GraphCluster = {
    ...cluster({ buy: ["Gold", "Log"], look: ["Item", "Log"] }),
    joints: [{ table: "Log", groups: [["buy"], ["look"]] }],
  };
  const page = clustersAsPage([{ ...joined, namespace: "<shop>" }], "abc");
  expect(page).toContain("&#60;shop&#62;, cluster 0");
  expect(page).not.toContain("<shop>");
  expect(page).toContain("3 tables, 2 systems.");
  expect(page).toContain("Joined by <b>Log</b>: without it, 2 parts share nothing.");
  expect(page.match(/<g class="system"/g)).toHaveLength(2);
  expect(page.match(/<g class="table"/g)).toHaveLength(2);
  expect(page.match(/<g class="table joint"/g)).toHaveLength(1);
  expect(page.match(/<path class="line"/g)).toHaveLength(4);
  expect(page).toContain('<script nonce="abc">');
});

test("a page without clusters says so", () => {
  expect(clustersAsPage([])).toContain("there are no clusters");
});
