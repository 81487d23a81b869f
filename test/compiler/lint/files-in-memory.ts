import { type FileSystemHost, InMemoryFileSystemHost } from "ts-morph";

/** A disk that holds just these files. @param files texts by absolute path. */
export function filesInMemory(files: Readonly<Record<string, string>>): FileSystemHost {
  const disk = new InMemoryFileSystemHost();
  for (const [path, text] of Object.entries(files)) disk.writeFileSync(path, text);
  return disk;
}
