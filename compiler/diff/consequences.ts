import type { Consequence } from "./row.js";

/** Of one enum in place of another. */
export const OTHER_NUMBERS: Consequence = {
  why: "Enums travel as numbers: each side takes a number for the value that it has by it, without any error, or refuses one that it does not have.",
  help: "Keep the enum, or give the other one the same values with the same numbers.",
};

/** Tells rows of {@link OTHER_NUMBERS} from those of types that travel in another form. */
export const OTHER_ENUM = "another enum";
