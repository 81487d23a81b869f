import { describe, expect, it } from "vitest";
import { runFrames } from "./frames.js";
import {
  type ClientStreamCase,
  type HandshakeCase,
  type HandshakeFailureCase,
  runClientStream,
  runHandshake,
  runHandshakeFailure,
} from "./layers.js";
import type { Sdk } from "./sdk.js";
import { runSession, type SessionCase } from "./sessions.js";
import { type ReadFile, readIndex, readVectors, schemaVector } from "./vectors.js";
import { runView, type ViewCase } from "./views.js";

/** Runs all vectors against a client of the fixture. */
export function runVectors(sdk: Sdk): void {
  const ran = new Map<string, number>();

  for (const file of readVectors()) {
    const cases = (run: (vector: never) => unknown): void => {
      describe(file.path, () => {
        for (const vector of file.cases) {
          it(vector.name, async () => {
            await run(vector as never);
            ran.set(file.path, (ran.get(file.path) ?? 0) + 1);
          });
        }
      });
    };
    switch (file.kind) {
      case "schema":
        cases(() => {
          // The generated description is compared by the tests of hetu.2: the handshake there carries its fingerprint.
          expect(schemaVector.description).toHaveLength(4);
        });
        break;
      case "handshake":
        cases((vector: HandshakeCase) => runHandshake(sdk, vector));
        break;
      case "handshake-failure":
        cases((vector: HandshakeFailureCase) => runHandshakeFailure(sdk, vector));
        break;
      case "client-stream":
        cases((vector: ClientStreamCase) => runClientStream(vector));
        break;
      case "frames":
        it(`${file.path}: all messages, in every set of layers`, () => {
          runFrames(sdk, file);
          ran.set(file.path, file.cases.length);
        });
        break;
      case "session":
        cases((vector: SessionCase) => runSession(sdk, vector));
        break;
      case "view":
        cases(async (vector: ViewCase) => {
          for (const protocol of Object.keys(vector.opening)) {
            await runView(sdk, vector, protocol as "hetu.1" | "hetu.2");
          }
        });
        break;
      default:
        it(`${file.path} is of a kind that this runner knows`, () => {
          expect(unknownKind(file)).toBeUndefined();
        });
    }
  }

  // Behind all others: tests of a file run one after the other.
  it("every case of every file has been run", () => {
    expect(Object.fromEntries([...ran].sort(([a], [b]) => (a < b ? -1 : 1)))).toStrictEqual(readIndex());
  });
}

function unknownKind({ kind }: ReadFile): string {
  return kind;
}
