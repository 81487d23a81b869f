import type { GraphCluster } from "./clusters.js";
import { clusterAsSvg, escaped, sizeOf } from "./svg.js";
import { GRAPH_WORDS, type GraphWords } from "./words.js";

const MARGIN = 24;
/** From a heading's baseline to the next picture, and from a picture to the next heading's baseline. */
const BELOW = 16;
const ABOVE = 48;
const LEGEND = 40;

/** Colours for paper: a picture of its own has no page that gives it any. */
const STYLE = `
svg { color-scheme: light; }
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328; }
.heading { font: bold 15px system-ui, sans-serif; }
.legend text { font: 13px system-ui, sans-serif; fill: #59636e; }
rect { fill: none; stroke-width: 1.5; }
.ground { fill: #ffffff; stroke: none; }
.system rect { stroke: #0969da; }
.table rect { stroke: #1a7f37; }
.joint rect { stroke: #bc4c00; stroke-width: 3; }
.line { fill: none; stroke: #59636e; stroke-width: 1.2; opacity: 0.55; }
`;

/** All clusters below each other as one picture that needs no other file: for documents and printers. */
export function clustersAsSvg(clusters: readonly GraphCluster[], words: GraphWords = GRAPH_WORDS.en): string {
  let y = MARGIN + LEGEND;
  const parts = clusters.map((cluster) => {
    const heading = y + ABOVE - BELOW;
    const top = heading + BELOW;
    y = top + sizeOf(cluster).height;
    return [
      `<text class="heading" x="${MARGIN}" y="${heading}">${escaped(words.heading(cluster))}</text>`,
      clusterAsSvg(cluster, words).replace("<svg ", `<svg x="${MARGIN}" y="${top}" `),
    ].join("\n");
  });
  const width = Math.max(420, ...clusters.map((cluster) => sizeOf(cluster).width)) + 2 * MARGIN;
  const height = y + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${words.title}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    legend(words),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function legend({ system, table, joint }: GraphWords): string {
  const entries = [
    ["system", 11, system],
    ["table", 3, table],
    ["table joint", 3, joint],
  ] as const;
  const boxes = entries.map(([kind, rounded, meaning], at) => {
    const x = MARGIN + at * 110;
    const box = `<rect x="${x}" y="${MARGIN}" width="28" height="18" rx="${rounded}"/>`;
    return `<g class="${kind}">${box}<text x="${x + 36}" y="${MARGIN + 14}">${meaning}</text></g>`;
  });
  return `<g class="legend">${boxes.join("")}</g>`;
}
