import type { LinkState } from "../links/link.ts";
import type { Participant } from "../participants/participant.ts";
import type { Overflow } from "../programs/program.ts";

/** What stands behind the code of a link, as a visitor may see it. */
export type Invitation =
  /** No code was given: somebody joins on their own. */
  | { kind: "none" }
  | { kind: "unknown_code"; code: string }
  /** Why is for the words: it has expired, is paused, was used as often as it may be, or was switched off. */
  | { kind: "expired_link"; state: Exclude<LinkState, "active"> }
  | { kind: "advocate_not_active" }
  | { kind: "direct_limit_reached"; advocate: string | null; limit: number }
  /** `below`: the advocate has no room of their own, and the place is found below them. */
  | { kind: "open"; code: string; advocate: string | null; advocateId: string; place: "direct" | "below" }
  /** Joining means waiting for a place, behind as many as wait already. */
  | { kind: "waitlist"; code: string; advocate: string | null; advocateId: string; waiting: number };

type InvitationFacts = {
  code: string;
  linkState: LinkState;
  advocate: Pick<Participant, "id" | "status" | "directCount" | "directLimit" | "isNameShown"> & {
    name: string;
  };
  overflow: Overflow;
  /** How many wait for a place with the advocate. */
  waiting: number;
};

/** Only somebody who can still bring friends and agreed to it is named, and by their first name. */
export function invitationOf(facts: InvitationFacts): Invitation {
  const { code, linkState, advocate, overflow, waiting } = facts;
  if (linkState !== "active") return { kind: "expired_link", state: linkState };
  if (advocate.status !== "active") return { kind: "advocate_not_active" };
  const name = nameShown(advocate);
  const { id: advocateId, directCount, directLimit } = advocate;
  const known = { code, advocate: name, advocateId };
  // What is promised to those who wait is taken.
  if (directLimit === null || directCount + waiting < directLimit)
    return { kind: "open", ...known, place: "direct" };
  switch (overflow) {
    case "spillover":
      return { kind: "open", ...known, place: "below" };
    case "waitlist":
      return { kind: "waitlist", ...known, waiting };
    case "reject":
    case "no_reward":
      return { kind: "direct_limit_reached", advocate: name, limit: directLimit };
  }
}

const NAME_CHARS_MAX = 40;

/** The first name, where its owner agreed that friends read it. */
export function nameShown({ name, isNameShown }: { name: string; isNameShown: boolean }): string | null {
  return isNameShown && name.trim() !== "" ? firstName(name) : null;
}

/** How a sentence speaks of the person who invited. */
export function whoOf(advocate: string | null): { subject: string; object: string } {
  return advocate === null
    ? { subject: "Your friend", object: "your friend" }
    : { subject: advocate, object: advocate };
}

export function firstName(name: string): string {
  const first = name.trim().split(/\s+/u)[0] ?? "";
  return first.length > NAME_CHARS_MAX ? `${[...first].slice(0, NAME_CHARS_MAX - 1).join("")}…` : first;
}
