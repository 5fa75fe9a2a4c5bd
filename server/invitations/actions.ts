import type { Invitation } from "./invitation.ts";
import { hoursAfter, RESEND_HOURS } from "./limits.ts";

export const ACTIONS = ["send", "resend", "remind", "edit", "cancel"] as const;
export type Action = (typeof ACTIONS)[number];

/** Why something cannot be done, and until when. */
export type Hindrance = { code: string; message: string; until: Date | null };

export type Verdict = { kind: "may" } | { kind: "may_not"; because: Hindrance };

const MAY: Verdict = { kind: "may" };
const mayNot = (code: string, message: string, until: Date | null = null): Verdict => ({
  kind: "may_not",
  because: { code, message, until },
});

export type Situation = { now: Date; mayRemind: boolean };

/** What can be done with an invitation now, and for the rest why not. */
export function verdictOf(action: Action, invitation: Invitation, situation: Situation): Verdict {
  switch (action) {
    case "send":
      return sendVerdict(invitation);
    case "resend":
      return resendVerdict(invitation, situation);
    case "remind":
      return remindVerdict(invitation, situation);
    case "edit":
      return editVerdict(invitation);
    case "cancel":
      return cancelVerdict(invitation);
  }
}

function sendVerdict({ state }: Invitation): Verdict {
  if (state === "draft" || state === "scheduled") return MAY;
  return mayNot("already_sent", "It has gone out already.");
}

function resendVerdict(invitation: Invitation, { now }: Situation): Verdict {
  const { state, channel, mailedAt } = invitation;
  if (channel === "link") return mayNot("shared_by_hand", "You pass this link on yourself.");
  switch (state) {
    case "draft":
    case "scheduled":
      return mayNot("not_sent", "It has not gone out yet.");
    case "queued":
      return mayNot("on_its_way", "It is about to go out.");
    case "joined":
    case "cancelled":
      return ended(state);
    case "suppressed":
      return mayNot("cannot_be_invited", "This person can't be invited.");
    case "bounced":
      return mayNot("address_bounced", "The address does not work. Correct it first.");
    case "sent":
    case "delivered":
    case "clicked":
    case "expired":
      return waitVerdict(mailedAt, now);
  }
}

function remindVerdict(invitation: Invitation, { now, mayRemind }: Situation): Verdict {
  const { state, channel, mailedAt, remindedAt } = invitation;
  if (channel === "link") return mayNot("shared_by_hand", "You pass this link on yourself.");
  switch (state) {
    case "draft":
    case "scheduled":
    case "queued":
      return mayNot("not_sent", "It has not gone out yet.");
    case "joined":
    case "cancelled":
    case "expired":
      return ended(state);
    case "suppressed":
      return mayNot("cannot_be_invited", "This person can't be invited.");
    case "bounced":
      return mayNot("address_bounced", "The address does not work. Correct it first.");
    case "sent":
    case "delivered":
    case "clicked":
      if (remindedAt !== null) return mayNot("reminded_once", "One reminder is enough.");
      if (!mayRemind)
        return mayNot("no_reminders_there", "This program sends no reminders to the European Union.");
      return waitVerdict(mailedAt, now);
  }
}

function editVerdict({ state }: Invitation): Verdict {
  if (state === "draft" || state === "scheduled" || state === "bounced") return MAY;
  return mayNot("already_sent", "It has gone out already.");
}

function cancelVerdict({ state }: Invitation): Verdict {
  switch (state) {
    case "joined":
    case "cancelled":
    case "expired":
      return ended(state);
    case "suppressed":
      return mayNot("cannot_be_invited", "Nothing goes out any more.");
    case "draft":
    case "scheduled":
    case "queued":
    case "sent":
    case "delivered":
    case "clicked":
    case "bounced":
      return MAY;
  }
}

const ENDINGS = {
  joined: "Your friend has joined.",
  cancelled: "It was cancelled.",
  expired: "It has expired. Send it again instead.",
};

function ended(state: keyof typeof ENDINGS): Verdict {
  return mayNot(state, ENDINGS[state]);
}

function waitVerdict(mailedAt: Date | null, now: Date): Verdict {
  if (mailedAt === null) return MAY;
  const until = hoursAfter(mailedAt, RESEND_HOURS);
  if (until.getTime() <= now.getTime()) return MAY;
  return mayNot("too_soon", "A mail went out within the last 24 hours.", until);
}
