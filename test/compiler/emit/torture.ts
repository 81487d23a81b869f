import type { ColumnModel, Model } from "../../../compiler/model/model.js";
import { column, component, field, model, namespace, scalar, system, text } from "./models.js";

/** Names that mean something to TypeScript, to JavaScript objects, or to generated code. */
export const words = [
  ..."constructor toString valueOf hasOwnProperty prototype then toJSON toObject name length arguments".split(" "),
  ..."default class await static get set new this super null undefined key row value values writer reader".split(" "),
  ..."audience version_ id_ tracker version2 codec partial now missing create assign encode decode clone".split(" "),
  ..."index system ctx from of in type string number bigint boolean symbol object any unknown never".split(" "),
  ..."fields result count element param path bound a b self args context read check write".split(" "),
];
const i32 = scalar("i32");
const mood = { kind: "enum", namespace: "torture", name: "Mood" } as const;
const bag = { kind: "struct", namespace: "torture", name: "Bag" } as const;
const fields = words.map((word) => field(word, i32));

function columns(more: Partial<ColumnModel>): ColumnModel[] {
  return words.map((word) => column(word, i32, more));
}

const hostileDoc = ["Ends a comment: */ }; throw 1 /* `$", '{x}` \\ \u2028 @param x\r\n  </script> <!-- "quoted"'].join(
  "",
);

/** A schema that uses them wherever a name may stand. */
export const torture: Model = model(
  namespace("torture", {
    enums: [
      {
        name: "Mood",
        base: "i8",
        values: words.map((name, at) => ({ name, value: at - 20, doc: hostileDoc, deprecated: "*/ no" })),
      },
      { name: "Key", base: "i32", values: [{ name: "red", value: 1 }] },
      { name: "Team", base: "i32", values: [{ name: "default", value: -2147483648 }] },
    ],
    structs: [
      { name: "Bag", doc: hostileDoc, fields: [...fields, field("note", text(5), { optional: true })] },
      { name: "Empty", fields: [] },
    ],
    components: [
      component("Words", columns({ default: { kind: "number", value: 0 } }), {
        doc: hostileDoc,
        deprecated: "line one\nline two */",
        indexes: words.map((word) => ({ name: word, columns: [word], unique: word === "key" })),
      }),
      component("Required", columns({}), {
        indexes: [{ name: words.slice(0, 3).join(","), columns: words.slice(0, 3), unique: true }],
      }),
      ...["Promise", "Partial", "Record", "Row", "Schema", "Systems", "Session", "Object", "Uint8Array"].map((name) =>
        component(name, [column("mood", mood), column("data", { kind: "bytes", max: 3 })]),
      ),
      component("con", [column("at", scalar("timestamp"), { default: { kind: "now" } })]),
      component("Bare", []),
      ...["Insert", "Patch", "Fields", "Store"].map((name) =>
        component(name, [column("key", { kind: "enum", namespace: "torture", name: "Key" })], {
          indexes: [{ name: "key", columns: ["key"], unique: true }],
        }),
      ),
    ],
    errors: [
      { name: "Error", fields },
      { name: "None", fields: [] },
    ],
    events: [{ name: "Event", fields: [field("bag", bag), field("moods", { kind: "array", of: mood })] }],
    session: words.map((name) => ({ name, type: i32 })),
    systems: [
      ...words.map((name) => system(name, { params: [field("x", i32)] })),
      system("all", {
        doc: hostileDoc,
        params: [
          ...words.map((name) => field(name, i32)),
          field("last", { kind: "array", of: bag }, { optional: true }),
        ],
        uses: [
          "Words",
          "Required",
          "Promise",
          "Partial",
          "Record",
          "Row",
          "Schema",
          "Systems",
          "Session",
          "con",
          "Bare",
        ],
        calls: words.flatMap((name) => [{ system: name }, { system: name, suffix: "constructor" }]),
        rejects: ["Error", "None"],
        emits: ["Event"],
        result: { type: { kind: "array", of: { kind: "array", of: bag } } },
      }),
    ],
  }),
  namespace("sdk", {
    enums: [{ name: "Team", base: "u8", values: [{ name: "red", value: 0 }] }],
    components: [
      component("Team2", [
        column("team", { kind: "enum", namespace: "sdk", name: "Team" }),
        column("other", { kind: "enum", namespace: "torture", name: "Team" }),
      ]),
    ],
  }),
);
