import type { RedisAddress } from "../address.js";
import type { LinkOptions, RedisLink } from "../link.js";
import { openLink } from "../open-link.js";
import { SingleLink } from "../single-link.js";
import { SlotMap } from "./slot-map.js";

/**
 * A link to each server that has keys of its own, for what has no key, such as `SCAN`. The caller closes them.
 * @param link to the whole of it.
 * @throws RedisUnreachableError
 */
export async function openEachServer(
  address: RedisAddress,
  link: RedisLink,
  options: LinkOptions,
): Promise<readonly RedisLink[]> {
  if (!address.cluster) return [await openLink(address, options)];
  const [first] = address.nodes;
  const shards = SlotMap.read(await link.command("CLUSTER", "SLOTS", []), first)?.shards ?? [];
  // openLink refuses a node of a cluster, which is meant here.
  return shards.map(({ primary }) => new SingleLink({ ...address, cluster: false, nodes: [primary] }, options));
}
