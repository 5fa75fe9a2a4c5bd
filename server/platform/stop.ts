import type { Log } from "./log.ts";

const STOP_MS_MAX = 10_000;
/** Ctrl-C in a terminal reaches us twice: from the terminal and from npm. */
const SAME_SIGNAL_MS = 1_000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

export type Stopping = {
  isStopping(): boolean;
  /** Says that the start is over. A signal that came meanwhile takes effect now. */
  mayStop(): void;
};

/**
 * Ends the process in order on the first signal, at once on a second one, and after an error nobody caught,
 * whose state nobody knows: whatever starts us next recovers.
 */
export function onStop(log: Log, close: () => Promise<void>): Stopping {
  let since: number | null = null;
  let isStarted = false;
  const stop = (): void => {
    setTimeout(() => {
      log.error({ after_ms: STOP_MS_MAX }, "not everything stopped in time");
      process.exit(1);
    }, STOP_MS_MAX).unref();
    void close().then(() => process.exit(0));
  };
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (since !== null && Date.now() - since < SAME_SIGNAL_MS) return;
      if (since !== null) process.exit(1);
      since = Date.now();
      log.info({ signal }, "stopping");
      if (isStarted) stop();
    });
  for (const event of ["uncaughtException", "unhandledRejection"] as const)
    process.on(event, (error: unknown) => {
      log.error({ error }, "an error that nobody caught ends the process");
      process.exit(1);
    });
  // Whoever read our output may be gone; that is no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return {
    isStopping: () => since !== null,
    mayStop: () => {
      isStarted = true;
      if (since !== null) stop();
    },
  };
}
