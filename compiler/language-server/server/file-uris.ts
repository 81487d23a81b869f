import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The path on this machine that an address means, absolute; `undefined` for other schemes (`untitled:`, a remote file
 * system of the editor) and for addresses that no path has, such as one with an encoded `/`.
 */
export function filePathOf(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    return withSmallDrive(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

/** The address of an absolute path. Editors may write the same one with more or fewer characters encoded. */
export function fileUriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Windows takes both letter cases of a drive, and editors send both: `C:\a` and `c:\a` are one file. */
export function withSmallDrive(path: string): string {
  return /^[A-Z]:/.test(path) ? path.slice(0, 1).toLowerCase() + path.slice(1) : path;
}

/** What a document that is no file is called in messages: the last part of its address. */
export function nameOf(uri: string): string {
  const last = /[^/\\:]*$/.exec(uri)?.[0] ?? "";
  try {
    return decodeURIComponent(last) || uri;
  } catch {
    return last || uri;
  }
}
