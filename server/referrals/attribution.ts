import type { ParticipantId, ParticipantStatus } from "../participants/participant.ts";
import { type AttributionModel, type Loss, winnerOf } from "./models/attribution-model.ts";
import { type Obstacle, type Touch, touchKey } from "./touch.ts";

/** Why a sign-up has no advocate, or one who does not earn on it. */
export type AttributionReason = Obstacle | "already_referred" | "direct_limit_reached";

/** What became of one touch, and why. */
export type JudgedTouch = { touch: Touch; outcome: "won" | "lost"; reason: Obstacle | Loss | null };

export type AttributionFacts = {
  touches: readonly Touch[];
  /** Those whom the touches lead to. */
  advocates: ReadonlyMap<string, AdvocateFacts>;
  /** How many more may join through each link that has a limit. */
  usesLeft: ReadonlyMap<string, number>;
  emailHash: string;
  isKnownPerson: boolean;
  model: AttributionModel;
  windowDays: number;
  now: Date;
};

export type AdvocateFacts = { status: ParticipantStatus; emailHash: string | null; seatsLeft: number | null };

export type Attribution = { judged: JudgedTouch[] } & (
  | { kind: "referred"; advocateId: ParticipantId; touch: Touch }
  | { kind: "refused"; advocateId: ParticipantId | null; reason: AttributionReason; touch: Touch }
);

const DAY_MS = 86_400_000;

/** Who brought this person, or why nobody did; null when no touch was given. */
export function decideAttribution(facts: AttributionFacts): Attribution | null {
  const { touches, model, now } = facts;
  const obstacles = new Map(touches.map((touch) => [touch, obstacleTo(touch, facts)]));
  const foremost = (some: readonly Touch[]): Touch | null => {
    const candidates = some.map((touch) => ({
      ...{ kind: touch.kind, at: touch.at ?? now },
      ...{ key: touchKey(touch), touch },
    }));
    return winnerOf(model, candidates)?.touch ?? null;
  };
  const winner = foremost(touches.filter((touch) => obstacles.get(touch) === null));
  const touch = winner ?? foremost(touches);
  if (!touch) return null;
  const advocateId = advocateOf(touch, facts);
  const judged = touches.map((one) => judge(one, obstacles.get(one) ?? null, winner, model));
  const refused = (reason: AttributionReason): Attribution => ({
    ...{ kind: "refused", advocateId, reason, touch, judged },
  });
  const obstacle = obstacles.get(touch) ?? null;
  if (obstacle !== null) return refused(obstacle);
  if (facts.isKnownPerson) return refused("already_referred");
  if (advocateId === null) throw new Error("A touch won that leads to nobody.");
  const seatsLeft = facts.advocates.get(advocateId)?.seatsLeft ?? null;
  if (seatsLeft !== null && seatsLeft <= 0) return refused("direct_limit_reached");
  return { kind: "referred", advocateId, touch, judged };
}

function advocateOf({ target }: Touch, { advocates }: AttributionFacts): ParticipantId | null {
  return target && advocates.has(target.participantId) ? target.participantId : null;
}

/** Why a touch cannot win, whatever the others are; null where it may. */
function obstacleTo(touch: Touch, facts: AttributionFacts): Obstacle | null {
  const { target, at, kind } = touch;
  const advocate = target && facts.advocates.get(target.participantId);
  if (!target || !advocate) return `unknown_${kind}`;
  if (target.isInvitationOpen === false) return "expired_invitation";
  if (at === null || facts.now.getTime() - at.getTime() > facts.windowDays * DAY_MS) return "outside_window";
  if (!target.isLinkActive) return "expired_link";
  if (facts.usesLeft.get(target.linkId) === 0) return "link_used_up";
  if (advocate.emailHash === facts.emailHash) return "own_link";
  return advocate.status === "active" ? null : "advocate_not_active";
}

function judge(
  touch: Touch,
  obstacle: Obstacle | null,
  winner: Touch | null,
  { lossOf }: AttributionModel,
): JudgedTouch {
  if (touch === winner) return { touch, outcome: "won", reason: null };
  if (obstacle !== null || winner === null) return { touch, outcome: "lost", reason: obstacle };
  const reason = lossOf(candidateOf(touch), candidateOf(winner));
  return { touch, outcome: "lost", reason };
}

const NEVER = new Date(0);

function candidateOf(touch: Touch) {
  return { kind: touch.kind, at: touch.at ?? NEVER, key: touchKey(touch) };
}
