import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { AlreadyRunning, openEmbeddedPostgres } from "./embedded-postgres.ts";
import { copyFolder, flush, measure } from "./folder.ts";
import type { Log } from "./log.ts";
import { type BackupManifest, MANIFEST } from "./postgres-backup.ts";
import { StartupError } from "./startup-error.ts";

export type Restored = {
  manifest: BackupManifest;
  /** Where the database that stood here lies now; null when there was none. */
  setAside: string | null;
};

export type RestoreOptions = { dataFolder: string; from: string; log: Log };

const DRAFT = "restoring-";
const PARTS = ["api", "worker"];

/**
 * Puts a backup in the place of the database. It is copied and started beside the old one first, so that
 * nothing moves before it is known to work; the old one is set aside, never deleted.
 */
export async function restore({ dataFolder, from, log }: RestoreOptions): Promise<Restored> {
  const manifest = readManifest(from);
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  await refuseWhileRunning(dataFolder, log);
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const draft = path.join(dataFolder, `${DRAFT}${stamp}`);
  try {
    copyFolder(path.join(from, "postgres"), path.join(draft, "postgres"));
    flush(draft);
    await startOnce(draft, manifest, log);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`The backup in ${from} could not be started, so nothing was changed: ${reason}`, {
      cause: error,
    });
  }
  const current = path.join(dataFolder, "postgres");
  const aside = path.join(dataFolder, `postgres.before-${stamp}`);
  const isReplaced = fs.existsSync(current);
  if (isReplaced) fs.renameSync(current, aside);
  fs.renameSync(path.join(draft, "postgres"), current);
  fs.rmSync(draft, { recursive: true, force: true });
  flush(dataFolder);
  return { manifest, setAside: isReplaced ? aside : null };
}

/** A restore that was cut off between its two renames: a start now would make an empty database. */
export function refuseHalfRestored(dataFolder: string): void {
  if (!fs.existsSync(dataFolder) || fs.existsSync(path.join(dataFolder, "postgres"))) return;
  const names = fs.readdirSync(dataFolder);
  const aside = names.filter((name) => name.startsWith("postgres.before-")).sort();
  if (!names.some((name) => name.startsWith(DRAFT)) || aside.length === 0) return;
  throw new StartupError(
    `A restore in ${dataFolder} was interrupted: run it again, or rename ${aside.at(-1)} to postgres to go back.`,
  );
}

function readManifest(from: string): BackupManifest {
  const file = path.join(from, MANIFEST);
  // Without its label a copy starts too, and is wrong without saying so.
  if (!fs.existsSync(file) || !fs.existsSync(path.join(from, "postgres", "backup_label")))
    throw new StartupError(`${from} is not a backup of ReferralHub: it has no ${MANIFEST}.`);
  const manifest = JSON.parse(fs.readFileSync(file, "utf8")) as BackupManifest;
  const { files, bytes } = measure(path.join(from, "postgres"));
  if (files !== manifest.files || bytes !== manifest.bytes)
    throw new StartupError(
      `The backup in ${from} is not whole: it has ${files} files of ${bytes} bytes, ` +
        `and was made with ${manifest.files} files of ${manifest.bytes} bytes.`,
    );
  return manifest;
}

/** A server left behind by a killed process is taken over and shut down; one that is used is not. */
async function refuseWhileRunning(dataFolder: string, log: Log): Promise<void> {
  if (!fs.existsSync(path.join(dataFolder, "postgres", "postmaster.pid"))) return;
  const postgres = await openEmbeddedPostgres({ folder: dataFolder, log });
  try {
    for (const part of PARTS) await postgres.claimSingleInstance(part);
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    throw new StartupError(`ReferralHub is running on ${dataFolder}: stop it, then restore.`);
  } finally {
    await postgres.close();
  }
  if (fs.existsSync(path.join(dataFolder, "postgres", "postmaster.pid")))
    throw new StartupError(
      `Another command is using the database in ${dataFolder}: let it finish, then restore.`,
    );
}

/** Recovers the copy to the moment of its backup and looks whether it is what its label says. */
async function startOnce(folder: string, manifest: BackupManifest, log: Log): Promise<void> {
  const postgres = await openEmbeddedPostgres({ folder, log });
  try {
    const client = new pg.Client(postgres.ownerConnection);
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string | null }>(
        manifest.last_migration === null
          ? "select null as name"
          : "select max(name) as name from schema_migrations",
      );
      if (rows[0]?.name === manifest.last_migration) return;
      throw new Error(`it is at ${rows[0]?.name} and should be at ${manifest.last_migration}`);
    } finally {
      await client.end();
    }
  } finally {
    await postgres.close();
  }
}
