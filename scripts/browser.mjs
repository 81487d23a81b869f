// Where the machine keeps a Chromium: what the browser tests drive.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const programs = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const fixedPlaces = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a Chromium or Chrome: `CHROMIUM_PATH` when set, else the first one found on `PATH` or where macOS has it.
 * @returns {string | undefined} Nothing when the machine has none.
 */
export function findBrowser() {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return isExecutable(given) ? given : undefined;
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const places = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...places, ...fixedPlaces].find(isExecutable);
}
