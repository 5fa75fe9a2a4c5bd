import { openEmbeddedPostgres } from "../../server/platform/embedded-postgres.ts";
import type { Log } from "../../server/platform/log.ts";

// A process that uses the database in a folder until SIGTERM: what the supervisor's tests kill, double and
// run as somebody else. Says what happens to it in JSON lines.
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const tell = (fields: object, text: string) => say({ text, ...fields });
const log: Log = { debug: tell, info: tell, warn: tell, error: tell };

const [folder = "", part] = process.argv.slice(2);
const begin = performance.now();
const postgres = await openEmbeddedPostgres({ folder, log });
if (part) await postgres.claimSingleInstance(part);
const alive = setInterval(() => {}, 1_000);
process.once("SIGTERM", async () => {
  await postgres.close();
  clearInterval(alive);
});
say({
  opened: true,
  ms: performance.now() - begin,
  adopted: postgres.adopted,
  connection: postgres.ownerConnection,
});
