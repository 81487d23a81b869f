import type { SourceFile } from "../../source/source-file.js";

/** A file of the server's code that cannot be parsed. */
export class ServerSyntaxError extends Error {
  override readonly name = "ServerSyntaxError";

  /** @param start offset of what is wrong. @param reason what TypeScript says of it. */
  constructor(file: SourceFile, start: number, reason: string) {
    super(`${file.path}:${file.lineOf(start)}: ${reason}`);
  }
}
