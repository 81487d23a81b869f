import type { GraphCluster } from "./clusters.js";
import { clusterAsSvg, escaped } from "./svg.js";
import { GRAPH_WORDS, type GraphWords } from "./words.js";

/** Colours of the pictures; the variables are those of VS Code's pages, with others where there are none. */
export const GRAPH_STYLE = `
.hetu-graph { --ink: var(--vscode-editor-foreground, light-dark(#1f2328, #e6edf3));
  --quiet: var(--vscode-descriptionForeground, light-dark(#59636e, #9198a1));
  --system: var(--vscode-charts-blue, light-dark(#0969da, #4493f8));
  --table: var(--vscode-charts-green, light-dark(#1a7f37, #3fb950));
  --joint: var(--vscode-charts-orange, light-dark(#bc4c00, #db6d28)); color: var(--ink); }
.hetu-graph h1 { font-size: 1.3rem; margin: 0 0 0.8rem; }
.hetu-graph .clusters { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 0 4rem; }
.hetu-graph section { max-width: 100%; }
.hetu-graph h2 { font-size: 1.05rem; margin: 1.6rem 0 0.2rem; }
.hetu-graph p { color: var(--quiet); margin: 0.2rem 0 0.8rem; }
.hetu-graph .legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 0; padding: 0; list-style: none; color: var(--quiet); }
.hetu-graph .legend li::before { content: ""; display: inline-block; width: 1.4em; height: 0.8em; margin-right: 0.4em;
  border: 2px solid var(--table); border-radius: 3px; }
.hetu-graph .legend .system::before { border-color: var(--system); border-radius: 1em; }
.hetu-graph .legend .joint::before { border-color: var(--joint); border-width: 3px; }
.hetu-graph svg { display: block; max-width: 100%; height: auto; }
.hetu-graph text { font: 13px ui-monospace, monospace; fill: var(--ink); }
.hetu-graph rect { fill: transparent; stroke-width: 1.5; }
.hetu-graph .system rect { stroke: var(--system); }
.hetu-graph .table rect { stroke: var(--table); }
.hetu-graph .joint rect { stroke: var(--joint); stroke-width: 3; }
.hetu-graph .line { fill: none; stroke: var(--quiet); stroke-width: 1.2; opacity: 0.55; }
.hetu-graph svg.chosen .line, .hetu-graph svg.chosen g { opacity: 0.12; }
.hetu-graph svg.chosen .near { opacity: 1; }
`;

/** Pointing at a box dims what it has nothing to do with. */
const POINTING = `
for (const svg of document.querySelectorAll(".hetu-graph svg")) {
  svg.addEventListener("mouseover", ({ target }) => {
    const name = target.closest("g")?.dataset.name;
    svg.classList.toggle("chosen", name !== undefined);
    const lines = [...svg.querySelectorAll(".line")];
    const near = lines.filter(({ dataset }) => dataset.system === name || dataset.table === name);
    const names = new Set([name, ...near.flatMap(({ dataset }) => [dataset.system, dataset.table])]);
    for (const line of lines) line.classList.toggle("near", near.includes(line));
    for (const box of svg.querySelectorAll("g")) box.classList.toggle("near", names.has(box.dataset.name));
  });
}
`;

/** What the boxes are, as HTML. */
export function legendAsHtml({ system, table, joint }: GraphWords): string {
  return `<ul class="legend"><li class="system">${system}</li><li class="table">${table}</li><li class="joint">${joint}</li></ul>`;
}

/** The clusters as HTML, to be put into a page that has {@link GRAPH_STYLE}; beside each other where there is room. */
export function clustersAsHtml(clusters: readonly GraphCluster[], words: GraphWords = GRAPH_WORDS.en): string {
  const sections = clusters.map((cluster) => {
    const joined = cluster.joints.map(({ table, groups }) => {
      const [before, behind] = words.joined(groups.length);
      return `<br>${before}<b>${escaped(table)}</b>${behind}`;
    });
    const text = `<h2>${escaped(words.heading(cluster))}</h2><p>${words.size(cluster)}${joined.join("")}</p>`;
    return `<section>${text}\n${clusterAsSvg(cluster, words)}</section>`;
  });
  const content = sections.length === 0 ? [`<p>${words.none}</p>`] : sections;
  return `<div class="hetu-graph"><div class="clusters">${content.join("\n")}</div></div>`;
}

/**
 * The clusters as a page of its own: no other file is needed.
 *
 * @param nonce of the page's script and style, where a content security policy asks for one.
 */
export function clustersAsPage(
  clusters: readonly GraphCluster[],
  nonce?: string,
  words: GraphWords = GRAPH_WORDS.en,
): string {
  const attribute = nonce === undefined ? "" : ` nonce="${escaped(nonce)}"`;
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${words.title}</title>
<style${attribute}>body { font-family: system-ui, sans-serif; margin: 2rem; }${GRAPH_STYLE}</style>
</head>
<body>
<div class="hetu-graph"><h1>${words.title}</h1>${legendAsHtml(words)}</div>
${clustersAsHtml(clusters, words)}
<script${attribute}>${POINTING}</script>
</body>
</html>
`;
}
