import { Refusal } from "../primitives/refusal.ts";

/** serialization_failure, deadlock_detected */
const RETRYABLE = new Set(["40001", "40P01"]);
/** unique_violation: somebody else wrote the same row since this transaction looked. Whoever looks again finds it. */
const WRITTEN_MEANWHILE = "23505";
/** The same after all retries, and statements that were cut off at their limit or waited too long for a lock. */
const OVERLOADED = new Set([...RETRYABLE, "57014", "55P03"]);
/** Lost, refused or ended connections, a sign-in that fails, a server that has become a standby. */
const BROKEN =
  /^(08|28|57P|25006|25P03|3D000|ECONN|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
/** Out of connections, disk or memory, or a disk that fails. */
const AWAY = /^(53|58)/;
const LOST =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|connection error/i;

/** True for failures of the connection or the server, after which nothing is known about the last statement. */
export function isOutage(error: unknown): boolean {
  return error instanceof Refusal && error.code === "database_unavailable";
}

/** The five-character SQLSTATE of a database error, or "". */
export function sqlState(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}

/** Whether the whole transaction may succeed when it is run again. */
export function mayHelpToRetry(error: unknown): boolean {
  const state = sqlState(error);
  return RETRYABLE.has(state) || state === WRITTEN_MEANWHILE;
}

/** After these a connection is of no use: it is dead, or leads to a server that may not write. */
export function isBroken(error: unknown): boolean {
  return BROKEN.test(sqlState(error)) || (error instanceof Error && LOST.test(error.message));
}

/** What passes by itself, in the words of a refusal: a lost database, a full one, too much at once. */
export function asRefusal(error: unknown): unknown {
  if (OVERLOADED.has(sqlState(error))) return new Refusal("overloaded", { facts: { retry_after: 1 } });
  return asOutage(error);
}

/** The same, with a statement that ran out of its time left as it is. */
export function asOutage(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const isAway = isBroken(error) || AWAY.test(sqlState(error));
  return isAway ? new Refusal("database_unavailable", { facts: { retry_after: 1 } }) : error;
}
