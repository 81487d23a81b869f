import {
  type Choose,
  COLUMN_TYPES,
  FIELD_TYPES,
  isSmall,
  type RandomCallable,
  type RandomComponent,
  type RandomField,
  type RandomSchema,
} from "./schema.js";

type Edit = (schema: RandomSchema, choose: Choose) => void;

/** The schema with one to three changes of all kinds. What comes out may not compile. */
export function edited(schema: RandomSchema, choose: Choose): RandomSchema {
  const copy = structuredClone(schema);
  const count = choose([1, 1, 2, 3] as const);
  for (let done = 0; done < count; done++) choose(edits)(copy, choose);
  return copy;
}

const edits: readonly Edit[] = [
  (schema, choose) => editComponent(schema, choose),
  (schema, choose) => editColumn(choose(schema.components).columns, choose),
  (schema, choose) => editList(choose(schema.components).columns, COLUMN_TYPES, choose),
  (schema, choose) => editEnum(schema, choose),
  (schema, choose) => editList(choose(schema.groups).fields, FIELD_TYPES, choose),
  (schema, choose) => editGroups(schema, choose),
  (schema, choose) => editList(choose(schema.callables).params, FIELD_TYPES, choose),
  (schema, choose) => editCallable(choose(schema.callables), schema, choose),
];

function swap<T>(list: T[], choose: Choose): void {
  const [from, to] = [choose([...list.keys()]), choose([...list.keys()])];
  const [first, second] = [list[from], list[to]];
  if (first === undefined || second === undefined) return;
  [list[from], list[to]] = [second, first];
}

/** Columns, fields and parameters. */
function editList(list: RandomField[], types: readonly string[], choose: Choose): void {
  const act = choose(["add", "insert", "remove", "rename", "swap", "retype", "optional", "range"] as const);
  const field = list.length === 0 ? undefined : choose(list);
  switch (act) {
    case "add":
    case "insert": {
      const isColumn = types === COLUMN_TYPES;
      const added: RandomField = {
        name: choose(["extra", "more"]),
        type: choose(types),
        ...(isColumn ? { hasDefault: choose([true, false]) } : { optional: choose([true, false]) }),
      };
      list.splice(act === "add" ? list.length : choose([...list.keys(), list.length]), 0, added);
      return;
    }
    case "remove":
      if (field !== undefined) list.splice(list.indexOf(field), 1);
      return;
    case "rename":
      if (field === undefined) return;
      if (types === COLUMN_TYPES && choose([true, false])) field.was = field.name;
      field.name = choose(["other", "a", "b"]);
      return;
    case "swap": {
      swap(list, choose);
      return;
    }
    case "retype":
      if (field !== undefined) field.type = choose(types);
      return;
    case "optional":
      if (field !== undefined && types !== COLUMN_TYPES) field.optional = field.optional !== true;
      return;
    case "range":
      if (field !== undefined && /^[iuf]\d+$/.test(field.type))
        field.range = choose([[0, 50] as const, [-9, 200] as const]);
  }
}

function editColumn(columns: RandomField[], choose: Choose): void {
  const column = choose(columns);
  switch (choose(["index", "permission", "default"] as const)) {
    case "index": {
      const index = choose(["", "@index", "@unique"] as const);
      delete column.index;
      if (index !== "" && !(index === "@unique" && isSmall(column.type))) column.index = index;
      return;
    }
    case "permission": {
      const permission = choose(["", "owner", "admin"] as const);
      delete column.permission;
      if (permission !== "") column.permission = permission;
      return;
    }
    case "default":
      column.hasDefault = column.hasDefault !== true;
  }
}

function editComponent(schema: RandomSchema, choose: Choose): void {
  const component = choose(schema.components);
  const columns = component.columns.map(({ name }) => name);
  switch (choose(["readers", "volatile", "rename", "remove", "add", "swap", "composite"] as const)) {
    case "readers":
      component.readers = choose(["everybody", "user", "owner", "admin"]);
      return;
    case "volatile":
      component.isVolatile = !component.isVolatile;
      return;
    case "rename":
      if (choose([true, false])) component.was = component.name;
      component.name = "Thing";
      return;
    case "remove":
      schema.components.splice(schema.components.indexOf(component), 1);
      return;
    case "add": {
      const added: RandomComponent = structuredClone(component);
      schema.components.push({ ...added, name: "Added" });
      return;
    }
    case "swap": {
      swap(schema.components, choose);
      return;
    }
    case "composite":
      component.composite = { unique: choose([true, false]), columns: [choose(columns), choose(columns)] };
  }
}

function editEnum(schema: RandomSchema, choose: Choose): void {
  const team = choose(schema.enums);
  const value = choose(team.values);
  switch (choose(["add", "remove", "renumber", "rename", "base", "swap", "call"] as const)) {
    case "add":
      team.values.push({ name: "green", value: choose([3, 9]) });
      return;
    case "remove":
      // The one that is used wherever there is no choice stays.
      if (value.value !== 1) team.values.splice(team.values.indexOf(value), 1);
      return;
    case "renumber":
      value.value = choose([2, 7]);
      return;
    case "rename":
      value.name = "azure";
      return;
    case "base":
      team.base = choose(["u8", "i16", "i32"]);
      return;
    case "swap": {
      swap(team.values, choose);
      return;
    }
    case "call":
      call(schema, team.name, "Side");
      team.name = "Side";
  }
}

function editGroups(schema: RandomSchema, choose: Choose): void {
  const group = choose(schema.groups);
  switch (choose(["swap", "add", "call"] as const)) {
    case "swap": {
      swap(schema.groups, choose);
      return;
    }
    case "add":
      schema.groups.push({ ...structuredClone(group), name: "Another" });
      return;
    case "call":
      call(schema, group.name, "Renamed");
      group.name = "Renamed";
  }
}

/** Everything of a type is of the same type under another name. */
function call(schema: RandomSchema, old: string, now: string): void {
  const { components, groups, callables } = schema;
  const lists = [
    ...components.map(({ columns }) => columns),
    ...groups.map(({ fields }) => fields),
    ...callables.map(({ params }) => params),
  ];
  const renamed = (type: string): string => type.replace(new RegExp(`^${old}\\b`), now);
  for (const field of lists.flat()) field.type = renamed(field.type);
  for (const callable of callables) {
    if (callable.result !== undefined) callable.result = renamed(callable.result);
    if (callable.rejects === old) callable.rejects = now;
  }
}

function editCallable(callable: RandomCallable, schema: RandomSchema, choose: Choose): void {
  switch (choose(["permission", "limit", "once", "word", "result", "remove", "add", "swap"] as const)) {
    case "permission":
      callable.permission = choose(["everybody", "user", "admin", "none"]);
      return;
    case "limit":
      callable.limit = choose([[1, "1h"] as const, [1000, "1h"] as const, [5000, "5h"] as const]);
      return;
    case "once":
      callable.isOnce = !callable.isOnce;
      return;
    case "word":
      callable.word = callable.word === "system" ? "endpoint" : "system";
      return;
    case "result":
      delete callable.result;
      if (choose([true, false])) callable.result = choose(FIELD_TYPES);
      return;
    case "remove":
      schema.callables.splice(schema.callables.indexOf(callable), 1);
      return;
    case "add":
      schema.callables.unshift({ ...structuredClone(callable), name: "added" });
      return;
    case "swap": {
      swap(schema.callables, choose);
      return;
    }
  }
}
