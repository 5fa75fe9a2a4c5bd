import { wallInstant, wallTime } from "../primitives/period.ts";

/** A part of the day in which no mail is sent, as the clocks where somebody lives show it: "22:00" to "07:00". */
export type QuietHours = { from: string; to: string };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Both ends are there, and they are not the same minute. */
export function isQuietHours({ from, to }: QuietHours): boolean {
  return minutesOf(from) !== null && minutesOf(to) !== null && from !== to;
}

export function isQuiet(at: Date, quiet: QuietHours, timeZone: string): boolean {
  return isWithin(clockOf(at, timeZone), quiet);
}

/**
 * `at`, or the end of the quiet hours it falls into. Where the clocks skip that end, it is as much later as they
 * skip; where they show it twice, the next time they do.
 */
export function afterQuietHours(at: Date, quiet: QuietHours | null, timeZone: string): Date {
  if (quiet === null || !isQuiet(at, quiet, timeZone)) return at;
  const today = wallTime(at, timeZone).slice(0, 10);
  const isTomorrow = clockOf(at, timeZone) >= quiet.to;
  const end = wallInstant(`${isTomorrow ? dayAfter(today) : today}T${quiet.to}:00`, timeZone);
  // The clocks went back over the end that has been: it comes once more.
  if (end === null || end <= at) return new Date(startOfMinute(at) + minutesUntil(at, quiet, timeZone));
  return end;
}

function isWithin(clock: string, { from, to }: QuietHours): boolean {
  return from < to ? from <= clock && clock < to : clock >= from || clock < to;
}

function minutesUntil(at: Date, { to }: QuietHours, timeZone: string): number {
  const minutes = (minutesOf(to) ?? 0) - (minutesOf(clockOf(at, timeZone)) ?? 0);
  return minutes * MINUTE_MS;
}

function startOfMinute(at: Date): number {
  return Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
}

/** "22:07": what the clocks show. */
function clockOf(at: Date, timeZone: string): string {
  return wallTime(at, timeZone).slice(11, 16);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

function minutesOf(clock: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}
