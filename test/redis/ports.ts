// Below the range that kernels give to outgoing connections, and so that the bus port of a cluster node
// (its port + 10000) is below it, too.
const LOWEST = 11_000;
const COUNT = 11_000;

/** A port that is probably free; whoever binds it must be ready to take another one. */
export function somePort(): number {
  return LOWEST + Math.floor(Math.random() * COUNT);
}

/** How often a server is started anew because another program has taken its port. */
export const PORT_ATTEMPTS = 20;
