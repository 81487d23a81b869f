/** A column, a field or a parameter. Its type is written as in a schema. */
export interface RandomField {
  name: string;
  type: string;
  optional?: boolean;
  was?: string;
  index?: "@index" | "@unique";
  permission?: "owner" | "admin";
  range?: readonly [number, number];
  hasDefault?: boolean;
}

export interface RandomComponent {
  name: string;
  was?: string;
  readers: "everybody" | "user" | "owner" | "admin";
  isVolatile: boolean;
  composite?: { unique: boolean; columns: string[] };
  columns: RandomField[];
}

export interface RandomEnum {
  name: string;
  base: string;
  values: { name: string; value: number }[];
}

export interface RandomGroup {
  kind: "struct" | "error" | "event";
  name: string;
  fields: RandomField[];
}

export interface RandomCallable {
  name: string;
  word: "system" | "endpoint";
  permission: "everybody" | "user" | "admin" | "none";
  isOnce: boolean;
  limit?: readonly [times: number, per: string];
  params: RandomField[];
  result?: string;
  /** The one error that it rejects with whatever it is given. */
  rejects?: string;
}

/** One namespace. Edits change it in place, in a copy. */
export interface RandomSchema {
  enums: RandomEnum[];
  groups: RandomGroup[];
  components: RandomComponent[];
  callables: RandomCallable[];
}

/** One of several, at random. */
export type Choose = <T>(list: readonly T[]) => T;

export const COLUMN_TYPES = ["i32", "i64", "u8", "f32", "f64", "bool", "timestamp", "string(8)", "string(12)", "Team"];
export const FIELD_TYPES = [...COLUMN_TYPES, "bytes(4)", "i32[]", "string(8)[]", "Spec", "Spec[]"];

const COUNTS = [1, 2, 3] as const;

export function randomSchema(choose: Choose): RandomSchema {
  const fields = (types: readonly string[]): RandomField[] => {
    // Some alike, so that one can be taken for another.
    const few = [choose(types), choose(types)];
    return ["a", "b", "c"].slice(0, choose(COUNTS)).map((name) => ({ name, type: choose(few) }));
  };
  return {
    enums: [
      {
        name: "Team",
        base: choose(["u8", "i32"]),
        values: [
          { name: "red", value: 0 },
          { name: "blue", value: 1 },
          { name: "gray", value: 5 },
        ],
      },
    ],
    groups: [
      { kind: "struct", name: "Spec", fields: fields(COLUMN_TYPES) },
      { kind: "error", name: "Bad", fields: fields(FIELD_TYPES) },
      { kind: "event", name: "Shout", fields: fields(FIELD_TYPES) },
    ],
    components: ["Item", "Note"].map((name) => ({
      name,
      readers: choose(["everybody", "user", "owner", "admin"]),
      isVolatile: choose([false, false, false, true]),
      columns: [{ name: "owner", type: "i64", index: choose(["@index", "@unique"]) }, ...columns(choose)],
    })),
    callables: [
      {
        name: "act",
        word: choose(["system", "endpoint"]),
        permission: choose(["everybody", "user"]),
        isOnce: false,
        params: fields(FIELD_TYPES),
        ...(choose([true, false]) ? { result: choose(FIELD_TYPES) } : {}),
      },
      {
        name: "fail",
        word: "system",
        permission: "everybody",
        isOnce: choose([true, false]),
        params: fields(COLUMN_TYPES),
        rejects: "Bad",
      },
    ],
  };
}

function columns(choose: Choose): RandomField[] {
  return ["kind", "count", "label"].map((name) => {
    const type = choose(COLUMN_TYPES);
    const index = choose(["", "", "@index", "@unique"] as const);
    const permission = choose(["", "", "owner", "admin"] as const);
    return {
      name,
      type,
      hasDefault: choose([true, false]),
      ...(index === "" || (index === "@unique" && isSmall(type)) ? {} : { index }),
      ...(permission === "" ? {} : { permission }),
    };
  });
}

/** Types of fewer values than the rows that the tests make. */
export function isSmall(type: string): boolean {
  return type === "bool" || type === "Team";
}

/** The schema without `namespace`. */
export function schemaText({ enums, groups, components, callables }: RandomSchema): string {
  const names = components.map(({ name }) => name).join(", ");
  const uses = names === "" ? "" : ` uses ${names}`;
  const emits = groups.flatMap(({ kind, name }) => (kind === "event" ? [name] : [])).join(", ");
  return [
    ...enums.map(({ name, base, values }) => {
      return `enum ${name}: ${base} { ${values.map((each) => `${each.name} = ${each.value}`).join(", ")} }`;
    }),
    ...groups.map(({ kind, name, fields }) => `${kind} ${name} { ${fields.map(fieldText).join(", ")} }`),
    ...components.map(componentText),
    ...callables.map((callable) => callableText(callable, uses)),
    ...["seed", "touch", "change", "login"].map((name) => `@permission(everybody) system ${name}(a: i64): i64${uses}`),
    `@permission(everybody) system fire(a: i64)${uses}${emits === "" ? "" : ` emits ${emits}`}`,
  ].join("\n");
}

function fieldText({ name, type, optional, range }: RandomField): string {
  const bounds = range === undefined ? "" : ` @range(${range[0]}, ${range[1]})`;
  return `${name}${optional === true ? "?" : ""}: ${type}${bounds}`;
}

function componentText({ name, was, readers, isVolatile, composite, columns: all }: RandomComponent): string {
  const head = [
    `@permission(${readers})`,
    ...(isVolatile ? ["@volatile"] : []),
    ...(was === undefined ? [] : [`@was(${was})`]),
    ...(composite === undefined ? [] : [`@${composite.unique ? "unique" : "index"}(${composite.columns.join(", ")})`]),
  ];
  const lines = all.map(({ name: column, type, index, permission, range, hasDefault, was: before }) => {
    return [
      `${column}: ${type}`,
      ...(hasDefault === true ? [`= ${defaultText(type)}`] : []),
      ...(index === undefined ? [] : [index]),
      ...(range === undefined ? [] : [`@range(${range[0]}, ${range[1]})`]),
      ...(permission === undefined ? [] : [`@permission(${permission})`]),
      ...(before === undefined ? [] : [`@was(${before})`]),
    ].join(" ");
  });
  return `${head.join(" ")}\ncomponent ${name} {\n  ${lines.join("\n  ")}\n}`;
}

function defaultText(type: string): string {
  if (type === "bool") return "false";
  if (/^(?:string|bytes)/.test(type)) return '""';
  return /^[a-z]/.test(type) ? "0" : "red";
}

function callableText(callable: RandomCallable, uses: string): string {
  const { name, word, permission, isOnce, limit, params, result, rejects } = callable;
  const head = [
    ...(permission === "none" ? [] : [`@permission(${permission})`]),
    ...(isOnce ? ["@once"] : []),
    ...(limit === undefined ? [] : [`@limit(times: ${limit[0]}, per: ${limit[1]})`]),
  ].join(" ");
  const tail = `${word === "system" ? uses : ""}${rejects === undefined ? "" : ` rejects ${rejects}`}`;
  const given = result === undefined ? "" : `: ${result}`;
  return `${head} ${word} ${name}(${params.map(fieldText).join(", ")})${given}${tail}`;
}
