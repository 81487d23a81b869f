import type { Notation } from "../notation.js";
import type { Work } from "./world.js";

/** One request of a recording, and what it is for. */
export interface Exchange {
  readonly name: string;
  /** The frame; or made of the last frame that came. */
  readonly frame: Notation | ((last: Notation) => Notation);
  /** The kinds of frame that answer it; none: nothing does. */
  readonly answers: readonly (string | number)[];
  /** What the system `any` does when the frame calls it. */
  readonly work?: Work;
}
