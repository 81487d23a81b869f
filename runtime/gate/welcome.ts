import type { Hello } from "../wire/hetu2/client-frames.js";
import { fingerprintBytes } from "../wire/hetu2/description.js";
import { writeWelcome } from "../wire/hetu2/server-frames.js";
import type { WireNames } from "./wire-names.js";

/** The answer to a hello, with the description where the client's schema is another one. */
export function welcome(
  { fingerprint }: Hello,
  { schema }: WireNames,
  session: { readonly token: Uint8Array | undefined; readonly window: number; readonly resumed: boolean },
): Uint8Array {
  const { wire } = schema;
  const same = fingerprint !== undefined && Buffer.compare(fingerprint, fingerprintBytes(wire.fingerprint)) === 0;
  return writeWelcome({
    time: Date.now(),
    description: same ? undefined : wire.description,
    token: session.token,
    resumeWindow: session.window,
    resumed: session.resumed,
  });
}
