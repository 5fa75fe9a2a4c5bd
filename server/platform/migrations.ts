import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Log } from "./log.ts";
import { StartupError } from "./startup-error.ts";

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

/** A migration failed; its transaction was rolled back, so the data is as it was. */
export class MigrationError extends Error {
  readonly migration: string;
  /** False when there was nothing in the database yet. */
  readonly isUpgrade: boolean;

  constructor(migration: string, isUpgrade: boolean, cause: unknown) {
    super(`Migration ${migration} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.name = "MigrationError";
    this.migration = migration;
    this.isUpgrade = isUpgrade;
  }
}

/** The database has been through migrations that this version does not know. Nothing was changed. */
class NewerDatabase extends StartupError {
  constructor(unknown: readonly string[]) {
    super(
      `The database was upgraded by a newer ReferralHub: this version does not know ${unknown.join(", ")}. ` +
        "Start the newer version, or restore the backup that was made before the upgrade " +
        "(npm run cli -- restore).",
    );
    this.name = "NewerDatabase";
  }
}

const ROLE_PLACEHOLDER = /"referralhub_app"/g;
const INSUFFICIENT_PRIVILEGE = "42501";
const MAY_NOT_CREATE_ROLES =
  "The user of DATABASE_URL may not create the role that the application connects as: " +
  "give it the right with ALTER ROLE … CREATEROLE.";
/** Any fixed number: instances that migrate at once take turns on it. */
export const MIGRATION_LOCK = 7_250_114;

/** Brings the schema up to date in one transaction, and the application's role with it. Safe to run by several at once. */
export async function migrate(options: MigrateOptions): Promise<Migrated> {
  const pool = new pg.Pool({ ...options.owner, max: 3 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const lock = await pool.connect();
  try {
    await lock.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    const { isNew, pending } = await findPending(lock, options.folder);
    const isUpgrade = !isNew && pending.length > 0;
    if (isUpgrade) await options.beforeUpgrade?.(pending);
    const appRole = await ensureAppRole(lock, options.appPassword);
    try {
      // First, because a schema of their own is changed apart from our one transaction.
      await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) });
      await applyFiles(pool, appRole, options.folder);
      await grantJobs(lock, appRole);
    } catch (error) {
      const migration = error instanceof FileError ? error.migration : (pending[0] ?? "graphile_worker");
      throw new MigrationError(migration, !isNew, error instanceof FileError ? error.cause : error);
    }
    await followCluster(lock);
    return { appRole, applied: pending };
  } finally {
    await lock.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => {});
    lock.release();
    await pool.end();
  }
}

export type Pending = { isNew: boolean; pending: string[] };

/** Which files the database has not seen; refuses one that has seen what no file here says. */
export async function findPending(client: pg.ClientBase, folder: string): Promise<Pending> {
  const known = await listMigrations(folder);
  const table = await client.query<{ is_there: boolean }>(
    "select to_regclass('schema_migrations') is not null as is_there",
  );
  if (!table.rows[0]?.is_there) return { isNew: true, pending: known };
  const applied = await client.query<{ name: string }>("select name from schema_migrations order by name");
  const names = new Set(applied.rows.map(({ name }) => name));
  const unknown = [...names].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new NewerDatabase(unknown);
  return { isNew: names.size === 0, pending: known.filter((name) => !names.has(name)) };
}

/** The role has a name of its own per installation, because roles are shared by all databases of a server. */
async function ensureAppRole(client: pg.PoolClient, password: string): Promise<string> {
  await client.query("create table if not exists installation_role (name text not null)");
  const found = await client.query<{ name: string }>("select name from installation_role");
  const role = found.rows[0]?.name ?? `referralhub_app_${randomBytes(4).toString("hex")}`;
  if (found.rows.length === 0) await client.query("insert into installation_role values ($1)", [role]);
  const exists = await client.query<{ is_mighty: boolean }>(
    "select rolsuper or rolbypassrls as is_mighty from pg_roles where rolname = $1",
    [role],
  );
  if (exists.rows[0]?.is_mighty)
    throw new StartupError(
      `The database role ${role} must be neither a superuser nor able to bypass row-level security.`,
    );
  // What it may not do is said when it is made: only a superuser may say it again.
  const statement =
    exists.rows.length > 0
      ? `alter role ${role}`
      : `create role ${role} nosuperuser nobypassrls nocreatedb nocreaterole noinherit`;
  await client
    .query(`${statement} login password ${pg.escapeLiteral(password)}`)
    .catch((error: pg.DatabaseError) => {
      throw error.code === INSUFFICIENT_PRIVILEGE ? new StartupError(MAY_NOT_CREATE_ROLES) : error;
    });
  await client.query(
    `do $$ begin execute format('grant connect on database %I to ${role}', current_database()); end $$`,
  );
  await client.query(`grant usage on schema public to ${role}`);
  // Statements are prepared once and kept: a plan made while a table was small must not scan it when it has grown.
  for (const setting of [
    "plan_cache_mode = force_generic_plan",
    "enable_seqscan = off",
    "random_page_cost = 1.1",
    "jit = off",
  ])
    await client.query(`alter role ${role} set ${setting}`);
  return role;
}

class FileError extends Error {
  readonly migration: string;

  constructor(migration: string, cause: unknown) {
    super(migration, { cause });
    this.migration = migration;
  }
}

/** All that is pending in one transaction: Kysely's Migrator does so where the database can, and PostgreSQL can. */
async function applyFiles(pool: pg.Pool, appRole: string, folder: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: withoutEnd(pool) }) });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => readMigrations(folder, appRole) },
    migrationTableName: "schema_migrations",
    migrationLockTableName: "schema_migrations_lock",
  });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return;
  const failed = results?.find((result) => result.status === "Error");
  throw new FileError(failed?.migrationName ?? "(order)", error);
}

async function listMigrations(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file)).sort();
  return files.map((file) => file.replace(/\.sql$/, ""));
}

async function readMigrations(folder: string, appRole: string): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {};
  for (const name of await listMigrations(folder)) {
    const file = await readFile(join(folder, `${name}.sql`), "utf8");
    const text = file.replace(ROLE_PLACEHOLDER, `"${appRole}"`);
    migrations[name] = { up: async (db) => void (await sql.raw(text).execute(db)) };
  }
  return migrations;
}

/** graphile-worker keeps its own schema; the application's role may use it, not change it. */
async function grantJobs(client: pg.PoolClient, appRole: string): Promise<void> {
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

/**
 * Of everything that keeps a position, also of what only remembers how far it has read: a checkpoint above the
 * next transfer would leave it out of the balance. Program by program, because row-level security binds the owner too.
 */
async function highestPosition(client: pg.PoolClient): Promise<string> {
  const tables = await client.query<{ name: string }>(`
    select relname as name
      from pg_class
      join pg_attribute on attrelid = pg_class.oid and attname = 'position' and not attisdropped
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
     order by relname`);
  const programs = await client.query<{ program_id: string }>("select program_id from program_directory");
  let top = 0n;
  for (const { program_id } of programs.rows) {
    await client.query("select set_config('app.program_id', $1, false)", [program_id]);
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ top: string }>(
        `select coalesce(max(position), 0)::text as top from ${name}`,
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
