import { type Notation, toHex } from "../notation.js";
import { RECORDED_AT } from "./world.js";

const id = Buffer.alloc(24, 0xee);
id.writeBigUInt64BE(BigInt(RECORDED_AT));

/** The id of a `@once` call that was made at the time of the recording. */
export const ONCE_ID: Notation = { $bin: toHex(id) };
