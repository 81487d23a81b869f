#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { main } from "./cli/main.js";

// V8 optimizes a function after so many bytes of executed bytecode (132 KiB by default). A compiler's run is short:
// optimizing so eagerly takes a third of all processor time and is never earned back. Measured by bench/compiler.
setFlagsFromString("--interrupt-budget=4000000");

// A reader that goes away, as in `hetuc graph | head`, is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

// Not process.exit: what is still being written to a pipe would be cut off.
process.exitCode = await main(process.argv.slice(2), {
  terminal: { out: process.stdout, err: process.stderr, env: process.env },
  cwd: process.cwd(),
});
