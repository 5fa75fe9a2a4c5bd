import type { FriendProgress } from "./friend-progress.ts";

/** A friend is reminded once in this time, whoever asks. */
export const NUDGE_REST_MS = 86_400_000;

export type NudgeAnswer = { is_possible: boolean; next_at: string | null };

/** Only a friend whose turn it is can be reminded; after a reminder there is a day of rest. */
export function nextNudge(
  { missing }: Pick<FriendProgress, "missing">,
  nudgedAt: Date | null,
  now: Date,
): NudgeAnswer {
  if (missing?.actor !== "friend") return { is_possible: false, next_at: null };
  const next = nudgedAt === null ? null : new Date(nudgedAt.getTime() + NUDGE_REST_MS);
  if (next === null || next <= now) return { is_possible: true, next_at: null };
  return { is_possible: false, next_at: next.toISOString() };
}
