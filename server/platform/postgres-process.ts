import { type ChildProcess, execFileSync, type StdioOptions, spawn } from "node:child_process";
import fs from "node:fs";
import type { Account } from "./postgres-account.ts";

export type LaunchOptions = { cwd: string; stdio: StdioOptions; detached?: boolean };

/** Runs one of PostgreSQL's programs under the account it may run as, with none of our environment. */
export function launch(
  account: Account,
  command: string,
  args: string[],
  options: LaunchOptions,
): ChildProcess {
  const env = { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  switch (account.kind) {
    case "self":
      return spawn(command, args, { ...options, env });
    case "user":
      return spawn(command, args, { ...options, env, uid: account.uid, gid: account.gid });
    case "namespace":
      return spawn("unshare", [...account.unshare, command, ...args], { ...options, env });
  }
}

/**
 * How the folder a program is started in is named to that program. An unprivileged account cannot walk to a
 * folder below root's private home, but it can use the one it was started in.
 */
export function folderSeenFrom(account: Account, folder: string): string {
  return account.kind === "self" ? folder : "/proc/self/cwd";
}

/** The command line of a living process; null when it is gone or only a zombie that nobody collected. */
export function commandLine(pid: number): string | null {
  if (process.platform !== "linux") return processTable().find((row) => row.pid === pid)?.command ?? null;
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
    if (state === "Z" || state === "X") return null;
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return null;
  }
}

/** Whether the kernel still knows this number, be it a zombie or somebody else's process. */
export function isPidTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** PostgreSQL's own helpers of one cluster whose postmaster died before them. */
export function orphansOf(clusterName: string): number[] {
  const table = processTable();
  const commands = new Map(table.map((row) => [row.pid, row.command]));
  return table
    .filter((row) => row.command.startsWith(`postgres: ${clusterName}: `))
    .filter((row) => !commands.get(row.parent)?.includes(`cluster_name=${clusterName}`))
    .map((row) => row.pid);
}

type ProcessRow = { pid: number; parent: number; command: string };

function processTable(): ProcessRow[] {
  if (process.platform !== "linux") return parseProcessTable();
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const command = commandLine(Number(name));
      return command === null ? [] : [{ pid: Number(name), parent: parentOf(name), command }];
    });
}

function parentOf(pid: string): number {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 4).split(" ")[0]);
  } catch {
    return 0;
  }
}

function parseProcessTable(): ProcessRow[] {
  const text = execFileSync("ps", ["-axo", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return text.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    if (!match || match[3]?.startsWith("Z")) return [];
    return [{ pid: Number(match[1]), parent: Number(match[2]), command: match[4] ?? "" }];
  });
}
