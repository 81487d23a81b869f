/** What `sdk/layers.js` is: the layers beside `jsonb`, apart from the rest, which does not need their libraries. */
export * from "./layers/index.js";
