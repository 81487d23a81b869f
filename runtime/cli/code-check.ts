import { describeFailure } from "./failure.js";
import { layoutOf } from "../ops/code-layout.js";
import { importFresh } from "./loaded-versions.js";
import type { CodeVersion } from "../ops/worker-requests.js";
import type { CheckResult } from "./scratch-process.js";

// Run as a program of its own by `checkCode`: what the code does while it loads, and what it breaks, ends with it.

// What the code has begun may keep the process alive for ever when nobody is left to end it.
process.once("disconnect", () => process.exit(1));
process.once("message", (version: CodeVersion) => {
  check(version).then(
    (result) => process.send?.(result, undefined, undefined, () => process.exit(0)),
    () => process.exit(1),
  );
});

async function check({ modules }: CodeVersion): Promise<CheckResult> {
  try {
    const layouts = [];
    for (const { instance, entry, url } of modules) {
      const { implementation } = await importFresh(url, entry);
      layouts.push(layoutOf(instance, implementation.schema));
    }
    return { ok: true, layouts };
  } catch (error) {
    return { ok: false, reason: describeFailure(error).text };
  }
}
