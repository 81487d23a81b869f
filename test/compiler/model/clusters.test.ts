import { describe, expect, it } from "vitest";
import { MOST_COPIED_SYSTEMS, systemStates } from "../../../compiler/model/call-graph.js";
import { findClusters } from "../../../compiler/model/clusters.js";
import { findCopies } from "../../../compiler/model/copies.js";
import { namespaceOf } from "./compiled.js";

const components = "component A { x: i32 }\ncomponent B { x: i32 }\ncomponent C { x: i32 }\n";

function clusters(systems: string) {
  return namespaceOf(components + systems).clusters;
}

describe("clusters", () => {
  it("join systems that share a component, transitively", () => {
    expect(clusters("system a() uses A\nsystem c() uses C\nsystem b() uses B, A\nsystem d() uses B")).toEqual([
      { tables: ["A", "B"], systems: ["a", "b", "d"] },
      { tables: ["C"], systems: ["c"] },
    ]);
  });

  it("join systems through calls, also those without components of their own", () => {
    expect(clusters("system a() calls b\nsystem b() calls c rejects E\nsystem c() uses C\nerror E {}")).toEqual([
      { tables: ["C"], systems: ["a", "b", "c"] },
    ]);
  });

  it("leave out systems that touch nothing", () => {
    const { systems, clusters: found } = namespaceOf(
      `${components}error E {}\nsystem a() rejects E\nsystem b() uses B`,
    );
    expect(found).toEqual([{ tables: ["B"], systems: ["b"] }]);
    expect(systems.map(({ cluster }) => cluster)).toEqual([undefined, 0]);
  });

  it("are not joined by endpoints", () => {
    expect(clusters("system a() uses A\nsystem b() uses B\nendpoint e() calls a, b")).toHaveLength(2);
  });

  it("keep the copies of a suffix apart from the plain tables", () => {
    expect(clusters("system a() uses A calls b:Shop\nsystem b() uses B\nsystem c() uses B")).toEqual([
      { tables: ["A", "B:Shop"], systems: ["a"] },
      { tables: ["B"], systems: ["b", "c"] },
    ]);
  });

  it("join callers that share a suffix", () => {
    expect(clusters("system a() uses A calls b:Shop\nsystem b() uses B\nsystem c() uses C calls b:Shop")).toEqual([
      { tables: ["A", "C", "B:Shop"], systems: ["a", "c"] },
      { tables: ["B"], systems: ["b"] },
    ]);
  });
});

describe("copies", () => {
  const copies = (systems: string) =>
    Object.fromEntries(
      namespaceOf(components + systems).components.map(({ name, copies: suffixes }) => [name, suffixes]),
    );

  it("are made of all that a suffixed call calls in turn", () => {
    expect(copies("system a() calls b:X\nsystem b() uses B calls c\nsystem c() uses C")).toEqual({
      A: [],
      B: ["X"],
      C: ["X"],
    });
  });

  it("have the outermost suffix, and the inner one when called from outside", () => {
    expect(copies("system a() calls b:Z\nsystem b() uses B calls c:Y\nsystem c() uses C")).toEqual({
      A: [],
      B: ["Z"],
      C: ["Y", "Z"],
    });
  });

  it("are made by endpoints too", () => {
    expect(copies("endpoint e() calls a:X\nsystem a() uses A")).toEqual({ A: ["X"], B: [], C: [] });
  });
});

describe("systemStates", () => {
  it("stops at a bound when suffixes multiply", () => {
    const systems = Array.from({ length: 1_000 }, (_, step) => ({
      name: `s${step}`,
      uses: [`C${step}`],
      calls: [{ system: `s${step + 1}`, suffix: `X${step}` }],
    }));
    const states = systemStates({ systems, endpoints: [] });
    expect(states).toHaveLength(systems.length + MOST_COPIED_SYSTEMS);
    expect(findClusters(states).length).toBeGreaterThan(0);
    expect(findCopies(states).size).toBeGreaterThan(0);
  });

  it("ends on cycles and on names that lead nowhere", () => {
    const states = systemStates({
      systems: [
        { name: "a", uses: ["A"], calls: [{ system: "b", suffix: "X" }, { system: "nowhere" }] },
        { name: "b", uses: [], calls: [{ system: "a" }] },
      ],
      endpoints: [],
    });
    expect(states.map(({ system, suffix }) => [system.name, suffix])).toEqual([
      ["a", undefined],
      ["b", undefined],
      ["b", "X"],
      ["a", "X"],
    ]);
  });
});
