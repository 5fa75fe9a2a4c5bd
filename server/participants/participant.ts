import type { Language } from "../messages/language.ts";
import type { Id } from "../primitives/id.ts";

export type ParticipantId = Id<"par">;

const PARTICIPANT_STATUSES = ["active", "suspended", "erased"] as const;
export type ParticipantStatus = (typeof PARTICIPANT_STATUSES)[number];

/** A person enrolled in a program, without what names them. */
export type Participant = {
  id: ParticipantId;
  externalId: string | null;
  status: ParticipantStatus;
  country: string | null;
  /** The operator's own word for a group of people; plans may ask for it. */
  segment: string | null;
  /** What they are written to in. */
  language: Language;
  /** Ancestors, nearest first. */
  upline: ParticipantId[];
  directCount: number;
  directLimit: number | null;
  /** They wait for a place, or stand below somebody who waits: the upline may still grow. */
  isUnplaced: boolean;
  suspendedAt: Date | null;
  /** In the operator's words; the person reads them too. */
  suspensionReason: string | null;
  /** Whether friends may read their first name; nobody agreed for them. */
  isNameShown: boolean;
  /** Since when they want news of the program; null: they do not. */
  marketingConsentedAt: Date | null;
  /** When they proved that the address is theirs. */
  emailVerifiedAt: Date | null;
  createdAt: Date;
};

/** What names a person; kept apart, so that it can be erased while the books stay. */
export type Identity = { name: string; email: string };

export type Person = Participant & Identity;

/** Levels of the network that are kept for a participant; deeper ancestors are not counted. */
export const NETWORK_LEVELS_MAX = 256;

/** The upline of somebody whom `advocate` brings. */
export function uplineUnder(advocate: Pick<Participant, "id" | "upline">): ParticipantId[] {
  return [advocate.id, ...advocate.upline].slice(0, NETWORK_LEVELS_MAX);
}

/** A caller names a participant by our id or, after `ext:`, by their own. */
export function parseParticipantRef(ref: string): { id: string } | { externalId: string } {
  return ref.startsWith("ext:") ? { externalId: ref.slice(4) } : { id: ref };
}
