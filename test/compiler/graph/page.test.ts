import { expect, test } from "vitest";
import type { GraphCluster } from "../../../compiler/graph/clusters.js";
import { inColumns, type TwoColumns } from "../../../compiler/graph/columns.js";
import { neighbourhood } from "../../../compiler/graph/neighbourhood.js";
import { clustersAsPage } from "../../../compiler/graph/page.js";
import { clustersAsSvg } from "../../../compiler/graph/standalone-svg.js";
import { GRAPH_WORDS } from "../../../compiler/graph/words.js";

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

const joined: GraphCluster = {
  ...cluster({ buy: ["Gold", "Log"], look: ["Item", "Log"] }),
  joints: [{ table: "Log", groups: [["buy"], ["look"]] }],
};

test("a page tells each cluster's size, what joins it, and escapes what the names could be", () => {
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

test("a page and a picture say in Chinese all that they say in English, beside the names of the schema", () => {
  const said = (html: string): string[] =>
    html
      .replace(/<(style|script)[^>]*>.*?<\/\1>/gs, "")
      .split(/<[^>]*>/)
      .filter((text) => /\w/.test(text));
  const names = /^(?:buy|look|Gold|Item|Log)$/;
  for (const texts of [
    said(clustersAsPage([joined], undefined, GRAPH_WORDS.zh)),
    said(clustersAsPage([], undefined, GRAPH_WORDS.zh)),
    said(clustersAsSvg([joined], GRAPH_WORDS.zh)),
  ]) {
    expect(
      texts.filter((text) => !names.test(text) && !/^shop，集群 0$|^\d 张表，\d 个系统。$|部分/.test(text)),
    ).toEqual([]);
  }
  expect(clustersAsPage([joined], undefined, GRAPH_WORDS.zh)).toContain("由 <b>Log</b> 连接");
});

test("a picture of its own holds all clusters below each other, its colours, and escaped names", () => {
  const one = cluster({ buy: ["Gold", "Log"], look: ["Item", "Log"] });
  const svg = clustersAsSvg([one, { ...one, namespace: "<b>", number: 1 }]);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox/);
  expect(svg).toContain("<style>");
  expect(svg.match(/data-name="Gold"/g)).toHaveLength(2);
  expect(svg).not.toContain("<b>");
  const tops = [...svg.matchAll(/<svg x="24" y="(\d+)"/g)].map(([, y]) => Number(y));
  const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
  expect(tops[1]! - tops[0]!).toBeGreaterThan(3 * 30);
  expect(height - tops[1]!).toBeGreaterThan(3 * 30);
});

test("around a system are its tables and who shares them, around a table its systems and all of their tables", () => {
  const whole = cluster({ buy: ["Gold", "Item"], pay: ["Gold"], look: ["Item", "Log"], rest: ["Log"] });
  const around = (name: string) => {
    const part = neighbourhood([cluster({}), whole], { namespace: "shop", name });
    return part && [part.systems, part.tables.map((table) => [table.name, ...table.systems].join(" "))];
  };
  expect(around("buy")).toEqual([
    ["buy", "pay", "look"],
    ["Gold buy pay", "Item buy look"],
  ]);
  expect(around("Log")).toEqual([
    ["look", "rest"],
    ["Item look", "Log look rest"],
  ]);
  expect(around("Nothing")).toBeUndefined();
});

test("a page without clusters says so", () => {
  expect(clustersAsPage([])).toContain("there are no clusters");
});
