import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Log } from "./log.ts";

export type MigrateOptions = {
  /** A connection that owns the database's schema; the application never uses it. */
  owner: pg.ClientConfig;
  /** Where the numbered .sql files are. */
  folder: string;
  log: Log;
  /** Called before anything changes in a database that already holds data. */
  beforeUpgrade?: (pending: string[]) => Promise<void>;
  /** The password the application's role shall have. */
  appPassword: string;
};

export type Migrated = { appRole: string; applied: string[] };

/** The upgrade stopped; the transaction was rolled back, so the data is as it was. */
export class MigrationError extends Error {
  readonly migration: string;

  constructor(migration: string, cause: unknown) {
    super(`Migration ${migration} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = "MigrationError";
    this.migration = migration;
  }
}

const ROLE_PLACEHOLDER = /"referralhub_app"/g;
/** Any fixed number: instances that migrate at once take turns on it. */
const MIGRATION_LOCK = 7_250_114;

/** Brings the schema up to date in one transaction, and the application's role with it. Safe to run by several at once. */
export async function migrate(options: MigrateOptions): Promise<Migrated> {
  const pool = new pg.Pool({ ...options.owner, max: 3 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const lock = await pool.connect();
  try {
    await lock.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const appRole = await ensureAppRole(lock, options.appPassword);
    const applied = await applyFiles(pool, appRole, options);
    await migrateJobs(pool, lock, appRole);
    await followCluster(lock);
    return { appRole, applied };
  } finally {
    await lock.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => {});
    lock.release();
    await pool.end();
  }
}

/** The role has a name of its own per installation, because roles are shared by all databases of a server. */
async function ensureAppRole(client: pg.PoolClient, password: string): Promise<string> {
  await client.query("create table if not exists installation_role (name text not null)");
  const found = await client.query<{ name: string }>("select name from installation_role");
  const role = found.rows[0]?.name ?? `referralhub_app_${randomBytes(4).toString("hex")}`;
  if (found.rows.length === 0) await client.query("insert into installation_role values ($1)", [role]);
  const exists = await client.query("select 1 from pg_roles where rolname = $1", [role]);
  const verb = exists.rows.length > 0 ? "alter" : "create";
  await client.query(
    `${verb} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole noinherit password ${pg.escapeLiteral(password)}`,
  );
  await client.query(
    `do $$ begin execute format('grant connect on database %I to ${role}', current_database()); end $$`,
  );
  await client.query(`grant usage on schema public to ${role}`);
  return role;
}

async function applyFiles(pool: pg.Pool, appRole: string, options: MigrateOptions): Promise<string[]> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: withoutEnd(pool) }) });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => readMigrations(options.folder, appRole) },
    migrationTableName: "schema_migrations",
    migrationLockTableName: "schema_migrations_lock",
  });
  const all = await migrator.getMigrations();
  const pending = all.filter((migration) => !migration.executedAt).map((migration) => migration.name);
  if (pending.length > 0 && pending.length < all.length) await options.beforeUpgrade?.(pending);
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find((result) => result.status === "Error");
    throw new MigrationError(failed?.migrationName ?? pending[0] ?? "(order)", error);
  }
  return pending;
}

async function readMigrations(folder: string, appRole: string): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file)).sort();
  const migrations: Record<string, Migration> = {};
  for (const file of files) {
    const text = (await readFile(join(folder, file), "utf8")).replace(ROLE_PLACEHOLDER, `"${appRole}"`);
    migrations[file.replace(/\.sql$/, "")] = { up: async (db) => void (await sql.raw(text).execute(db)) };
  }
  return migrations;
}

/** graphile-worker keeps its own schema; the application's role may use it, not change it. */
async function migrateJobs(pool: pg.Pool, client: pg.PoolClient, appRole: string): Promise<void> {
  await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) });
  await client.query(`
    grant usage on schema graphile_worker to ${appRole};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${appRole};
    grant usage on all sequences in schema graphile_worker to ${appRole};
    grant execute on all functions in schema graphile_worker to ${appRole};
    do $$ declare t text; begin
      for t in select tablename from pg_tables where schemaname = 'graphile_worker' and rowsecurity loop
        if not exists (select 1 from pg_policies where schemaname = 'graphile_worker' and tablename = t and policyname = 'app_all') then
          execute format('create policy app_all on graphile_worker.%I to ${appRole} using (true) with check (true)', t);
        end if;
      end loop;
    end $$;`);
}

/**
 * Positions are transaction ids. Data restored into another cluster meets transaction ids that start
 * again, so the offset is raised above everything the log already holds.
 */
async function followCluster(client: pg.PoolClient): Promise<void> {
  const here = await client.query<{ cluster: string }>(
    "select system_identifier::text as cluster from pg_control_system()",
  );
  const cluster = here.rows[0]?.cluster ?? "";
  const known = await client.query<{ cluster: string }>("select cluster from installation");
  if (known.rows[0]?.cluster === cluster) return;
  const top = await highestPosition(client);
  await client.query(
    `insert into installation (cluster) values ($1)
     on conflict (only_row) do update set cluster = excluded.cluster,
       position_offset = greatest(installation.position_offset, 1 + $2::bigint - pg_current_xact_id()::text::bigint)`,
    [cluster, top],
  );
}

/** Program by program, because row-level security binds the owner too. */
async function highestPosition(client: pg.PoolClient): Promise<string> {
  let top = 0n;
  const programs = await client.query<{ program_id: string }>("select program_id from program_directory");
  for (const { program_id } of programs.rows) {
    await client.query("select set_config('app.program_id', $1, false)", [program_id]);
    for (const table of ["events", "ledger_transfers", "participants", "clicks"]) {
      const { rows } = await client.query<{ top: string }>(
        `select coalesce(max(position), 0)::text as top from ${table} where program_id = $1`,
        [program_id],
      );
      const found = BigInt(rows[0]?.top ?? "0");
      if (found > top) top = found;
    }
  }
  return top.toString();
}

/** Kysely ends the pool it was given; this one is ours to end. */
function withoutEnd(pool: pg.Pool): { connect: () => Promise<pg.PoolClient>; end: () => Promise<void> } {
  return { connect: () => pool.connect(), end: async () => {} };
}
