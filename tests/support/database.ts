import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { Database } from "../../server/platform/database.ts";
import type { Log } from "../../server/platform/log.ts";

export type TestDatabase = {
  /** As the application: row-level security, no rights beyond its grants. */
  readonly db: Database;
  /** Connection of the application's role, for code that opens its own. */
  readonly app: pg.ClientConfig;
  /** Connection of the owner, for arranging and for looking behind the policies. */
  readonly owner: pg.ClientConfig;
};

const POOL_SIZE = 12;

/** Gives the test file (or the `describe` it is called in) a migrated database of its own. */
export function useDatabase(): TestDatabase {
  let current: (TestDatabase & { drop(): Promise<void> }) | null = null;
  const opened = () => {
    if (!current) throw new Error("useDatabase() is ready inside tests and hooks only");
    return current;
  };
  beforeAll(async () => {
    current = await createDatabase();
  });
  afterAll(async () => {
    await current?.drop();
    current = null;
  });
  return {
    get db() {
      return opened().db;
    },
    get app() {
      return opened().app;
    },
    get owner() {
      return opened().owner;
    },
  };
}

/** For a test that needs several; whoever creates one drops it. */
async function createDatabase(): Promise<TestDatabase & { drop(): Promise<void> }> {
  const { owner: template, appRole, appPassword } = inject("template");
  const database = `test_${randomBytes(6).toString("hex")}`;
  const { database: templateName, ...rest } = template;
  await runAlone(template, `create database ${database} template ${templateName} strategy file_copy`);
  const owner = { ...rest, database };
  const app = { ...rest, database, user: appRole, password: appPassword };
  const db = new Database({ connection: app, poolSize: POOL_SIZE, preparedStatements: true, log: quiet });
  const drop = async () => {
    await db.close();
    await runAlone(template, `drop database ${database} with (force)`);
  };
  return { db, app, owner, drop };
}

async function runAlone(template: pg.ClientConfig, statement: string): Promise<void> {
  // Through the maintenance database: a template with a visitor in it cannot be copied.
  const client = new pg.Client({ ...template, database: "postgres" });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const nothing = () => {};
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
