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

function startOfMonth(year: number, index: number, timeZone: string): Date {
  return instantAt(Date.UTC(year, index, 1), timeZone);
}

const WALL_TIME = /^(2\d{3})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/;

/** The moment at which the clocks of a time zone show "2026-03-01T09:00:00"; null when no calendar has that time. */
export function wallInstant(text: string, timeZone: string): Date | null {
  const match = WALL_TIME.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wallText(wall) === text ? instantAt(wall, timeZone) : null;
}

/** "2026-03-01T09:00:00": what the clocks of a time zone show at a moment. */
export function wallTime(at: Date, timeZone: string): string {
  return wallText(wallClock(at.getTime(), timeZone));
}

function wallText(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19);
}

/** The first moment at which the clocks show that time, or where they skip it, as much later as they skip. */
function instantAt(wall: number, timeZone: string): Date {
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((at) => wallClock(at, timeZone) - at);
  const candidates = offsets.map((offset) => wall - offset);
  return new Date(Math.min(...candidates.filter((at) => wallClock(at, timeZone) >= wall)));
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
