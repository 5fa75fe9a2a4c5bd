/** A stretch of time, `from` included and `to` not. */
export type Period = { from: Date; to: Date };

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const MINUTE_MS = 60_000;

/** The month "2026-03" as people in a time zone live it; null when the text is no month. */
export function monthPeriod(month: string, timeZone: string): Period | null {
  const match = MONTH.exec(month);
  if (!match) return null;
  const [year, index] = [Number(match[1]), Number(match[2]) - 1];
  return { from: startOfMonth(year, index, timeZone), to: startOfMonth(year, index + 1, timeZone) };
}

/** The month a moment belongs to in a time zone: "2026-03". */
export function monthOf(moment: Date, timeZone: string): string {
  return wallClock(moment, timeZone).toISOString().slice(0, 7);
}

/** The first moment whose local date is the first of the month, also where the clocks skip midnight. */
function startOfMonth(year: number, index: number, timeZone: string): Date {
  const midnight = Date.UTC(year, index, 1);
  const candidates = [offsetMs(midnight - DAY_MS), offsetMs(midnight + DAY_MS)].map((offset) => midnight - offset);
  const starts = candidates.filter((start) => wallClock(new Date(start), timeZone).getTime() >= midnight);
  return new Date(Math.min(...starts));

  function offsetMs(at: number): number {
    return wallClock(new Date(at), timeZone).getTime() - at;
  }
}

const DAY_MS = 1_440 * MINUTE_MS;
