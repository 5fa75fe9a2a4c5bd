import type { Participant } from "../participants/participant.ts";

/** What stands behind the code of a link, as a visitor may see it. */
export type Invitation =
  /** No code was given: somebody joins on their own. */
  | { kind: "none" }
  | { kind: "unknown_code"; code: string }
  | { kind: "expired_link" }
  | { kind: "advocate_not_active" }
  | { kind: "direct_limit_reached"; advocate: string; limit: number }
  | { kind: "open"; code: string; advocate: string; advocateId: string };

type InvitationFacts = {
  code: string;
  isLinkActive: boolean;
  advocate: Pick<Participant, "id" | "status" | "directCount" | "directLimit"> & { name: string };
};

/** Only somebody who can still bring friends is named, and by their first name. */
export function invitationOf({ code, isLinkActive, advocate }: InvitationFacts): Invitation {
  if (!isLinkActive) return { kind: "expired_link" };
  if (advocate.status !== "active") return { kind: "advocate_not_active" };
  const name = firstName(advocate.name);
  const { directCount, directLimit } = advocate;
  if (directLimit !== null && directCount >= directLimit)
    return { kind: "direct_limit_reached", advocate: name, limit: directLimit };
  return { kind: "open", code, advocate: name, advocateId: advocate.id };
}

const NAME_CHARS_MAX = 40;

export function firstName(name: string): string {
  const first = name.trim().split(/\s+/u)[0] ?? "";
  if (first === "") return "A friend";
  return first.length > NAME_CHARS_MAX ? `${[...first].slice(0, NAME_CHARS_MAX - 1).join("")}…` : first;
}
