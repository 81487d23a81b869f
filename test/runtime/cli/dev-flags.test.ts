import { expect, test } from "vitest";
import { dev } from "../../../runtime/cli/dev.js";
import { ServerConfigError } from "../../../runtime/config/config-error.js";

test("hetu dev refuses more than one worker, and says what has them", async () => {
  const error: unknown = await dev({ workers: "4" }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ServerConfigError);
  expect((error as ServerConfigError).problems).toEqual([
    expect.stringMatching(/^--workers is "4".*one process.*hetu start/),
  ]);
});
