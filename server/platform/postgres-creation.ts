import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Log } from "./log.ts";
import { type Account, chooseCreator, giveTo } from "./postgres-account.ts";
import { prepareBinaries } from "./postgres-binaries.ts";
import { folderSeenFrom, launch } from "./postgres-process.ts";

export const SUPERUSER = "referralhub";
const UNFINISHED_AGE_MAX_MS = 600_000;

const WAL_FILE_MEGABYTES = 4;

/** Written into postgresql.conf once, where an operator may change them. */
const SETTINGS_AT_FIRST = {
  max_connections: "100",
  shared_buffers: "256MB",
  max_wal_size: "4GB",
  // Files of the log that were used once are used again, as many as this.
  min_wal_size: "512MB",
  checkpoint_timeout: "15min",
  wal_compression: "on",
  // Statistics follow a table that grows fast, so that the first minutes are planned as well as the later ones.
  autovacuum_naptime: "10s",
  random_page_cost: "1.1",
  jit: "off",
  // Parallel queries need shared memory that containers keep small, and few processors have to spare.
  max_parallel_workers_per_gather: "0",
  max_parallel_maintenance_workers: "0",
};

/**
 * Makes a new database folder and gives it its name when it is whole. Of several that try at once the first
 * one's counts.
 */
export async function createPostgres(home: string, folder: string, log: Log): Promise<void> {
  removeUnfinished(home);
  const account = chooseCreator(folder);
  const binaries = prepareBinaries(account, home, (text) => log.info({}, text));
  const fresh = path.join(home, `postgres.new-${randomBytes(6).toString("hex")}`);
  fs.mkdirSync(fresh, { mode: 0o700 });
  giveTo(account, fresh);
  const password = randomBytes(24).toString("base64url");
  await runInitdb(account, binaries, fresh, password);
  fs.writeFileSync(passwordFile(fresh), password, { mode: 0o600, flag: "wx", flush: true });
  if (account.kind === "user") fs.lchownSync(passwordFile(fresh), account.uid, account.gid);
  try {
    fs.renameSync(fresh, folder);
  } catch (error) {
    // Somebody else made one in the meantime, and theirs counts.
    fs.rmSync(fresh, { recursive: true, force: true });
    if (!fs.existsSync(path.join(folder, "PG_VERSION"))) throw error;
  }
}

async function runInitdb(account: Account, binaries: string, fresh: string, password: string): Promise<void> {
  // Passed as an open file that has no name any more: no path ever leads to the password.
  const named = `${fresh}.password`;
  fs.writeFileSync(named, password, { mode: 0o600, flag: "wx" });
  if (account.kind === "user") fs.lchownSync(named, account.uid, account.gid);
  const secret = fs.openSync(named, "r");
  fs.unlinkSync(named);
  const program = path.join(binaries, "initdb");
  const child = launch(account, program, initdbArguments(account, fresh), {
    cwd: fresh,
    stdio: ["ignore", "pipe", "pipe", secret],
  });
  fs.closeSync(secret);
  let text = "";
  child.stdout?.on("data", (chunk) => (text += chunk));
  child.stderr?.on("data", (chunk) => (text += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0) return;
  fs.rmSync(fresh, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not make a database in ${fresh}:\n${text.trim()}`);
}

function initdbArguments(account: Account, fresh: string): string[] {
  return [
    `--pgdata=${folderSeenFrom(account, fresh)}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${process.platform === "linux" ? "/proc/self/fd/3" : "/dev/fd/3"}`,
    "--auth-local=scram-sha-256",
    "--auth-host=reject",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    // The C library's own C.UTF-8 is missing on some systems; nothing of ours asks it.
    "--locale=C",
    "--data-checksums",
    // Everybody waits while a new file of the log is filled with zeros: 38 ms for one of the usual 16 MB.
    `--wal-segsize=${WAL_FILE_MEGABYTES}`,
    // One call for the file system instead of one per file: a quarter of the time.
    ...(process.platform === "linux" ? ["--sync-method=syncfs"] : []),
    ...Object.entries(SETTINGS_AT_FIRST).map(([key, value]) => `--set=${key}=${value}`),
  ];
}

function removeUnfinished(home: string): void {
  for (const name of fs.readdirSync(home).filter((name) => name.startsWith("postgres.new-"))) {
    const file = path.join(home, name);
    const age = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > UNFINISHED_AGE_MAX_MS) fs.rmSync(file, { recursive: true, force: true });
  }
}

/** In the database folder, so that the two can only be moved, copied and renamed together. */
export const passwordFile = (folder: string): string => path.join(folder, "referralhub.password");
