/** Lists that a part of a model has, each with what its members are; `undefined`: they are not looked into. */
const LISTS = {
  model: { namespaces: "namespace" },
  namespace: {
    enums: "enum",
    structs: "group",
    components: "component",
    errors: "group",
    events: "group",
    session: "field",
    systems: "system",
    endpoints: "callable",
    clusters: "cluster",
  },
  enum: { values: "named" },
  group: { fields: "field" },
  component: { columns: "field", indexes: "index", copies: undefined },
  index: { columns: undefined },
  callable: { params: "field", calls: undefined, rejects: undefined },
  system: { params: "field", calls: undefined, rejects: undefined, uses: undefined, emits: undefined },
  cluster: { tables: undefined },
  named: {},
  field: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

type Part = keyof typeof LISTS;

/** Parts without a name. */
const NAMELESS: ReadonlySet<Part> = new Set(["model", "cluster"]);

/**
 * Looks whether a value has the lists and names of a model; what is in types and literals is not looked at.
 *
 * @returns where something is missing, as `namespaces[0].systems`; `undefined`: nowhere.
 */
export function missingInModel(value: unknown): string | undefined {
  return missing(value, "model", "");
}

function missing(value: unknown, part: Part, path: string): string | undefined {
  if (typeof value !== "object" || value === null) return path;
  const own = value as Readonly<Record<string, unknown>>;
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  if (!NAMELESS.has(part) && typeof own["name"] !== "string") return at("name");
  if (part === "field" && !hasKind(own["type"])) return at("type");
  if (part === "component" && !hasRules(own["access"])) return at("access");
  for (const [name, member] of Object.entries(LISTS[part]) as [string, Part | undefined][]) {
    const list = own[name];
    if (!Array.isArray(list)) return at(name);
    if (member === undefined) continue;
    for (const [index, each] of list.entries()) {
      const found = missing(each, member, `${at(name)}[${index}]`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function hasKind(type: unknown): boolean {
  return typeof type === "object" && type !== null && "kind" in type && typeof type.kind === "string";
}

function hasRules(access: unknown): boolean {
  return typeof access === "object" && access !== null && "rules" in access && Array.isArray(access.rules);
}
