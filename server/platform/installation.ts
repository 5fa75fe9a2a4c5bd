import { join } from "node:path";
import pg from "pg";
import type { Config } from "./config.ts";
import { Database } from "./database.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "./embedded-postgres.ts";
import type { Log } from "./log.ts";
import { type Migrated, MigrationError, migrate } from "./migrations.ts";
import { BackupError, backUp } from "./postgres-backup.ts";
import { refuseHalfRestored } from "./postgres-restore.ts";
import { openSecrets, type Secrets } from "./secrets.ts";
import { StartupError } from "./startup-error.ts";

/** The database, migrated, and what belongs to it. */
export type Installation = {
  db: Database;
  secrets: Secrets;
  /** Null where the database is somebody else's. */
  embedded: EmbeddedPostgres | null;
  owner: pg.ClientConfig;
  app: pg.ClientConfig;
  /** The migrations that were applied just now. */
  applied: string[];
  close(): Promise<void>;
};

export type InstallationOptions = {
  config: Config;
  log: Log;
  /** The folder of the numbered migrations. */
  migrations: string;
  /** The parts of a server this process is going to be; refused when another one is that already. */
  parts?: readonly string[];
};

/** The schema could not be brought up to date. The data is as it was. */
export class UpgradeStopped extends Error {
  readonly migration: string;
  /** The folder of the backup that was made before; null where there is none of ours. */
  readonly backup: string | null;
  readonly isEmbedded: boolean;

  constructor(facts: { migration: string; backup: string | null; isEmbedded: boolean; cause: Error }) {
    super(facts.cause.message, { cause: facts.cause });
    this.name = "UpgradeStopped";
    this.migration = facts.migration;
    this.backup = facts.backup;
    this.isEmbedded = facts.isEmbedded;
  }
}

const POSTGRES_MIN = 15;
const CONNECT_MS_MAX = 10_000;

/** Starts or joins the database, brings its schema up to date, and connects as the application's role. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { config, log } = options;
  const { embedded, owner } = await openOwner(config, log);
  try {
    // Before anything changes: a newer version must not upgrade the database below a running one.
    for (const part of options.parts ?? []) await embedded?.claimSingleInstance(part);
    const secrets = await openSecrets(owner, config.dataFolder, log);
    const { appRole, applied } = await upgrade(options, owner, secrets.appPassword);
    const app = { ...owner, user: appRole, password: secrets.appPassword };
    const { poolSize, preparedStatements } = config;
    const db = new Database({ connection: app, poolSize, preparedStatements, log });
    return {
      db,
      secrets,
      embedded,
      owner,
      app,
      applied,
      close: async () => {
        await db.close();
        await embedded?.close();
      },
    };
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

export type Owner = { embedded: EmbeddedPostgres | null; owner: pg.ClientConfig };

/** The connection that owns the schema, and the server behind it where it is ours. Changes nothing. */
export async function openOwner(config: Config, log: Log): Promise<Owner> {
  if (config.databaseUrl === null) {
    refuseHalfRestored(config.dataFolder);
    const embedded = await openEmbeddedPostgres({ folder: config.dataFolder, log });
    return { embedded, owner: embedded.ownerConnection };
  }
  const owner = connectionOf(config.databaseUrl);
  await requirePostgres(owner);
  return { embedded: null, owner };
}

async function upgrade(
  { config, log, migrations }: InstallationOptions,
  owner: pg.ClientConfig,
  appPassword: string,
): Promise<Migrated> {
  const isEmbedded = config.databaseUrl === null;
  let first = "";
  let backup: string | null = null;
  const beforeUpgrade = async (pending: string[]): Promise<void> => {
    first = pending[0] ?? "";
    log.info({ pending, backup: isEmbedded }, "the database is about to be upgraded");
    if (!isEmbedded) return;
    ({ folder: backup } = await backUp({ dataFolder: config.dataFolder, owner, label: first, log }));
  };
  try {
    const migrated = await migrate({ owner, folder: migrations, log, appPassword, beforeUpgrade });
    if (migrated.applied.length > 0)
      log.info({ migrations: migrated.applied.length }, "the schema is up to date");
    return migrated;
  } catch (cause) {
    if (cause instanceof BackupError)
      throw new UpgradeStopped({ migration: first, backup: null, isEmbedded, cause });
    if (cause instanceof MigrationError && cause.isUpgrade)
      throw new UpgradeStopped({ migration: cause.migration, backup, isEmbedded, cause });
    throw cause;
  }
}

/** Says why when it cannot be reached. The address is named without its password. */
async function requirePostgres(owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(owner);
  client.on("error", () => {});
  let version = "";
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>("show server_version");
    version = rows[0]?.server_version ?? "";
  } catch (error) {
    const { host, port, database, user } = owner;
    const reason = reasonOf(error);
    throw new StartupError(
      `The PostgreSQL of DATABASE_URL (database ${database} on ${host}:${port} as ${user}) cannot be used: ${reason}`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
  if (Number.parseInt(version, 10) < POSTGRES_MIN)
    throw new StartupError(
      `The PostgreSQL of DATABASE_URL is version ${version}: ReferralHub needs ${POSTGRES_MIN} or newer.`,
    );
}

/** A name with several addresses fails once for each of them, and the sum of it says nothing. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError)
    return [...new Set(error.errors.map((one: unknown) => reasonOf(one)))].join("; ");
  return error instanceof Error ? error.message : String(error);
}

/** Where the root of the checkout is, seen from the built server as from its sources. */
export function fromRoot(...parts: string[]): string {
  return join(import.meta.dirname, "..", "..", ...parts);
}

function connectionOf(databaseUrl: string): pg.ClientConfig {
  const url = new URL(databaseUrl);
  const socket = url.searchParams.get("host");
  const ssl = url.searchParams.get("sslmode");
  return {
    host: socket ?? decodeURIComponent(url.hostname) ?? "localhost",
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username) || "postgres",
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || "postgres",
    connectionTimeoutMillis: CONNECT_MS_MAX,
    ...(ssl && ssl !== "disable"
      ? { ssl: { rejectUnauthorized: ssl === "verify-full" || ssl === "verify-ca" } }
      : {}),
  };
}
