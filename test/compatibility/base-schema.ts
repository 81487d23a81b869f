/** What most scenarios start from. Each part can be given otherwise. */
export interface BaseSchema {
  /** Attributes of the component. */
  readonly head?: string;
  readonly name?: string;
  readonly owner?: string;
  readonly kind?: string;
  readonly count?: string;
  /** Further columns. */
  readonly columns?: string;
  /** `put`, in place of the usual one; empty: none. */
  readonly put?: string;
  /** Further declarations. */
  readonly more?: string;
}

/** A component of items, a system that puts one there, and one that logs in. */
export function schema({
  head = "@permission(everybody)",
  name = "Item",
  owner = "owner: i64 @index",
  kind = "kind: i32 = 0 @index",
  count = "count: i32 = 1",
  columns = "",
  put = `@permission(everybody) system put(owner: i64, kind: i32): i64 uses ${name}`,
  more = "",
}: BaseSchema = {}): string {
  return `
${head}
component ${name} {
  ${owner}
  ${kind}
  ${count}
  ${columns}
}
${put}
@permission(everybody) system login(user: i64): i64 uses ${name}
${more}
`;
}
