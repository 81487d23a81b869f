/**
 * What an answer waits for. `commit`: survives the death of the process. `flush`: also that of the machine. Apart from
 * the module that writes, so that the types of the package do not lead to those of LMDB.
 */
export type Durability = "commit" | "flush";
