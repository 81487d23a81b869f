/**
 * Draws from 0 … n-1 where rank k has a weight of 1 / (k + 1)^exponent (Zipf's law); ranks are spread over the numbers
 * so that neighbours in rank are not neighbours on disk. Inversion on the cumulative weights.
 */
export function zipfSampler(n: number, exponent: number): () => number {
  const cumulative = new Float64Array(n);
  let sum = 0;
  for (let rank = 0; rank < n; rank++) {
    sum += 1 / (rank + 1) ** exponent;
    cumulative[rank] = sum;
  }
  return () => {
    const target = Math.random() * sum;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! < target) low = middle + 1;
      else high = middle;
    }
    return (low * SPREAD) % n;
  };
}

/** A prime that does not divide the table sizes in use, so that the product modulo n is a permutation. */
const SPREAD = 7919;
