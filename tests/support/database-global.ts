import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import type { TestProject } from "vitest/node";
import { openEmbeddedPostgres } from "../../server/platform/embedded-postgres.ts";
import type { Log } from "../../server/platform/log.ts";
import { migrate } from "../../server/platform/migrations.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database every test file copies, and who may do so. */
    template: { owner: pg.ClientConfig; appRole: string; appPassword: string };
  }
}

const PREFIX = "referralhub-test-";
/** Nothing here has to survive a crash of the machine; crash tests start a server of their own. */
const FAST_SETTINGS = { fsync: "off", full_page_writes: "off", max_wal_size: "1GB", max_connections: "300" };
const MIGRATIONS = path.resolve(import.meta.dirname, "../../database/migrations");

/** One PostgreSQL for the whole run, with one migrated database in it. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  await endKilledRuns();
  const folder = path.join(os.tmpdir(), `${PREFIX}${process.pid}`);
  const postgres = await openEmbeddedPostgres({ folder, log: quiet, settings: FAST_SETTINGS });
  const owner = postgres.ownerConnection;
  const appPassword = randomBytes(12).toString("hex");
  const { appRole } = await migrate({ owner, folder: MIGRATIONS, appPassword, log: quiet });
  project.provide("template", { owner, appRole, appPassword });
  return async () => {
    await postgres.close();
    fs.rmSync(folder, { recursive: true, force: true });
  };
}

/** A run that was killed leaves its server behind: take it over, shut it down, remove its folder. */
async function endKilledRuns(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = Number(name.slice(PREFIX.length));
    if (!name.startsWith(PREFIX) || isRunning(pid)) continue;
    const folder = path.join(os.tmpdir(), name);
    try {
      const postgres = await openEmbeddedPostgres({ folder, log: quiet, settings: FAST_SETTINGS });
      await postgres.close();
      fs.rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      console.warn(`${folder} is left over from a killed test run: ${error}`);
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const nothing = () => {};
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
