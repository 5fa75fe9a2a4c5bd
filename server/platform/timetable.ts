import { Logger, type Runner, run } from "graphile-worker";
import pg from "pg";
import type { Log } from "./log.ts";

/** Work by the clock: a crontab expression (UTC) and what to do, safe to run again. */
export type Schedule = { name: string; crontab: string; work: () => Promise<unknown> };

type Timetable = { connection: pg.ClientConfig; log: Log; schedules: readonly Schedule[] };

const POOL_SIZE = 3;
const STOP_MS = 5_000;
const CONNECT_MS_MAX = 5_000;
const AGAIN_MS = 1_000;
const AGAIN_MS_MAX = 10_000;

/**
 * Runs schedules through graphile-worker: once for all instances, tried again when one fails. Its runner
 * ends when it has lost the database for good; another one takes its place.
 */
export async function openTimetable(options: Timetable): Promise<{ close(): Promise<void> }> {
  const { log } = options;
  const pool = new pg.Pool({
    ...options.connection,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    keepAlive: true,
    application_name: "referralhub timetable",
  });
  pool.on("error", (error) => log.warn({ reason: error.message }, "the timetable lost a connection"));
  pool.on("connect", (client) => client.on("error", () => {}));
  let isClosed = false;
  let runner: Runner | null = null;
  let again: NodeJS.Timeout | undefined;
  const follow = async (): Promise<void> => {
    const running = await startRunner(pool, options);
    runner = running;
    if (isClosed) return void (await running.stop().catch(() => {}));
    running.promise.then(
      () => restart(AGAIN_MS),
      (error: unknown) => {
        log.warn({ error }, "the timetable stopped");
        restart(AGAIN_MS);
      },
    );
  };
  const restart = (ms: number): void => {
    if (isClosed) return;
    runner = null;
    again = setTimeout(() => {
      follow().catch(() => restart(Math.min(AGAIN_MS_MAX, 2 * ms)));
    }, ms).unref();
  };
  await follow();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(again);
      await runner?.stop().catch(() => {});
      pool.removeAllListeners("error").on("error", () => {});
      await pool.end();
    },
  };
}

function startRunner(pool: pg.Pool, { log, schedules }: Timetable): Promise<Runner> {
  return run({
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
}
