import { describe, expect, it } from "vitest";
import { hetuc, temporaryFolder } from "./hetuc.js";
import { WRONG } from "./schemas.js";

const SCHEMA = `namespace shop

component Item { owner: i64 @index }
component Gold { owner: i64 @unique }
component Log { owner: i64 @index }
component Weather { zone: i64 @unique }

@permission(user)
system take() uses Item, Log
@permission(user)
system earn() uses Gold, Log
system pay() uses Gold
@permission(user)
system buy() uses Log calls pay:Shop
@permission(user)
system rain() uses Weather
`;

async function graph(...args: readonly string[]) {
  await using folder = await temporaryFolder({ "schema/shop.hetu": SCHEMA });
  return await hetuc(["graph", ...args], { cwd: folder.path });
}

interface Graph {
  readonly clusters: readonly {
    readonly systems: readonly string[];
    readonly tables: readonly { readonly name: string; readonly systems: readonly string[] }[];
    readonly joints: readonly { readonly table: string; readonly groups: readonly (readonly string[])[] }[];
  }[];
}

describe("hetuc graph", () => {
  it("gives clusters as JSON: tables with the systems that touch them, copies apart", async () => {
    const { code, stdout } = await graph("--format", "json");
    expect(code).toBe(0);
    const { clusters } = JSON.parse(stdout) as Graph;
    expect(clusters.map(({ systems }) => systems.toSorted())).toEqual([["buy", "earn", "pay", "take"], ["rain"]]);
    const touching = Object.fromEntries(clusters[0]!.tables.map(({ name, systems }) => [name, systems.toSorted()]));
    expect(touching).toEqual({
      Gold: ["earn", "pay"],
      "Gold:Shop": ["buy"],
      Item: ["take"],
      Log: ["buy", "earn", "take"],
    });
  });

  it("names the component that joins systems, and the groups that would be apart without it", async () => {
    const { clusters } = JSON.parse((await graph("--format", "json")).stdout) as Graph;
    const groups = (table: string) =>
      clusters[0]!.joints
        .find((joint) => joint.table === table)
        ?.groups.map((group) => group.toSorted())
        .toSorted();
    expect(clusters[0]!.joints.map((joint) => joint.table)).toEqual(["Log"]);
    expect(groups("Log")).toEqual([["buy"], ["earn", "pay"], ["take"]]);
    expect(clusters[1]!.joints).toEqual([]);
  });

  it("prints text for people", async () => {
    const { code, stdout } = await graph();
    expect(code).toBe(0);
    expect(stdout).toContain("cluster 0 of shop: 4 tables, 4 systems");
    expect(stdout).toMatch(/^ {2}Log +.*take/m);
    expect(stdout).toContain("joined by Log");
    expect(stdout).toContain("cluster 1 of shop: 1 table, 1 system");
  });

  it("prints a Mermaid chart with an edge for each use", async () => {
    const { stdout } = await graph("--format", "mermaid");
    expect(stdout).toMatch(/^flowchart /);
    expect(stdout.match(/^ {2}subgraph /gm)).toHaveLength(2);
    expect(stdout.match(/---/g)).toHaveLength(8);
    expect(stdout).toContain('[("Gold:Shop")]');
  });

  it("prints the errors of a schema that has some, and fails", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": WRONG });
    const { code, stdout, stderr } = await hetuc(["graph"], { cwd: folder.path });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("schema/shop.hetu:7:10");
  });
});
