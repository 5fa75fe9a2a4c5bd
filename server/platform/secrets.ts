import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { Log } from "./log.ts";
import { MIGRATION_LOCK } from "./migrations.ts";
import { StartupError } from "./startup-error.ts";

/** What the installation must keep to itself; made on the first start. */
export type Secrets = {
  /** Signs session cookies. */
  session: string;
  /** Keys the hashes of e-mail and network addresses. */
  hashing: string;
  /** Of the application's database role. */
  appPassword: string;
};

const FILE = "secrets.json";
const BYTES = 32;
const OWNER_ONLY = 0o600;

/**
 * The secrets of the installation. They live in the database, in a table that only its owner can read, so
 * that instances share them and a restored database brings its own; the file in the data folder is a copy,
 * readable by its owner only, and the first one when the database is new.
 */
export async function openSecrets(owner: pg.ClientConfig, folder: string, log: Log): Promise<Secrets> {
  const file = await readSecrets(folder);
  const own = file ?? { session: newSecret(), hashing: newSecret(), appPassword: newSecret() };
  const shared = await shareSecrets(owner, own);
  if (file && !isSame(file, shared))
    log.warn({ folder }, `${FILE} did not belong to this database and was replaced by the database's own`);
  if (!file || !isSame(file, shared)) await keepSecrets(folder, shared);
  return shared;
}

/** The first to come puts its own into the database, everybody else takes them over. */
async function shareSecrets(owner: pg.ClientConfig, own: Secrets): Promise<Secrets> {
  const client = new pg.Client(owner);
  client.on("error", () => {});
  await client.connect();
  try {
    // Two that create one table at the same moment get in each other's way.
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query(`create table if not exists installation_secrets
      (only_row boolean primary key default true check (only_row), secrets jsonb not null)`);
    await client.query("revoke all on installation_secrets from public");
    await client.query("insert into installation_secrets (secrets) values ($1) on conflict do nothing", [
      own,
    ]);
    const { rows } = await client.query<{ secrets: Secrets }>("select secrets from installation_secrets");
    return rows[0]?.secrets ?? own;
  } finally {
    await client.end();
  }
}

async function readSecrets(folder: string): Promise<Secrets | null> {
  const path = join(folder, FILE);
  try {
    return JSON.parse(await readFile(path, "utf8")) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (!(error instanceof SyntaxError)) throw error;
    throw new StartupError(
      `${path} cannot be read. Move it away: the database has a copy of what was in it.`,
    );
  }
}

const isSame = (a: Secrets, b: Secrets): boolean =>
  a.session === b.session && a.hashing === b.hashing && a.appPassword === b.appPassword;

async function keepSecrets(folder: string, secrets: Secrets): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE);
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: OWNER_ONLY });
  await rename(draft, path);
}

function newSecret(): string {
  return randomBytes(BYTES).toString("base64url");
}
