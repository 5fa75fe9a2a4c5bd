import fs from "node:fs";
import os from "node:os";

/** What a figure cannot be read without. */
export type Machine = {
  cores: number;
  processor: string;
  memoryGb: number;
  system: string;
  node: string;
  fileSystem: string;
  /** How many wanted a processor in the minute before: above none, everything is slower, and not evenly. */
  loadBefore: number;
};

const FILE_SYSTEMS: Record<number, string> = {
  [0xef53]: "ext4",
  [0x9123683e]: "btrfs",
  [0x58465342]: "xfs",
  [0x794c7630]: "overlayfs",
  [0x2fc12fc1]: "zfs",
  [0x01021994]: "tmpfs",
};

export function describeMachine(folder: string): Machine {
  return {
    cores: os.availableParallelism(),
    processor: os.cpus()[0]?.model.trim() ?? "unknown processor",
    memoryGb: Math.round(os.totalmem() / 1024 ** 3),
    system: `${os.type()} ${os.release()}`,
    node: process.versions.node,
    fileSystem: fileSystemOf(folder),
    loadBefore: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** In memory nothing is durable, and a commit costs nothing. */
export function isInMemory(folder: string): boolean {
  return fileSystemOf(folder) === "tmpfs";
}

function fileSystemOf(folder: string): string {
  if (process.platform !== "linux") return process.platform;
  const { type } = fs.statfsSync(folder);
  return FILE_SYSTEMS[type] ?? `file system ${type.toString(16)}`;
}
