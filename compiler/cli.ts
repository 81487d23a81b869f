#!/usr/bin/env node
import { main } from "./cli/main.js";

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
