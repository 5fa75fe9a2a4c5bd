import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * Copies what is wanted of a folder that may change meanwhile. A folder that is not wanted is made all the
 * same, and stays empty.
 */
export function copyFolder(
  from: string,
  to: string,
  isWanted: (relative: string) => boolean = () => true,
): void {
  fs.mkdirSync(to, { recursive: true, mode: 0o700 });
  const visit = (folder: string): void => {
    for (const entry of fs.readdirSync(path.join(from, folder), { withFileTypes: true })) {
      const relative = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        fs.mkdirSync(path.join(to, relative), { mode: 0o700 });
        if (isWanted(relative)) visit(relative);
      } else if (entry.isFile() && isWanted(relative)) {
        copyFile(path.join(from, relative), path.join(to, relative));
      }
    }
  };
  visit("");
}

/** By reference where the file system can. A file that has gone meanwhile is missed by nobody. */
export function copyFile(from: string, to: string): void {
  try {
    fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** How many files lie below a folder, and how large they are together. */
export function measure(folder: string): { files: number; bytes: number } {
  let files = 0;
  let bytes = 0;
  for (const file of listFiles(folder)) {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    files += stat ? 1 : 0;
    bytes += stat?.size ?? 0;
  }
  return { files, bytes };
}

/** On the disk before anything relies on it: one call for the file system, or one per file where there is none. */
export function flush(folder: string): void {
  if (spawnSync("sync", ["-f", folder]).status === 0) return;
  for (const file of listFiles(folder)) {
    const handle = fs.openSync(file, "r");
    fs.fsyncSync(handle);
    fs.closeSync(handle);
  }
}

function listFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
