/** A half-open interval of index keys under `memcmp`; `upper` `undefined`: to the end of the index. */
export interface KeyInterval {
  readonly lower: Uint8Array;
  readonly upper: Uint8Array | undefined;
}

/** A key, or the end of the index, with what most comparisons can be decided by. */
interface Bound {
  readonly key: Uint8Array | undefined;
  readonly head: number;
}

interface Node<T> {
  readonly lower: Bound;
  readonly upper: Bound;
  readonly value: T;
  left: Node<T> | undefined;
  right: Node<T> | undefined;
  height: number;
  /** The largest `upper` in this subtree. */
  max: Bound;
}

/**
 * Values by interval, with the question "which intervals hold this key?".
 *
 * An AVL tree (Adelson-Velsky and Landis, 1962) ordered by lower and then upper end, each node augmented with the
 * largest upper end below it: the interval tree of Cormen, Leiserson, Rivest, Stein, "Introduction to Algorithms",
 * section 14.3. Inserting and deleting take O(log n), a stab O(log n) for each interval that it finds, and one key
 * more than all intervals are never all visited.
 */
export class IntervalTree<T> {
  #root: Node<T> | undefined;
  #size = 0;
  /** Nodes looked at by {@link stab} so far. */
  visits = 0;

  get size(): number {
    return this.#size;
  }

  get(lower: Uint8Array, upper: Uint8Array | undefined): T | undefined {
    const [from, to] = [boundOf(lower), boundOf(upper)];
    let node = this.#root;
    while (node !== undefined) {
      const order = compareIntervals(from, to, node);
      if (order === 0) return node.value;
      node = order < 0 ? node.left : node.right;
    }
    return undefined;
  }

  /** Adds a value under an interval that is not in the tree yet. */
  insert(lower: Uint8Array, upper: Uint8Array | undefined, value: T): void {
    const [from, to] = [boundOf(lower), boundOf(upper)];
    const node = { lower: from, upper: to, value, left: undefined, right: undefined, height: 1, max: to };
    this.#root = insertBelow(this.#root, node);
    this.#size++;
  }

  delete(lower: Uint8Array, upper: Uint8Array | undefined): void {
    if (this.get(lower, upper) === undefined) return;
    this.#root = deleteBelow(this.#root, boundOf(lower), boundOf(upper));
    this.#size--;
  }

  /** Adds the value of every interval with `lower <= key < upper` to `found`. */
  stab(key: Uint8Array, found: T[]): void {
    if (this.#root !== undefined) this.#stab(this.#root, boundOf(key), found);
  }

  #stab(node: Node<T>, key: Bound, found: T[]): void {
    this.visits++;
    if (node.left !== undefined && compareBounds(key, node.left.max) < 0) this.#stab(node.left, key, found);
    // Everything to the right begins even later.
    if (compareBounds(node.lower, key) > 0) return;
    if (compareBounds(key, node.upper) < 0) found.push(node.value);
    if (node.right !== undefined && compareBounds(key, node.right.max) < 0) this.#stab(node.right, key, found);
  }
}

/** Bytes that a number holds exactly. */
const HEAD_BYTES = 6;

function boundOf(key: Uint8Array | undefined): Bound {
  if (key === undefined) return { key, head: Number.POSITIVE_INFINITY };
  let head = 0;
  for (let i = 0; i < HEAD_BYTES; i++) head = head * 256 + (key[i] ?? 0);
  return { key, head };
}

/** The first bytes as a number decide nearly always; the keys are compared as a whole only when those are the same. */
function compareBounds(a: Bound, b: Bound): number {
  if (a.head !== b.head) return a.head < b.head ? -1 : 1;
  if (a.key === undefined || b.key === undefined) return a.key === b.key ? 0 : a.key === undefined ? 1 : -1;
  return Buffer.compare(a.key, b.key);
}

function compareIntervals<T>(lower: Bound, upper: Bound, node: Node<T>): number {
  return compareBounds(lower, node.lower) || compareBounds(upper, node.upper);
}

function insertBelow<T>(root: Node<T> | undefined, node: Node<T>): Node<T> {
  if (root === undefined) return node;
  if (compareIntervals(node.lower, node.upper, root) < 0) root.left = insertBelow(root.left, node);
  else root.right = insertBelow(root.right, node);
  return balance(root);
}

function deleteBelow<T>(root: Node<T> | undefined, lower: Bound, upper: Bound): Node<T> | undefined {
  if (root === undefined) return undefined;
  const order = compareIntervals(lower, upper, root);
  if (order < 0) root.left = deleteBelow(root.left, lower, upper);
  else if (order > 0) root.right = deleteBelow(root.right, lower, upper);
  else {
    if (root.left === undefined) return root.right;
    if (root.right === undefined) return root.left;
    let next = root.right;
    while (next.left !== undefined) next = next.left;
    next.right = deleteBelow(root.right, next.lower, next.upper);
    next.left = root.left;
    return balance(next);
  }
  return balance(root);
}

function balance<T>(node: Node<T>): Node<T> {
  const lean = height(node.left) - height(node.right);
  if (lean > 1) {
    const left = node.left as Node<T>;
    if (height(left.left) < height(left.right)) node.left = rotateLeft(left);
    return rotateRight(node);
  }
  if (lean < -1) {
    const right = node.right as Node<T>;
    if (height(right.right) < height(right.left)) node.right = rotateRight(right);
    return rotateLeft(node);
  }
  return refresh(node);
}

function rotateLeft<T>(node: Node<T>): Node<T> {
  const top = node.right as Node<T>;
  node.right = top.left;
  top.left = refresh(node);
  return refresh(top);
}

function rotateRight<T>(node: Node<T>): Node<T> {
  const top = node.left as Node<T>;
  node.left = top.right;
  top.right = refresh(node);
  return refresh(top);
}

function refresh<T>(node: Node<T>): Node<T> {
  const { left, right } = node;
  node.height = Math.max(height(left), height(right)) + 1;
  let max = node.upper;
  if (left !== undefined && compareBounds(left.max, max) > 0) max = left.max;
  if (right !== undefined && compareBounds(right.max, max) > 0) max = right.max;
  node.max = max;
  return node;
}

function height<T>(node: Node<T> | undefined): number {
  return node === undefined ? 0 : node.height;
}
