import type { Gift } from "./offer.ts";

/** What somebody got for coming, as they read it. */
export type FriendReward = {
  amount: string;
  state: "on_its_way" | "on_hold" | "available" | "used" | "revoked" | "expired";
  /** From when it can be used, where that is still to come. */
  availableAt: Date | null;
};

/** How far somebody has come who was invited. */
export type Progress = {
  rewards: FriendReward[];
  /** Why their last order brought them nothing, in a sentence; null where there is nothing to say. */
  missed: string | null;
};

export type Step = { title: string; text: string; state: "done" | "now" | "later" };

export type StepFacts = {
  isVerified: boolean;
  /** Whether addresses are proven at all here. */
  asksVerification: boolean;
  gifts: readonly Gift[];
  progress: Progress;
  joinedAt: Date;
  day(at: Date): string;
};

const DAY_MS = 86_400_000;

/** The way from joining to what was promised; the first that is not done is the one to do now. */
export function stepsOf(facts: StepFacts): Step[] {
  const { isVerified, asksVerification, gifts, progress, joinedAt, day } = facts;
  const isRewarded = progress.rewards.some(({ state }) => state !== "revoked" && state !== "expired");
  const open: Omit<Step, "state">[] = [];
  const done: Step[] = [{ title: "You joined", text: day(joinedAt), state: "done" }];
  const email = { title: "Your e-mail is confirmed", text: "It is yours." };
  if (asksVerification && isVerified) done.push({ ...email, state: "done" });
  if (asksVerification && !isVerified)
    open.push({ title: "Confirm your e-mail", text: "With the code or the link we sent you." });
  for (const { act, amount, trigger, withinDays } of gifts) {
    if (trigger === "signup" || trigger === "verified") continue;
    const until =
      withinDays === null ? "" : ` until ${day(new Date(joinedAt.getTime() + withinDays * DAY_MS))}`;
    if (isRewarded) done.push({ title: capitalised(act), text: "Done.", state: "done" });
    else
      open.push({
        title: capitalised(act),
        text: `Then you get ${amount}${until === "" ? "." : `,${until}.`}`,
      });
  }
  return [...done, ...open.map((step, index): Step => ({ ...step, state: index === 0 ? "now" : "later" }))];
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What a reward says of itself. */
export function rewardSentence({ state, availableAt }: FriendReward, day: (at: Date) => string): string {
  switch (state) {
    case "on_its_way":
      return availableAt === null ? "On its way." : `On its way: yours from ${day(availableAt)}.`;
    case "on_hold":
      return "We are checking it. Nothing for you to do.";
    case "available":
      return "It is yours.";
    case "used":
      return "You have used it.";
    case "revoked":
      return "It was taken back, because the order it was for was refunded. Your next one may count.";
    case "expired":
      return "It was not used in time.";
  }
}
