export * from "./layers.js";
