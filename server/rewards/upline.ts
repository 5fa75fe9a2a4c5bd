import type { ParticipantId } from "../participants/participant.ts";
import type { RewardKind } from "./reward.ts";
import type { Answer, Pass, PassReason } from "./verdict.ts";

/**
 * One ancestor of the buyer as of attribution. `inactive`: by the plan's rule of activity. `over_limit`: reached
 * only through a referral beyond the direct limit.
 */
export type UplineMember = {
  participantId: ParticipantId;
  level: number;
  legParticipantId: ParticipantId;
  status: "active" | "suspended" | "inactive" | "erased" | "over_limit";
};

export type InactiveUpline = "lapse" | "hold" | "compress";

/** No rule pays deeper than this, and `compress` looks no further up. */
export const LEVELS_MAX = 16;

/** Who holds which level of the plan (index = level; 0 is the buyer), and who was passed over on the way up. */
export type Places = {
  buyerId: ParticipantId;
  holders: readonly (UplineMember | undefined)[];
  passedOver: readonly UplineMember[];
  inactiveUpline: InactiveUpline;
};

/** Everyone holds the level they stand at; only under `compress` each one who is not active is stepped over. */
export function placeUpline(
  buyerId: ParticipantId,
  upline: readonly UplineMember[],
  inactiveUpline: InactiveUpline,
  depth: number,
): Places {
  const holders: (UplineMember | undefined)[] = new Array(depth + 1).fill(undefined);
  holders[0] = { participantId: buyerId, level: 0, legParticipantId: buyerId, status: "active" };
  const passedOver: UplineMember[] = [];
  for (const member of nearestFirst(upline)) {
    const level = member.level - passedOver.length;
    if (level > depth) break;
    if (inactiveUpline === "compress" && isInactive(member)) passedOver.push(member);
    else holders[level] = member;
  }
  return { buyerId, holders, passedOver, inactiveUpline };
}

export function isInactive({ status }: Pick<UplineMember, "status">): boolean {
  return status === "suspended" || status === "inactive" || status === "erased";
}

function nearestFirst(upline: readonly UplineMember[]): readonly UplineMember[] {
  for (let i = 1; i < upline.length; i++) {
    if ((upline[i - 1]?.level ?? 0) > (upline[i]?.level ?? 0))
      return upline.toSorted((a, b) => a.level - b.level);
  }
  return upline;
}

/** Which rule speaks, and in what it pays. */
export type Speaker = { id: string; rewardKind: RewardKind };

/** What a rule pays at each level; index = level, a hole where the rule has no rate. */
export type LevelTerms<Term> = readonly (Term | undefined)[];

export function levelTerms<Entry extends { level: number }, Term>(
  levels: readonly Entry[],
  termOf: (entry: Entry) => Term,
): LevelTerms<Term> {
  const depth = Math.max(0, ...levels.map((entry) => entry.level));
  const terms: (Term | undefined)[] = new Array(depth + 1).fill(undefined);
  for (const entry of levels) terms[entry.level] = termOf(entry);
  return terms;
}

/** One answer for each level of the rule, and one for each participant at a level it leaves out. */
export function payLevels<Term>(
  speaker: Speaker,
  terms: LevelTerms<Term>,
  places: Places,
  currency: string,
  /** In millionths of a minor unit, or why there is nothing. */
  exactOf: (term: Term, level: number) => bigint | PassReason,
): Answer[] {
  const answers: Answer[] = [];
  const end = Math.max(terms.length, places.holders.length);
  for (let level = 0; level < end; level++) {
    const term = terms[level];
    const holder = places.holders[level];
    if (term !== undefined)
      answers.push(payHolder(speaker, level, holder, places, currency, exactOf(term, level)));
    else if (holder !== undefined && level > 0)
      answers.push(passAt(speaker, level, holder, "no_rate_for_level"));
  }
  return answers;
}

/** The same "no" at every level of a rule. */
export function passLevels(
  speaker: Speaker,
  levels: readonly number[],
  places: Places,
  reason: PassReason,
): Pass[] {
  return levels.map((level) => passAt(speaker, level, places.holders[level], reason));
}

export function passAt(
  speaker: Speaker,
  level: number,
  holder: UplineMember | undefined,
  reason: PassReason,
): Pass {
  return { kind: "pass", ruleId: speaker.id, level, participantId: holder?.participantId ?? null, reason };
}

function payHolder(
  speaker: Speaker,
  level: number,
  holder: UplineMember | undefined,
  { buyerId, inactiveUpline }: Places,
  currency: string,
  exact: bigint | PassReason,
): Answer {
  if (holder === undefined) return passAt(speaker, level, holder, "no_upline_at_level");
  const isUpline = level > 0;
  if (isUpline && holder.participantId === buyerId) return passAt(speaker, level, holder, "own_conversion");
  const isHeld = isInactive(holder);
  if (isHeld && (inactiveUpline !== "hold" || holder.status === "erased"))
    return passAt(speaker, level, holder, "upline_inactive");
  if (holder.status === "over_limit") return passAt(speaker, level, holder, "over_direct_limit");
  if (typeof exact === "string") return passAt(speaker, level, holder, exact);
  if (exact <= 0n) return passAt(speaker, level, holder, "rounds_to_zero");
  return {
    kind: "portion",
    ruleId: speaker.id,
    to: holder.participantId,
    level,
    legParticipantId: holder.legParticipantId,
    rewardKind: speaker.rewardKind,
    currency,
    exact,
    isHeld,
  };
}
