import { EMBEDDED, onTopologies, TOPOLOGIES } from "../topologies.js";
import { storeConformance } from "./conformance.js";

// As a server opens them, with a lease and a catalogue; embedded.test.ts has the embedded one in both durabilities.
onTopologies(
  TOPOLOGIES.filter((topology) => topology !== EMBEDDED),
  (stores) => {
    storeConformance("one partition", {
      open: () => stores.open(),
      reopen: (store) => stores.reopen(store),
      async other(store) {
        const beside = await stores.beside(store);
        if (beside === undefined) throw new Error("only one process can have this store");
        return beside;
      },
      runs: (most) => stores.runs(most),
    });
  },
);
