import { Logger, run } from "graphile-worker";
import pg from "pg";
import type { Log } from "./log.ts";

/** Work by the clock: a crontab expression (UTC) and what to do, safe to run again. */
export type Schedule = { name: string; crontab: string; work: () => Promise<unknown> };

const POOL_SIZE = 3;
const STOP_MS = 5_000;

/** Runs schedules through graphile-worker: once for all instances, tried again when one fails. */
export async function openTimetable(options: {
  connection: pg.ClientConfig;
  log: Log;
  schedules: readonly Schedule[];
}): Promise<{ close(): Promise<void> }> {
  const { log, schedules } = options;
  const pool = new pg.Pool({
    ...options.connection,
    max: POOL_SIZE,
    application_name: "referralhub timetable",
  });
  pool.on("error", (error) => log.warn({ reason: error.message }, "the timetable lost a connection"));
  pool.on("connect", (client) => client.on("error", () => {}));
  const runner = await run({
    pgPool: pool,
    concurrency: 1,
    noHandleSignals: true,
    preset: { worker: { gracefulShutdownAbortTimeout: STOP_MS } },
    logger: new Logger(() => (level, message) => {
      if (level === "error" || level === "warning")
        log.warn({ reason: message }, "the timetable reports trouble");
    }),
    taskList: Object.fromEntries(schedules.map(({ name, work }) => [name, async () => void (await work())])),
    crontab: schedules.map(({ name, crontab }) => `${crontab} ${name} ?max=3`).join("\n"),
  });
  // Its own failures are logged above; a lost database ends the runner's promise, which nobody awaits.
  runner.promise.catch((error: unknown) => log.error({ error }, "the timetable stopped"));
  return {
    close: async () => {
      await runner.stop().catch(() => {});
      await pool.end();
    },
  };
}
