import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";

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

/** The secrets in the data folder, made there when there are none, readable by their owner only. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, FILE);
  try {
    return JSON.parse(await readFile(path, "utf8")) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const secrets: Secrets = { session: newSecret(), hashing: newSecret(), appPassword: newSecret() };
  await keepSecrets(folder, secrets);
  return secrets;
}

/**
 * Instances on one external database share its secrets: the first to come puts its own into a table that
 * only the database's owner can read, the others take them over.
 */
export async function shareSecrets(owner: pg.ClientConfig, folder: string, own: Secrets): Promise<Secrets> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query(`create table if not exists installation_secrets
      (only_row boolean primary key default true check (only_row), secrets jsonb not null)`);
    await client.query("revoke all on installation_secrets from public");
    await client.query("insert into installation_secrets (secrets) values ($1) on conflict do nothing", [
      own,
    ]);
    const { rows } = await client.query<{ secrets: Secrets }>("select secrets from installation_secrets");
    const shared = rows[0]?.secrets ?? own;
    if (shared.session !== own.session) await keepSecrets(folder, shared);
    return shared;
  } finally {
    await client.end();
  }
}

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
