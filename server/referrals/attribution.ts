import type { ParticipantId, ParticipantStatus } from "../participants/participant.ts";

/** Why a sign-up has no advocate, or one who does not earn on it. */
const ATTRIBUTION_REASONS = [
  "unknown_code",
  "unknown_click",
  "outside_window",
  "expired_link",
  "link_used_up",
  "own_link",
  "already_referred",
  "advocate_not_active",
  "direct_limit_reached",
] as const;
export type AttributionReason = (typeof ATTRIBUTION_REASONS)[number];

/** A click or a typed code, seen as evidence. */
export type Touch =
  | { kind: "code"; code: string; target: TouchTarget | null }
  | { kind: "click"; clickId: string; at: Date | null; target: TouchTarget | null };

export type TouchTarget = {
  linkId: string;
  participantId: ParticipantId;
  isLinkActive: boolean;
  /** Where the link is shared, in its owner's words. */
  channel: string | null;
};

export type AttributionFacts = {
  touches: readonly Touch[];
  advocate: {
    id: ParticipantId;
    status: ParticipantStatus;
    emailHash: string | null;
    seatsLeft: number | null;
  } | null;
  /** How many more may join through each link that has a limit. */
  usesLeft: ReadonlyMap<string, number>;
  emailHash: string;
  isKnownPerson: boolean;
  windowDays: number;
  now: Date;
};

export type Attribution =
  | { kind: "referred"; advocateId: ParticipantId; touch: Touch }
  | { kind: "refused"; advocateId: ParticipantId | null; reason: AttributionReason; touch: Touch };

const DAY_MS = 86_400_000;

/** The touch that counts: a code somebody typed or carried in the form wins over a click. */
function winningTouch(touches: readonly Touch[]): Touch | null {
  return touches.find((touch) => touch.kind === "code") ?? touches[0] ?? null;
}

/** Who brought this person, or why nobody did; null when no touch was given. */
export function decideAttribution(facts: AttributionFacts): Attribution | null {
  const touch = winningTouch(facts.touches);
  if (!touch) return null;
  const { advocate } = facts;
  const refused = (reason: AttributionReason): Attribution => ({
    kind: "refused",
    advocateId: advocate?.id ?? null,
    reason,
    touch,
  });
  if (!touch.target || !advocate) return refused(touch.kind === "code" ? "unknown_code" : "unknown_click");
  if (touch.kind === "click" && isOutside(touch.at, facts)) return refused("outside_window");
  if (!touch.target.isLinkActive) return refused("expired_link");
  if (facts.usesLeft.get(touch.target.linkId) === 0) return refused("link_used_up");
  if (advocate.emailHash === facts.emailHash) return refused("own_link");
  if (facts.isKnownPerson) return refused("already_referred");
  if (advocate.status !== "active") return refused("advocate_not_active");
  if (advocate.seatsLeft !== null && advocate.seatsLeft <= 0) return refused("direct_limit_reached");
  return { kind: "referred", advocateId: advocate.id, touch };
}

function isOutside(at: Date | null, facts: AttributionFacts): boolean {
  return at === null || facts.now.getTime() - at.getTime() > facts.windowDays * DAY_MS;
}
