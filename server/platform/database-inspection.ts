import pg from "pg";
import { findPending } from "./migrations.ts";
import { StartupError } from "./startup-error.ts";

/** What a database says about itself; `schema` is the reason where this version cannot use it. */
export type Inspection = {
  version: string;
  now: Date;
  schema: { isNew: boolean; pending: string[] } | StartupError;
};

/** Looks at a database as its owner and changes nothing. */
export async function inspectDatabase(owner: pg.ClientConfig, migrations: string): Promise<Inspection> {
  const client = new pg.Client(owner);
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; now: Date }>(
      "select current_setting('server_version') as version, clock_timestamp() as now",
    );
    const schema = await findPending(client, migrations).catch((error: unknown) => {
      if (error instanceof StartupError) return error;
      throw error;
    });
    return { version: rows[0]?.version ?? "", now: rows[0]?.now ?? new Date(), schema };
  } finally {
    await client.end().catch(() => {});
  }
}
