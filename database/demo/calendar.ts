/** The shop's days begin and end in India. */
const ZONE_MS = 5.5 * 3_600_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Festivals before which people buy presents: Diwali, Holi, Raksha Bandhan. */
const FESTIVALS: readonly [peak: number, ...days: string[]][] = [
  [2.4, "2025-10-20", "2026-11-08", "2027-10-29", "2028-10-17", "2029-11-05", "2030-10-26"],
  [0.7, "2026-03-04", "2027-03-22", "2028-03-11", "2029-03-01", "2030-03-20"],
  [0.9, "2025-08-09", "2026-08-28", "2027-08-17", "2028-08-05", "2029-08-24", "2030-08-13"],
];
const BUILD_UP_DAYS = 16;
const WEEKEND = 1.35;
/** How busy the hours of a day are, from midnight on. */
const HOURS = [2, 1, 1, 0, 0, 1, 3, 6, 8, 9, 10, 11, 11, 10, 8, 8, 9, 11, 13, 16, 18, 16, 10, 5];

/** The local midnight at or before a moment. */
export function startOfDay(at: Date): Date {
  return new Date(Math.floor((at.getTime() + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS);
}

/** How much more than usual happens on a day: weekends a little, the days before a festival a lot. */
export function season(day: Date): number {
  const local = new Date(day.getTime() + ZONE_MS);
  const isWeekend = local.getUTCDay() === 0 || local.getUTCDay() === 6;
  const festive = FESTIVALS.flatMap(([peak, ...days]) =>
    days.map((date) => {
      const daysLeft = (Date.parse(date) - local.getTime()) / DAY_MS;
      return daysLeft < -1 || daysLeft > BUILD_UP_DAYS
        ? 0
        : peak * (1 - Math.abs(daysLeft - 3) / BUILD_UP_DAYS);
    }),
  );
  return (isWeekend ? WEEKEND : 1) + Math.max(0, ...festive);
}

/** A moment of the day when people are awake. `chance` answers a place among weights, `part` 0 to 1. */
export function momentOf(
  day: Date,
  random: { weighted(weights: readonly number[]): number; unit(): number },
): Date {
  const hour = random.weighted(HOURS);
  return new Date(day.getTime() + (hour + random.unit()) * HOUR_MS);
}
