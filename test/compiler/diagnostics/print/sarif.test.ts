import { expect, it } from "vitest";
import { printSarif } from "../../../../compiler/diagnostics/print/sarif.js";
import { file, sample, spanOf } from "./sample.js";

it("prints a log of one run with the codes as rules", () => {
  const source = file("😀 a\nb\n", "schema/odd name.hetu");
  const log: unknown = JSON.parse(
    printSarif(
      [
        sample(spanOf(source, "a"), {
          help: "try b",
          related: [{ message: "here", span: spanOf(source, "b") }],
          fix: { title: "Write b", edits: [{ span: spanOf(source, "a"), text: "b" }] },
        }),
        sample(spanOf(source, "b"), { severity: "hint" }),
      ],
      { version: "1.2.3", pathOf: (path) => `games/${path}` },
    ),
  );
  const artifactLocation = { uri: "games/schema/odd%20name.hetu", uriBaseId: "%SRCROOT%" };
  const a = { startLine: 1, startColumn: 4, endLine: 1, endColumn: 5 };
  const b = { startLine: 2, startColumn: 1, endLine: 2, endColumn: 2 };
  expect(log).toEqual({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "hetuc",
            version: "1.2.3",
            rules: [
              {
                id: "HT2009",
                name: "unknownType",
                shortDescription: { text: "unknown type" },
                fullDescription: { text: expect.stringContaining("A type is a built-in one") as unknown },
                help: { text: expect.stringContaining("A type is a built-in one") as unknown },
                defaultConfiguration: { level: "error" },
              },
            ],
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
        results: [
          {
            ruleId: "HT2009",
            ruleIndex: 0,
            level: "error",
            message: { text: "something is wrong\nhelp: try b" },
            locations: [{ physicalLocation: { artifactLocation, region: a } }],
            relatedLocations: [{ id: 0, physicalLocation: { artifactLocation, region: b }, message: { text: "here" } }],
            fixes: [
              {
                description: { text: "Write b" },
                artifactChanges: [
                  { artifactLocation, replacements: [{ deletedRegion: a, insertedContent: { text: "b" } }] },
                ],
              },
            ],
          },
          {
            ruleId: "HT2009",
            ruleIndex: 0,
            level: "note",
            message: { text: "something is wrong" },
            locations: [{ physicalLocation: { artifactLocation, region: b } }],
          },
        ],
      },
    ],
  });
});

it("prints an empty run for nothing", () => {
  expect(JSON.parse(printSarif([]))).toMatchObject({ runs: [{ tool: { driver: { rules: [] } }, results: [] }] });
});
