import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { copyFile, copyFolder, flush, measure } from "./folder.ts";
import type { Log } from "./log.ts";

/** What lies in a backup's folder as backup.json; written last, so that a folder without it is not a backup. */
export type BackupManifest = {
  made_at: string;
  postgres: string;
  /** The newest migration in it; null in a database that was never migrated. */
  last_migration: string | null;
  files: number;
  bytes: number;
};

export type Backup = { folder: string; manifest: BackupManifest };

export type BackupOptions = {
  dataFolder: string;
  /** A superuser's connection to the running server. */
  owner: pg.ClientConfig;
  /** Ends the folder's name, after the time. */
  label: string;
  log: Log;
};

/** A sentence for the operator: the copy could not be made, and nothing was changed. */
export class BackupError extends Error {}

const BACKUPS = "backups";
export const MANIFEST = "backup.json";
const BACKUPS_KEPT = 5;
const SLOT = "referralhub_backup";
/** Left in peace beside the copy, for a database that goes on growing. */
const SPARE_BYTES = 64_000_000;

/** Made anew by the server, or true of the running one only. The WAL is copied after everything else. */
const EMPTIED = new Set([
  "pg_wal",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|\.s\.PGSQL\..*|pg_internal\.init|pgsql_tmp.*|postgresql\.auto\.conf\.tmp)$/;
const CONTROL = path.join("global", "pg_control");

/**
 * Copies the running cluster with the WAL that makes the copy whole, keeping the newest few. Nobody has to
 * stop working meanwhile; the copy stands for the moment it was finished.
 */
export async function backUp(options: BackupOptions): Promise<Backup> {
  const backups = path.join(options.dataFolder, BACKUPS);
  try {
    return await copyInto(backups, options);
  } catch (error) {
    if (error instanceof BackupError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupError(`The database could not be backed up to ${backups}: ${reason}`, { cause: error });
  }
}

async function copyInto(backups: string, { dataFolder, owner, label, log }: BackupOptions): Promise<Backup> {
  fs.mkdirSync(backups, { recursive: true, mode: 0o700 });
  removeDrafts(backups);
  const source = path.join(dataFolder, "postgres");
  requireSpace(backups, source);
  const now = new Date();
  const name = `${now.toISOString().replace(/[-:]|\.\d+/g, "")}-${label}`;
  const draft = path.join(backups, `.new-${name}-${process.pid}`);
  try {
    const about = await copyRunning(owner, source, path.join(draft, "postgres"));
    const { files, bytes } = measure(path.join(draft, "postgres"));
    const manifest: BackupManifest = { made_at: now.toISOString(), ...about, files, bytes };
    fs.writeFileSync(path.join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    flush(draft);
    const folder = path.join(backups, name);
    fs.renameSync(draft, folder);
    flush(backups);
    const ms = Date.now() - now.getTime();
    log.info({ folder, files, bytes, ms }, "the database was backed up");
    removeOld(backups);
    return { folder, manifest };
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

type About = { postgres: string; last_migration: string | null };

async function copyRunning(owner: pg.ClientConfig, source: string, target: string): Promise<About> {
  const client = new pg.Client({ ...owner, application_name: "referralhub backup" });
  client.on("error", () => {});
  await client.connect();
  try {
    const about = await describe(client);
    // Ends with this connection; until then the server keeps the WAL we shall need.
    await client.query("select pg_create_physical_replication_slot($1, true, true)", [
      `${SLOT}_${process.pid}`,
    ]);
    const { rows: started } = await client.query<{ first: string }>(
      "select pg_walfile_name(pg_backup_start($1, true)) as first",
      [SLOT],
    );
    copyFolder(source, target, isCopied);
    copyFile(path.join(source, CONTROL), path.join(target, CONTROL));
    const { rows: stopped } = await client.query<{ label: string; last: string }>(
      "select labelfile as label, pg_walfile_name(lsn) as last from pg_backup_stop(wait_for_archive => false)",
    );
    const [first, last] = [started[0]?.first ?? "", stopped[0]?.last ?? ""];
    fs.writeFileSync(path.join(target, "backup_label"), stopped[0]?.label ?? "", { mode: 0o600 });
    for (const segment of fs.readdirSync(path.join(source, "pg_wal"))) {
      if (/^[0-9A-F]{24}$/.test(segment) && segment >= first && segment <= last)
        copyFile(path.join(source, "pg_wal", segment), path.join(target, "pg_wal", segment));
    }
    for (const inside of ["archive_status", "summaries"])
      fs.mkdirSync(path.join(target, "pg_wal", inside), { mode: 0o700 });
    return about;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Which version and how far migrated. */
async function describe(client: pg.Client): Promise<About> {
  const { rows } = await client.query<{ version: string; migrated: boolean }>(
    "select current_setting('server_version') as version, to_regclass('schema_migrations') is not null as migrated",
  );
  const version = rows[0]?.version ?? "";
  if (!rows[0]?.migrated) return { postgres: version, last_migration: null };
  const { rows: last } = await client.query<{ name: string | null }>(
    "select max(name) as name from schema_migrations",
  );
  return { postgres: version, last_migration: last[0]?.name ?? null };
}

function isCopied(relative: string): boolean {
  return !EMPTIED.has(relative) && !LEFT_OUT.test(path.basename(relative)) && relative !== CONTROL;
}

function requireSpace(backups: string, source: string): void {
  const { bavail, bsize } = fs.statfsSync(backups);
  const free = bavail * bsize;
  const needed = measure(source).bytes + SPARE_BYTES;
  if (free >= needed) return;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
  throw new BackupError(
    `A backup needs ${megabytes(needed)} in ${backups} and ${megabytes(free)} are free: make room, then start again.`,
  );
}

function removeDrafts(backups: string): void {
  for (const name of fs.readdirSync(backups))
    if (name.startsWith(".new-") && !isRunning(Number(name.split("-").at(-1))))
      fs.rmSync(path.join(backups, name), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Only what we made ourselves: a folder of the operator's stays whatever it is called. */
function removeOld(backups: string): void {
  const ours = fs
    .readdirSync(backups)
    .filter((name) => /^\d{8}T\d{6}Z-/.test(name) && fs.existsSync(path.join(backups, name, MANIFEST)))
    .sort();
  for (const name of ours.slice(0, -BACKUPS_KEPT))
    fs.rmSync(path.join(backups, name), { recursive: true, force: true });
}
