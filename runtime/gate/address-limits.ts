import type { GateLimits } from "./limits.js";

interface Counts {
  all: number;
  anonymous: number;
}

/** A connection's place in the counts of its address. */
export interface AddressSlot {
  readonly address: string;
  /** The connection has logged in. */
  identified(): void;
  release(): void;
}

/** Counts the connections of each address. */
export class AddressLimits {
  readonly #limits: GateLimits;
  readonly #counts = new Map<string, Counts>();
  #total = 0;

  constructor(limits: GateLimits) {
    this.#limits = limits;
  }

  /** @returns the slot, or which limit is reached. */
  take(
    address: string,
  ): AddressSlot | { readonly refused: "address" | "anonymous" | "capacity"; readonly limit: number } {
    const { connections, connectionsPerAddress, anonymousPerAddress } = this.#limits;
    if (this.#total >= connections) return { refused: "capacity", limit: connections };
    let counts = this.#counts.get(address);
    if (counts !== undefined && counts.all >= connectionsPerAddress) {
      return { refused: "address", limit: connectionsPerAddress };
    }
    if (counts !== undefined && counts.anonymous >= anonymousPerAddress) {
      return { refused: "anonymous", limit: anonymousPerAddress };
    }
    if (counts === undefined) this.#counts.set(address, (counts = { all: 0, anonymous: 0 }));
    return this.#slot(address, counts);
  }

  #slot(address: string, counts: Counts): AddressSlot {
    let anonymous = true;
    let held = true;
    counts.all++;
    counts.anonymous++;
    this.#total++;
    return {
      address,
      identified: () => {
        if (!anonymous || !held) return;
        anonymous = false;
        counts.anonymous--;
      },
      release: () => {
        if (!held) return;
        held = false;
        this.#total--;
        counts.all--;
        if (anonymous) counts.anonymous--;
        if (counts.all === 0) this.#counts.delete(address);
      },
    };
  }
}
