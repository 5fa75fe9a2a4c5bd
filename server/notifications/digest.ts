import type { Pace } from "../messages/topic.ts";
import { wallInstant, wallTime } from "../primitives/period.ts";

export type DigestPace = Extract<Pace, "daily" | "weekly">;

/** When people read their morning's mail. */
const DIGEST_CLOCK = "08:00";
const MONDAY = 1;
const DAY_MS = 86_400_000;

/** The next morning, or Monday morning, after a moment, where somebody lives. */
export function nextDigest(after: Date, pace: DigestPace, timeZone: string): Date {
  const today = Date.parse(`${wallTime(after, timeZone).slice(0, 10)}T00:00:00Z`);
  for (let day = 0; ; day++) {
    const date = new Date(today + day * DAY_MS);
    if (pace === "weekly" && date.getUTCDay() !== MONDAY) continue;
    const morning = wallInstant(`${date.toISOString().slice(0, 10)}T${DIGEST_CLOCK}:00`, timeZone);
    if (morning !== null && morning > after) return morning;
  }
}
