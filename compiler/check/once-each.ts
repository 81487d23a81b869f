/**
 * A function of a node that is worked out once for each. For what depends on the text of the node alone: the editor
 * takes nodes over from one state of a project to the next, and their places, but not their texts, may change.
 */
export function onceEach<Key extends object, Value extends object>(workOut: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = workOut(key);
    known.set(key, value);
    return value;
  };
}
