import type { Registry, RegistryOptions } from "./contract.js";
import { Member } from "./member.js";

export type * from "./contract.js";

/** Nothing is asked of Redis before {@link Registry.join}. */
export function openRegistry(options: RegistryOptions): Registry {
  return new Member(options);
}
