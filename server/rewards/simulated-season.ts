/** How the weight of a year lies on its days: what "busier" means to a simulated network. */

const DAY_MS = 86_400_000;
const DAYS_PER_MONTH = 365.25 / 12;
/** From Sunday on. */
const WEEKDAYS = [1.15, 0.9, 0.88, 0.92, 0.98, 1.12, 1.25];
/** From January on: a quiet new year, a busy autumn. */
const MONTHS = [0.82, 0.84, 0.92, 0.95, 0.98, 0.96, 0.94, 0.97, 1.0, 1.12, 1.38, 1.3];
/** How busy the hours of a day are, from midnight on. */
const HOURS = [2, 1, 1, 0, 0, 1, 3, 6, 8, 9, 10, 11, 11, 10, 8, 8, 9, 11, 13, 16, 18, 16, 10, 5];

export type SimulatedDay = { startsAt: number; weight: number };

/** The days of so many calendar months from a moment on, each growing on the one before. */
export function simulatedDays(startsAt: Date, months: number, monthlyGrowth: number): SimulatedDay[] {
  const end = Date.UTC(startsAt.getUTCFullYear(), startsAt.getUTCMonth() + months, startsAt.getUTCDate());
  const first = Math.floor(startsAt.getTime() / DAY_MS) * DAY_MS;
  return Array.from({ length: Math.round((end - first) / DAY_MS) }, (_, index) => {
    const day = new Date(first + index * DAY_MS);
    const season = (WEEKDAYS[day.getUTCDay()] ?? 1) * (MONTHS[day.getUTCMonth()] ?? 1);
    return { startsAt: day.getTime(), weight: season * (1 + monthlyGrowth) ** (index / DAYS_PER_MONTH) };
  });
}

/** Whole numbers that add up to exactly the total, each as near to its weight as it can be. */
export function spread(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let weighed = 0;
  let given = 0;
  return weights.map((weight, index) => {
    weighed += weight;
    const due = index === weights.length - 1 ? total : Math.floor((total * weighed) / whole);
    const now = due - given;
    given = due;
    return now;
  });
}

/** A moment of a day when people are awake. */
export function simulatedMoment(
  { startsAt }: SimulatedDay,
  random: { weighted(weights: readonly number[]): number; unit(): number },
): number {
  return startsAt + Math.floor((random.weighted(HOURS) + random.unit()) * (DAY_MS / 24));
}
