const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** "14:02" today, "3 Nov" this year, "3 Nov 2024" before. */
export function formatWhen(instant: string, now = new Date()): string {
  const at = new Date(instant);
  if (at.toDateString() === now.toDateString()) return clock.format(at);
  return at.getFullYear() === now.getFullYear() ? day.format(at) : dayAndYear.format(at);
}

export function formatDay(instant: string): string {
  return dayAndYear.format(new Date(instant));
}

export function formatClock(instant: string | Date): string {
  return clock.format(new Date(instant));
}

export function formatFull(instant: string): string {
  return full.format(new Date(instant));
}
