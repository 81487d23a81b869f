/** A small schema without any diagnostic, formatted. */
export const GOOD = `namespace shop

/// What a player carries.
@permission(user)
component Item {
  owner: i64 @index
  kind:  i32
}

/// Picks something up.
@permission(user)
system pick_up(kind: i32) uses Item
`;

/** \`GOOD\` with one error: a type that does not exist, near one that does. */
export const WRONG = GOOD.replace("kind:  i32", "kind:  i33");

/** \`GOOD\` with one warning: a system in the wrong case. */
export const WARNED = GOOD.replace("pick_up", "pickUp");

/** \`GOOD\` in two namespaces. */
export const SECOND = GOOD.replace("namespace shop", "namespace farm");
