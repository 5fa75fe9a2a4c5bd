import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Log } from "./log.ts";
import { chooseAccount, giveTo } from "./postgres-account.ts";
import { prepareBinaries } from "./postgres-binaries.ts";
import { createPostgres, passwordFile } from "./postgres-creation.ts";
import { commandLine, folderSeenFrom, isPidTaken, launch } from "./postgres-process.ts";

/** One database folder: `postgres` inside the data folder. What is remembered about it lies in it. */
export type Cluster = {
  dataFolder: string;
  folder: string;
  /** In every command line of its processes, so that ours can be told from another PostgreSQL's. */
  name: string;
  password: string;
  settings: Record<string, string>;
  log: Log;
};

const LOG_BYTES_MAX = 16_000_000;
const TAIL_BYTES_MAX = 4_000;

/** Given at every start: what is acknowledged is durable, nothing listens on the network, no data in the log. */
const SETTINGS_ALWAYS = {
  listen_addresses: "",
  unix_socket_directories: ".",
  unix_socket_permissions: "0700",
  port: "5432",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  logging_collector: "off",
  log_checkpoints: "off",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** Opens the folder, making the database in it when there is none. Nothing runs yet. */
export async function openCluster(
  dataFolder: string,
  settings: Record<string, string>,
  log: Log,
): Promise<Cluster> {
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const home = fs.realpathSync(dataFolder);
  if (fs.statSync(home).uid === process.getuid?.()) fs.chmodSync(home, 0o700);
  const folder = path.join(home, "postgres");
  if (!fs.existsSync(path.join(folder, "PG_VERSION"))) await createPostgres(home, folder, log);
  const password = fs.readFileSync(passwordFile(folder), "utf8");
  const name = `referralhub-${fs.statSync(folder).ino.toString(36)}`;
  return { dataFolder: home, folder, name, password, settings, log };
}

export type Start = { child: ChildProcess; isOver(): boolean; text(): string };

/** Starts PostgreSQL in a session of its own, so that Ctrl-C in our terminal reaches only us. */
export function startCluster(cluster: Cluster): Start {
  const { dataFolder, folder, name, settings, log } = cluster;
  const account = chooseAccount(folder);
  giveTo(account, folder);
  const binaries = prepareBinaries(account, dataFolder, (text) => log.info({}, text));
  for (const lock of ["postmaster.pid", ".s.PGSQL.5432.lock"]) removeStaleLock(cluster, lock);
  const all = { ...SETTINGS_ALWAYS, cluster_name: name, ...settings };
  const args = Object.entries(all).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const logFile = path.join(dataFolder, "postgres.log");
  const output = openLog(logFile);
  const begin = fs.fstatSync(output).size;
  const child = launch(
    account,
    path.join(binaries, "postgres"),
    ["-D", folderSeenFrom(account, folder), ...args],
    { cwd: folder, detached: true, stdio: ["ignore", output, output] },
  );
  fs.closeSync(output);
  let failure: Error | null = null;
  child.on("error", (error) => {
    failure = error;
  });
  child.unref();
  return {
    child,
    isOver: () => failure !== null || child.exitCode !== null || child.signalCode !== null,
    text: () => failure?.message ?? readTail(logFile, begin),
  };
}

/** What the lock file says: nobody, a living server of this folder, or a process number we cannot vouch for. */
export type Postmaster =
  | { kind: "none" }
  | { kind: "alive"; pid: number; isReady: boolean; isStopping: boolean }
  | { kind: "unsure" };

export function findPostmaster(cluster: Cluster): Postmaster {
  const text = readIfThere(path.join(cluster.folder, "postmaster.pid"));
  if (text === null) return { kind: "none" };
  const lines = text.split("\n");
  const pid = Math.abs(Number(lines[0]));
  if (!commandLine(pid)?.includes(`cluster_name=${cluster.name}`)) return { kind: "unsure" };
  return {
    kind: "alive",
    pid,
    isReady: lines[7]?.trim() === "ready",
    isStopping: lines[7]?.trim() === "stopping",
  };
}

/**
 * PostgreSQL itself clears a lock whose process is gone. It gives up on a zombie and on a number that another
 * process has got since, so these we take away. Its shared memory still guards the files if we were wrong.
 */
function removeStaleLock(cluster: Cluster, name: string): void {
  const file = path.join(cluster.folder, name);
  const text = readIfThere(file);
  if (text === null) return;
  const pid = Math.abs(Number(text.split("\n")[0]));
  if (!isPidTaken(pid) || commandLine(pid)?.includes(`cluster_name=${cluster.name}`)) return;
  // Moved first and looked at again: another starter may have put a good lock there since we read it.
  const aside = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    fs.renameSync(file, aside);
    if (fs.readFileSync(aside, "utf8") !== text) fs.linkSync(aside, file);
    fs.unlinkSync(aside);
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

function openLog(file: string): number {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) fs.renameSync(file, `${file}.1`);
  return fs.openSync(file, "a", 0o600);
}

function readTail(file: string, begin: number): string {
  const text = readIfThere(file) ?? "";
  return Buffer.from(text).subarray(begin).toString("utf8").slice(-TAIL_BYTES_MAX).trim();
}

function readIfThere(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
