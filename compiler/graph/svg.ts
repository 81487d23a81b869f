import type { GraphCluster } from "./clusters.js";
import { inColumns } from "./columns.js";
import type { GraphWords } from "./words.js";

const ROW = 30;
const BOX = 22;
/** Width of a character of the 13-pixel monospaced type that the names are set in. */
const CHARACTER = 7.9;
const PADDING = 10;
const GAP = 160;
/** Around the whole, for the outer half of the thickest stroke. */
const EDGE = 2;

/**
 * A cluster as a picture: systems on the left, tables on the right; tables that alone hold parts of it together are
 * marked with the class `joint`. Colours are those of the page, by the classes `system`, `table`, `line`.
 */
export function clusterAsSvg(cluster: GraphCluster, words: GraphWords): string {
  const { systems, tables, lines } = inColumns(cluster);
  const joints = new Set(cluster.joints.map(({ table }) => table));
  const left = EDGE + widthOf(systems);
  const rows = Math.max(systems.length, tables.length);
  const { width, height } = sizeOf(cluster);
  const middle = (at: number, count: number): number => EDGE + (at + 0.5) * ROW + ((rows - count) * ROW) / 2;
  const from = left;
  const to = left + GAP;

  const curves = lines.map(({ system, table }) => {
    const [y1, y2] = [middle(system, systems.length), middle(table, tables.length)];
    const half = (from + to) / 2;
    const path = `M${from} ${y1}C${half} ${y1} ${half} ${y2} ${to} ${y2}`;
    return `<path class="line" data-system="${escaped(systems[system])}" data-table="${escaped(tables[table])}" d="${path}"/>`;
  });
  const boxes = [
    ...systems.map((name, at) => box("system", name, left - widthOf([name]), middle(at, systems.length))),
    ...tables.map((name, at) => box(joints.has(name) ? "table joint" : "table", name, to, middle(at, tables.length))),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" data-namespace="${escaped(cluster.namespace)}">`,
    `<title>${escaped(words.heading(cluster))}</title>`,
    ...curves,
    ...boxes,
    "</svg>",
  ].join("\n");
}

/** In pixels. */
export function sizeOf({ systems, tables }: GraphCluster): { readonly width: number; readonly height: number } {
  return {
    width: widthOf(systems) + GAP + widthOf(tables.map(({ name }) => name)) + 2 * EDGE,
    height: Math.max(systems.length, tables.length) * ROW + 2 * EDGE,
  };
}

function box(kind: string, name: string, x: number, y: number): string {
  const rounded = kind === "system" ? BOX / 2 : 3;
  return (
    `<g class="${kind}" data-name="${escaped(name)}"><rect x="${x}" y="${y - BOX / 2}" width="${widthOf([name])}" ` +
    `height="${BOX}" rx="${rounded}"/><text x="${x + PADDING}" y="${y + 4.5}">${escaped(name)}</text></g>`
  );
}

function widthOf(names: readonly string[]): number {
  return Math.ceil(Math.max(0, ...names.map(({ length }) => length)) * CHARACTER) + 2 * PADDING;
}

/** Text within XML. */
export function escaped(text = ""): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
