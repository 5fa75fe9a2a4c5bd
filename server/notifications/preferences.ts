import type { Pace, Topic, TopicName } from "../messages/topic.ts";
import { type DigestPace, nextDigest } from "./digest.ts";
import { afterQuietHours, type QuietHours } from "./quiet-hours.ts";

/** How somebody wants to hear of one topic. */
export type Choice = { isInApp: boolean; pace: Pace };

/** What somebody has chosen; what they have not said is as the topic has it. */
export type Preferences = {
  /** Null: the program's. */
  timeZone: string | null;
  quietHours: QuietHours | null;
  choices: Readonly<Partial<Record<TopicName, Choice>>>;
};

export const NOTHING_CHOSEN: Preferences = { timeZone: null, quietHours: null, choices: {} };

/** Everything in the app; by mail at once what is important, the rest with the week's. */
export function choiceOf({ choices }: Pick<Preferences, "choices">, { name, pace }: Topic): Choice {
  return choices[name] ?? { isInApp: true, pace };
}

/** What happened so long ago is not mailed any more: after an outage or a restore the mailbox stays calm. */
const MAIL_AGE_MS_MAX = 24 * 3_600_000;

export function isTooOldToMail(happenedAt: Date, now: Date): boolean {
  return now.getTime() - happenedAt.getTime() > MAIL_AGE_MS_MAX;
}

/** What happened longer ago than this is history when it is told: it waits for nobody to read it. */
const NEWS_MS_MAX = 7 * 24 * 3_600_000;

export function isHistory(happenedAt: Date, now: Date): boolean {
  return now.getTime() - happenedAt.getTime() > NEWS_MS_MAX;
}

/** When what is complete at a moment is due to be mailed. */
export function mailTime(
  completeAt: Date,
  pace: DigestPace | "immediate",
  quietHours: QuietHours | null,
  timeZone: string,
): Date {
  const due = pace === "immediate" ? completeAt : nextDigest(completeAt, pace, timeZone);
  return afterQuietHours(due, quietHours, timeZone);
}
