import { afterAll } from "vitest";
import { EmbeddedStore } from "../../../runtime/store/embedded/embedded-store.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { cleanUp, temporaryFolder } from "../transaction/world.js";
import { storeConformance } from "./conformance.js";

const folders = new Map<unknown, string>();
const stores = new Set<EmbeddedStore>();

afterAll(async () => {
  for (const store of stores) await store.close();
  await cleanUp();
});

function open(path: string, durability: "commit" | "flush"): EmbeddedStore {
  const store = EmbeddedStore.open({ path, durability });
  store.applySchema(schema);
  folders.set(store, path);
  stores.add(store);
  return store;
}

for (const durability of ["commit", "flush"] as const) {
  storeConformance(`the embedded store (${durability})`, {
    open: () => Promise.resolve(open(temporaryFolder(), durability)),
    async reopen(store) {
      await store.close();
      return open(folders.get(store) ?? "", durability);
    },
  });
}
