/** A stretch of time, `from` included and `to` not. */
export type Period = { from: Date; to: Date };

const MONTH = /^(2\d{3})-(0[1-9]|1[0-2])$/;
const DAY_MS = 86_400_000;

/** The month "2026-03" as people in a time zone live it; null when the text is no month. */
export function monthPeriod(month: string, timeZone: string): Period | null {
  const match = MONTH.exec(month);
  if (!match) return null;
  const [year, index] = [Number(match[1]), Number(match[2]) - 1];
  return { from: startOfMonth(year, index, timeZone), to: startOfMonth(year, index + 1, timeZone) };
}

/** The first moment of a month's first day, also where the clocks skip midnight or show it twice. */
function startOfMonth(year: number, index: number, timeZone: string): Date {
  const midnight = Date.UTC(year, index, 1);
  const offsets = [midnight - DAY_MS, midnight + DAY_MS].map((at) => wallClock(at, timeZone) - at);
  const candidates = offsets.map((offset) => midnight - offset);
  return new Date(Math.min(...candidates.filter((at) => wallClock(at, timeZone) >= midnight)));
}

/** What the clocks on the wall show, read as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const seconds = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return seconds + (((at % 1000) + 1000) % 1000);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const number = "numeric";
    const fields = {
      year: number,
      month: number,
      day: number,
      hour: number,
      minute: number,
      second: number,
    } as const;
    format = new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", calendar: "gregory", ...fields });
    formats.set(timeZone, format);
  }
  return format;
}
