import { type Html, html } from "../primitives/html.ts";
import { type Invitation, whoOf } from "./invitation.ts";
import { notice } from "./page.ts";

/** Why the page came back instead of going on. */
export type Comeback = "known_email" | "foreign_form" | "own_link" | "member";

/** What is wrong with the invitation, and what still works. */
export function invitationNotice(invitation: Invitation): Html | null {
  switch (invitation.kind) {
    case "open":
    case "none":
    // Said beside the field.
    case "unknown_code":
      return null;
    case "waitlist":
      return notice(
        "info",
        `All of ${whoOf(invitation.advocate).object}’s places are taken`,
        `Join now and the next free one is yours${beforeYou(invitation.waiting)}. Until then you can buy and share your own link as everybody does.`,
      );
    case "expired_link":
      return notice(
        "warn",
        LINK_TITLES[invitation.state],
        "You can still join; nobody is credited for it. Or enter the code of another link.",
      );
    case "advocate_not_active":
      return notice(
        "warn",
        "This invitation does not count at the moment",
        "You can still join; nobody is credited for it. Or enter the code of somebody else.",
      );
    case "direct_limit_reached":
      return notice(
        "warn",
        `${whoOf(invitation.advocate).subject} has no free place`,
        `${placesTaken(invitation.limit)} You can still join, without an advocate, or with the code of somebody else.`,
      );
  }
}

function beforeYou(waiting: number): string {
  if (waiting === 0) return "";
  return waiting === 1 ? " after one person who waits already" : ` after ${waiting} people who wait already`;
}

function placesTaken(limit: number): string {
  if (limit === 0) return "";
  return limit === 1 ? "The one place is taken." : `All ${limit} places are taken.`;
}

export function comebackNotice({
  comeback,
  program,
}: {
  comeback: Comeback | null;
  program: string;
}): Html | null {
  switch (comeback) {
    case null:
      return null;
    case "known_email":
      return notice(
        "info",
        "Somebody with this e-mail has joined already",
        html`If that is you, <a href="/app/sign-in">sign in</a>: your link and your earnings are there. If not, use another address.`,
      );
    case "foreign_form":
      return notice(
        "warn",
        "This form came from another page",
        "Nothing was stored. Check what it says and send it again from here.",
      );
    case "own_link":
      return notice(
        "info",
        "This is your own link",
        html`It shows what your friends see; you cannot join through it yourself. <a href="/app/home">Back to your page</a>`,
      );
    case "member":
      return notice(
        "info",
        `You have joined ${program} already`,
        html`Nothing is left to do here. <a href="/app/home">Open your page</a>`,
      );
  }
}

const LINK_TITLES = {
  expired: "This link has expired",
  paused: "This link is paused",
  used_up: "This link has brought as many people as it may",
  disabled: "This link is switched off",
} as const;
