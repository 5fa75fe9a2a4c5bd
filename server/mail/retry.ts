const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait after each try that ended in "not now": two days in all. */
const WAITS_MS = [
  1 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  1 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
] as const;

const SOFT_BOUNCE_WAITS_MS = [6 * HOUR_MS, 24 * HOUR_MS] as const;
/** A fifth more or less, so that what failed together does not come back together. */
const JITTER = 0.2;

/** When to try again after the n-th try; null: that was the last. `chance` is from 0 to 1. */
export function nextAttempt(attempts: number, now: Date, chance: number): Date | null {
  return after(WAITS_MS[attempts - 1], now, chance);
}

/** When to try again after a mailbox was full or closed for the n-th time; null: three times is enough. */
export function attemptAfterBounce(softBounces: number, now: Date, chance: number): Date | null {
  return after(SOFT_BOUNCE_WAITS_MS[softBounces - 1], now, chance);
}

function after(wait: number | undefined, now: Date, chance: number): Date | null {
  if (wait === undefined) return null;
  return new Date(now.getTime() + wait * (1 - JITTER + 2 * JITTER * chance));
}
