import "../page.css";
import { CompilerLink } from "./worker/compiler-link.js";
import { Playground } from "./playground.js";

const beside = (name: string): URL => new URL(name, import.meta.url);

globalThis.MonacoEnvironment = { getWorker: () => new Worker(beside("editor-worker.js"), { type: "module" }) };

await Playground.start(new CompilerLink(beside("compiler-worker.js")));
