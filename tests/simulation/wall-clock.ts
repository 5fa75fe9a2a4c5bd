const DAY_MS = 86_400_000;

/** What the clocks of a time zone show, to the second: "2026-12-01T00:00:00". */
export function wallClock(at: number, timeZone: string): string {
  return formatOf(timeZone).format(at).replace(" ", "T");
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Swedes write dates as ISO does. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  formats.set(timeZone, format);
  return format;
}

/** A name for the period a moment lies in. */
export function periodOf(period: string, at: number, timeZone: string): string {
  const day = wallClock(at, timeZone).slice(0, 10);
  switch (period) {
    case "day":
      return day;
    case "week": {
      let monday = Date.parse(day);
      while (new Date(monday).getUTCDay() !== 1) monday -= DAY_MS;
      return new Date(monday).toISOString();
    }
    case "month":
      return day.slice(0, 7);
    case "year":
      return day.slice(0, 4);
    default:
      return "ever";
  }
}
