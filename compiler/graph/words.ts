import type { GraphCluster } from "./clusters.js";

/** What the pages and pictures of the clusters say beside the names of the schema. */
export interface GraphWords {
  readonly language: string;
  readonly title: string;
  readonly system: string;
  readonly table: string;
  readonly joint: string;
  /** Where there is no cluster. */
  readonly none: string;
  readonly heading: (cluster: GraphCluster) => string;
  readonly size: (cluster: GraphCluster) => string;
  /** What is said before and behind the name of a joint. */
  readonly joined: (parts: number) => readonly [before: string, behind: string];
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

export const GRAPH_WORDS: Readonly<Record<"en" | "zh", GraphWords>> = {
  en: {
    language: "en",
    title: "Clusters",
    system: "system",
    table: "table",
    joint: "table that joins parts",
    none: "No system touches a component: there are no clusters.",
    heading: ({ namespace, number }) => `${namespace}, cluster ${number}`,
    size: ({ tables, systems }) => `${counted(tables.length, "table")}, ${counted(systems.length, "system")}.`,
    joined: (parts) => ["Joined by ", `: without it, ${parts} parts share nothing.`],
  },
  zh: {
    language: "zh-CN",
    title: "集群",
    system: "系统",
    table: "表",
    joint: "连接各部分的表",
    none: "没有系统使用组件，因此没有集群。",
    heading: ({ namespace, number }) => `${namespace}，集群 ${number}`,
    size: ({ tables, systems }) => `${tables.length} 张表，${systems.length} 个系统。`,
    joined: (parts) => ["由 ", ` 连接：没有它，${parts} 个部分之间没有共同的表。`],
  },
};
