import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { dumpSchema } from "../database/dump-schema.ts";
import { openEmbeddedPostgres } from "../server/platform/embedded-postgres.ts";
import { createLog } from "../server/platform/log.ts";
import { migrate } from "../server/platform/migrations.ts";

// `npm run schema`: migrates an empty database and writes down what came out.
const database = path.resolve(import.meta.dirname, "../database");
const log = createLog("silent");
const folder = await mkdtemp(path.join(tmpdir(), "referralhub-schema-"));
const postgres = await openEmbeddedPostgres({ folder, log });
try {
  const owner = postgres.ownerConnection;
  const appPassword = randomBytes(12).toString("hex");
  const { appRole } = await migrate({ owner, folder: path.join(database, "migrations"), appPassword, log });
  const client = new pg.Client(owner);
  await client.connect();
  await writeFile(path.join(database, "schema.sql"), await dumpSchema(client, appRole));
  await client.end();
} finally {
  await postgres.close();
  await rm(folder, { recursive: true, force: true });
}
