import { spawn } from "node:child_process";

/** The system's way to open an address. */
function opener(url: string): readonly [program: string, args: readonly string[]] {
  switch (process.platform) {
    case "darwin":
      return ["open", [url]];
    case "win32":
      return ["rundll32", ["url.dll,FileProtocolHandler", url]];
    default:
      return ["xdg-open", [url]];
  }
}

/** Opens an address in the user's browser. @returns whether the system has a program for that. */
export function openBrowser(url: string): Promise<boolean> {
  const [program, args] = opener(url);
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
