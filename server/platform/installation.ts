import { join } from "node:path";
import type pg from "pg";
import type { Config } from "./config.ts";
import { Database } from "./database.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "./embedded-postgres.ts";
import type { Log } from "./log.ts";
import { migrate } from "./migrations.ts";
import { loadSecrets, type Secrets, shareSecrets } from "./secrets.ts";

/** The database, migrated, and what belongs to it. */
export type Installation = {
  db: Database;
  secrets: Secrets;
  /** Null where the database is somebody else's. */
  embedded: EmbeddedPostgres | null;
  owner: pg.ClientConfig;
  app: pg.ClientConfig;
  close(): Promise<void>;
};

export type InstallationOptions = {
  config: Config;
  log: Log;
  /** The folder of the numbered migrations. */
  migrations: string;
  beforeUpgrade?: (
    pending: string[],
    embedded: EmbeddedPostgres | null,
    owner: pg.ClientConfig,
  ) => Promise<void>;
};

/** Starts or joins the database, brings its schema up to date, and connects as the application's role. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { config, log } = options;
  const embedded = config.databaseUrl ? null : await openEmbeddedPostgres({ folder: config.dataFolder, log });
  try {
    const owner = embedded ? embedded.ownerConnection : connectionOf(config.databaseUrl ?? "");
    const own = await loadSecrets(config.dataFolder);
    const secrets = embedded ? own : await shareSecrets(owner, config.dataFolder, own);
    const { appRole, applied } = await migrate({
      owner,
      folder: options.migrations,
      log,
      appPassword: secrets.appPassword,
      beforeUpgrade: async (pending) => options.beforeUpgrade?.(pending, embedded, owner),
    });
    if (applied.length > 0) log.info({ migrations: applied.length }, "the schema is up to date");
    const app = { ...owner, user: appRole, password: secrets.appPassword };
    const { poolSize, preparedStatements } = config;
    const db = new Database({ connection: app, poolSize, preparedStatements, log });
    return {
      db,
      secrets,
      embedded,
      owner,
      app,
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
    ...(ssl && ssl !== "disable"
      ? { ssl: { rejectUnauthorized: ssl === "verify-full" || ssl === "verify-ca" } }
      : {}),
  };
}
