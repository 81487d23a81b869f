import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { globSync } from "tinyglobby";

const LIBRARY = globSync(["/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1"])[0];

/** The wall clock of one machine's processes, as libfaketime gives it to them. Their monotonic clock is the real one. */
export class ServerClock {
  private constructor(readonly file: string) {}

  /** Whether libfaketime is installed. */
  static get available(): boolean {
    return LIBRARY !== undefined && existsSync(LIBRARY);
  }

  static async create(folder: string): Promise<ServerClock> {
    const clock = new ServerClock(join(folder, "clock"));
    await clock.set(0);
    return clock;
  }

  get env(): Record<string, string> {
    return {
      LD_PRELOAD: LIBRARY ?? "",
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: "1",
      DONT_FAKE_MONOTONIC: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }

  /** @param seconds by which it differs from the real time from now on. */
  async set(seconds: number): Promise<void> {
    const whole = `${this.file}.next`;
    await writeFile(whole, `${seconds < 0 ? "" : "+"}${seconds}s\n`);
    await rename(whole, this.file);
  }
}
