import fc from "fast-check";
import type {
  ColumnModel,
  ColumnTypeModel,
  ComponentModel,
  EnumModel,
  FieldModel,
  IndexModel,
  IntegerName,
  Model,
  NamespaceModel,
  StructModel,
  SystemModel,
  TypeModel,
} from "../../../compiler/model/model.js";
import { pascalCase } from "../../../compiler/model/names/words.js";
import { column, component, field, model, namespace, scalar, system, text } from "./models.js";

/** Names that mean something to C#, to the framework, or to generated code, and some that do not. */
const WORDS = [
  ..."position x y zone owner name number index columns column copy create read write table same type_ kind".split(" "),
  ..."equals to_string get_hash_code get_type finalize object string int System task Nullable array Values".split(" "),
  ..."value reader writer call cancellation_token scope begin callables instance wire_codec checks component".split(
    " ",
  ),
  ..."message data source code fields system inner_exception stack_trace field row event client schema systems".split(
    " ",
  ),
  ..."class new this base out ref in is as null true default namespace params yield record required count".split(" "),
  ..."list IReadOnlyList HashCode hash_code FormattableString Obsolete CancellationToken Bound Query Hetu".split(" "),
  ..."a_b b_c a b c ABC id2 x_1 _".split(" ").filter((word) => /^[a-z]/i.test(word)),
];

const DOCS = ["Plain.", "With <b>tags</b> & `code`\n\n*/ --> ]]>", "\u0001\u2028 ends", '"quoted" \\ {0} {brace}'];

const documented = fc.record(
  { doc: fc.constantFrom(...DOCS), deprecated: fc.constantFrom("why\nnot", "") },
  { requiredKeys: [] },
);

/** Different names, also in PascalCase. */
function names(min: number, max: number): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom(...WORDS), {
    minLength: min,
    maxLength: max,
    selector: (word) => pascalCase(word),
  });
}

const integers: readonly IntegerName[] = ["i8", "i16", "i32", "u8", "u16", "u32"];
const scalars = [...integers, "bool", "i64", "u64", "f32", "f64", "timestamp"] as const;

interface Types {
  readonly enums: readonly { readonly namespace: string; readonly name: string }[];
  readonly structs: readonly { readonly namespace: string; readonly name: string }[];
}

function columnType({ enums }: Types): fc.Arbitrary<ColumnTypeModel> {
  return fc.oneof(
    fc.constantFrom(...scalars).map((name): ColumnTypeModel => scalar(name)),
    fc.integer({ min: 1, max: 300 }).map((max): ColumnTypeModel => text(max) as ColumnTypeModel),
    fc.constant<ColumnTypeModel>({ kind: "bytes", max: 7 }),
    ...(enums.length === 0
      ? []
      : [fc.constantFrom(...enums).map((each): ColumnTypeModel => ({ kind: "enum", ...each }))]),
  );
}

function anyType(types: Types): fc.Arbitrary<TypeModel> {
  const single: fc.Arbitrary<TypeModel> = fc.oneof(
    columnType(types),
    ...(types.structs.length === 0
      ? []
      : [fc.constantFrom(...types.structs).map((each): TypeModel => ({ kind: "struct", ...each }))]),
  );
  return fc.tuple(single, fc.constantFrom(0, 0, 0, 1, 2)).map(([type, depth]) => {
    let nested = type;
    for (let at = 0; at < depth; at++) nested = { kind: "array", of: nested };
    return nested;
  });
}

function fieldsOf(types: Types): fc.Arbitrary<FieldModel[]> {
  return names(0, 6).chain((list) =>
    fc
      .tuple(...list.map(() => fc.tuple(anyType(types), documented, fc.boolean())))
      .map((parts) =>
        parts.map(([type, more, optional], at) =>
          field(list[at] ?? "", type, { ...more, ...(optional ? { optional } : {}) }),
        ),
      ),
  );
}

function paramsOf(types: Types): fc.Arbitrary<FieldModel[]> {
  // Optional parameters come last.
  return fieldsOf(types).map((fields) => [
    ...fields.filter(({ optional }) => optional !== true),
    ...fields.filter(({ optional }) => optional === true),
  ]);
}

function enumOf(name: string): fc.Arbitrary<EnumModel> {
  return fc
    .tuple(names(1, 8), fc.constantFrom(...integers), fc.integer({ min: 0, max: 100 }), documented)
    .map(([values, base, first, more]) => ({
      name,
      base,
      values: values.map((value, at) => ({ name: value, value: first + at * (at % 3) + at })),
      ...more,
    }));
}

function structOf(name: string, types: Types): fc.Arbitrary<StructModel> {
  return fc.tuple(fieldsOf(types), documented).map(([fields, more]) => ({ name, fields, ...more }));
}

function componentOf(name: string, types: Types): fc.Arbitrary<ComponentModel> {
  return names(0, 8)
    .chain((list) =>
      fc.tuple(
        fc.tuple(
          ...list.map(() => fc.tuple(columnType(types), documented, fc.constantFrom("public", "public", "owner"))),
        ),
        fc.constant(list),
        documented,
        fc.boolean(),
      ),
    )
    .chain(([parts, list, more, unique]) => {
      const columns = parts.map(([type, about, visibility], at): ColumnModel =>
        column(list[at] ?? "", type, { ...about, visibility }),
      );
      const indexed = columns.filter(({ type }) => type.kind !== "bytes").map(({ name: each }) => each);
      const composite = fc.uniqueArray(
        fc.constantFrom("", ...indexed).filter((each) => each !== ""),
        { maxLength: 6 },
      );
      return (indexed.length === 0 ? fc.constant<string[][]>([]) : fc.array(composite, { maxLength: 4 })).map(
        (lists) => {
          const all: IndexModel[] = [...indexed.map((each) => [each]), ...lists.filter((each) => each.length > 1)].map(
            (each, at) => ({ name: each.join(","), columns: each, unique: unique && at % 2 === 0 }),
          );
          const indexes = [...new Map(all.map((index) => [index.name, index])).values()];
          return component(name, columns, {
            access: { readers: "everybody", rules: [] },
            indexes,
            copies: unique ? ["Shop"] : [],
            ...more,
          });
        },
      );
    });
}

function systemOf(name: string, types: Types, errors: readonly string[]): fc.Arbitrary<SystemModel> {
  return fc
    .tuple(paramsOf(types), fc.option(fc.tuple(anyType(types), fc.boolean())), fc.boolean(), documented)
    .map(([params, result, once, more]) =>
      system(name, {
        permission: "user",
        params,
        rejects: errors,
        ...(once ? { once } : {}),
        ...(result === null ? {} : { result: { type: result[0], ...(result[1] ? { optional: true } : {}) } }),
        ...more,
      }),
    );
}

function namespaceOf(name: string, foreign: Types): fc.Arbitrary<NamespaceModel> {
  return fc.tuple(names(5, 12), names(0, 5)).chain(([types, systems]) => {
    const share = Math.floor(types.length / 5);
    const [enums, structs, components, errors] = [0, 1, 2, 3].map((part) =>
      types.slice(part * share, (part + 1) * share),
    );
    const events = types.slice(4 * share);
    const own = (list: readonly string[] = []) => list.map((each) => ({ namespace: name, name: each }));
    const declared: Types = { enums: [...foreign.enums, ...own(enums)], structs: foreign.structs };
    const usable: Types = { enums: declared.enums, structs: [...foreign.structs, ...own(structs)] };
    const messages = (list: readonly string[] = []) => fc.tuple(...list.map((each) => structOf(each, usable)));
    return fc
      .record({
        enums: fc.tuple(...(enums ?? []).map(enumOf)),
        structs: fc.tuple(...(structs ?? []).map((each) => structOf(each, declared))),
        components: fc.tuple(...(components ?? []).map((each) => componentOf(each, declared))),
        errors: messages(errors),
        events: messages(events),
        systems: fc.tuple(...systems.map((each) => systemOf(each, usable, errors ?? []))),
      })
      .map((parts) => namespace(name, parts));
  });
}

/** Valid models of two namespaces, the second of which uses types of the first. */
export function modelArbitrary(first: string, second: string): fc.Arbitrary<Model> {
  return namespaceOf(first, { enums: [], structs: [] }).chain((earlier) => {
    const foreign: Types = {
      enums: earlier.enums.map(({ name }) => ({ namespace: first, name })),
      structs: earlier.structs.map(({ name }) => ({ namespace: first, name })),
    };
    return namespaceOf(second, foreign).map((later) => model(earlier, later));
  });
}
