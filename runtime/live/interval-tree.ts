/** A half-open interval of index keys under `memcmp`; `upper` `undefined`: to the end of the index. */
export interface KeyInterval {
  readonly lower: Uint8Array;
  readonly upper: Uint8Array | undefined;
}

interface Node<T> {
  readonly lower: Uint8Array;
  readonly upper: Uint8Array | undefined;
  readonly value: T;
  left: Node<T> | undefined;
  right: Node<T> | undefined;
  height: number;
  /** The largest `upper` in this subtree. */
  max: Uint8Array | undefined;
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
    let node = this.#root;
    while (node !== undefined) {
      const order = compareIntervals(lower, upper, node);
      if (order === 0) return node.value;
      node = order < 0 ? node.left : node.right;
    }
    return undefined;
  }

  /** Adds a value under an interval that is not in the tree yet. */
  insert(lower: Uint8Array, upper: Uint8Array | undefined, value: T): void {
    const node = { lower, upper, value, left: undefined, right: undefined, height: 1, max: upper };
    this.#root = insertBelow(this.#root, node);
    this.#size++;
  }

  delete(lower: Uint8Array, upper: Uint8Array | undefined): void {
    if (this.get(lower, upper) === undefined) return;
    this.#root = deleteBelow(this.#root, lower, upper);
    this.#size--;
  }

  /** Adds the value of every interval with `lower <= key < upper` to `found`. */
  stab(key: Uint8Array, found: T[]): void {
    if (this.#root !== undefined) this.#stab(this.#root, key, found);
  }

  #stab(node: Node<T>, key: Uint8Array, found: T[]): void {
    this.visits++;
    if (node.left !== undefined && below(key, node.left.max)) this.#stab(node.left, key, found);
    // Everything to the right begins even later.
    if (Buffer.compare(node.lower, key) > 0) return;
    if (below(key, node.upper)) found.push(node.value);
    if (node.right !== undefined && below(key, node.right.max)) this.#stab(node.right, key, found);
  }
}

function below(key: Uint8Array, upper: Uint8Array | undefined): boolean {
  return upper === undefined || Buffer.compare(key, upper) < 0;
}

function compareUppers(a: Uint8Array | undefined, b: Uint8Array | undefined): number {
  if (a === undefined) return b === undefined ? 0 : 1;
  return b === undefined ? -1 : Buffer.compare(a, b);
}

function compareIntervals<T>(lower: Uint8Array, upper: Uint8Array | undefined, node: Node<T>): number {
  const order = Buffer.compare(lower, node.lower);
  return order !== 0 ? order : compareUppers(upper, node.upper);
}

function insertBelow<T>(root: Node<T> | undefined, node: Node<T>): Node<T> {
  if (root === undefined) return node;
  if (compareIntervals(node.lower, node.upper, root) < 0) root.left = insertBelow(root.left, node);
  else root.right = insertBelow(root.right, node);
  return balance(root);
}

function deleteBelow<T>(
  root: Node<T> | undefined,
  lower: Uint8Array,
  upper: Uint8Array | undefined,
): Node<T> | undefined {
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
  if (left !== undefined && compareUppers(left.max, max) > 0) max = left.max;
  if (right !== undefined && compareUppers(right.max, max) > 0) max = right.max;
  node.max = max;
  return node;
}

function height<T>(node: Node<T> | undefined): number {
  return node === undefined ? 0 : node.height;
}
