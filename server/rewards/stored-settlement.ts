import type { ParticipantId } from "../participants/participant.ts";
import type { Rate } from "../primitives/rate.ts";
import { type CounterUse, KEEPS_NOTHING, type KeptCounters } from "./counter.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import type { Promotion, PromotionId } from "./promotion.ts";
import type { Settlement, SettlementFacts } from "./settlement.ts";
import { type ConversionFacts, UNCOUNTED, UNPLACED } from "./settlement-facts.ts";
import { namesToStore, type StoredNames, storedKey, storedName } from "./stored-names.ts";
import { countersOf } from "./tally.ts";
import type { UplineMember } from "./upline.ts";
import type { Pass } from "./verdict.ts";

type Place = Pick<ConversionFacts, "country" | "channel" | "product" | "segment">;

/**
 * What is kept beside a settled conversion, so that its settlement can be explained for ever. What a simple plan does
 * not ask for is left out; so it is in what was kept before there was such a thing.
 */
export type StoredSettlement = {
  margin: string;
  referral: SettlementFacts["referral"];
  upline: [participantId: ParticipantId, status: UplineMember["status"]][];
  /** Participants here, in keys and in uses are written short (`stored-names.ts`). */
  passes: [ruleId: string, level: number, participant: string | null, reason: Pass["reason"]][];
  profit: number;
  profit_source: "given" | "default_margin";
  referred_at?: string;
  is_qualified?: true;
  place?: Place;
  promotions?: PromotionId[];
  /** Where anything is counted: by whose days, what, and how far it was before. */
  counted?: { time_zone: string; kept: KeptCounters; readings: [key: string, value: string][] };
  /** This conversion made the referral qualified. */
  qualifies?: true;
  /** When, where it had been recorded before: what was settled between has counted first. */
  settled_at?: string;
  /** Settled again for another upline: the how-manieth settlement it is, by which decision, and who kept what they had. */
  again?: { number: number; reassignment: string; kept: string[] };
  /** What each reward used of caps and of budgets: of which reading, by its place, or of which key. */
  uses?: [ruleId: string, level: number, participant: string, counter: number | string, amount: string][];
};

export function storedSettlement(facts: SettlementFacts, settlement: Settlement): StoredSettlement {
  const { referredAt, isQualified, promotions, kept, timeZone } = facts;
  const { country, channel, product, segment } = facts.conversion;
  const isPlaced = country !== null || channel !== null || product !== null || segment !== null;
  const isCounted = settlement.readings.length > 0 || kept.qualified;
  const names = namesToStore(facts.conversion.participantId, facts.upline);
  const readings = settlement.readings.map(([key, value]): [string, string] => [
    names.shortKey(key),
    value.toString(),
  ]);
  const uses = usesOf(settlement, names);
  return {
    margin: facts.defaultMargin.toString(),
    referral: facts.referral,
    upline: facts.upline.map((member) => [member.participantId, member.status]),
    passes: settlement.passes.map((pass) => [
      pass.ruleId,
      pass.level,
      pass.participantId && names.short(pass.participantId),
      pass.reason,
    ]),
    profit: Number(settlement.profit.minor),
    profit_source: settlement.profitSource,
    ...(referredAt === null ? {} : { referred_at: referredAt.toISOString() }),
    ...(isQualified && kept.qualified ? { is_qualified: true } : {}),
    ...(isPlaced ? { place: { country, channel, product, segment } } : {}),
    ...(promotions.length === 0 ? {} : { promotions: promotions.map(({ id }) => id) }),
    ...(isCounted ? { counted: { time_zone: timeZone, kept, readings } } : {}),
    ...(settlement.qualifies ? { qualifies: true } : {}),
    ...(uses.length === 0 ? {} : { uses }),
  };
}

function usesOf({ grants, readings }: Settlement, names: StoredNames): NonNullable<StoredSettlement["uses"]> {
  const uses: NonNullable<StoredSettlement["uses"]> = [];
  if (grants.every((grant) => grant.uses.length === 0)) return uses;
  const places = new Map(readings.map(([key], place) => [key, place]));
  for (const grant of grants)
    for (const { key, amount } of grant.uses)
      uses.push([
        grant.ruleId,
        grant.level,
        names.short(grant.to),
        places.get(key) ?? names.shortKey(key),
        amount.toString(),
      ]);
  return uses;
}

/** The same facts again, from what was kept; settling them gives the same verdicts. */
export function storedFacts(
  conversion: Omit<ConversionFacts, keyof Place>,
  stored: StoredSettlement,
  published: PublishedPlan,
  launched: readonly Promotion[],
): SettlementFacts {
  const { counted, promotions = [] } = stored;
  return {
    ...UNCOUNTED,
    plan: published.plan,
    planVersion: published.version,
    conversion: { ...UNPLACED, ...stored.place, ...conversion },
    defaultMargin: BigInt(stored.margin) as Rate,
    referral: stored.referral,
    referredAt: stored.referred_at === undefined ? null : new Date(stored.referred_at),
    isQualified: stored.is_qualified === true,
    upline: stored.upline.map(([participantId, status], index) => ({
      participantId,
      level: index + 1,
      legParticipantId:
        index === 0 ? conversion.participantId : (stored.upline[index - 1]?.[0] as ParticipantId),
      status,
    })),
    promotions: launched.filter(({ id }) => promotions.includes(id)),
    timeZone: counted?.time_zone ?? "UTC",
    counters: countersOf(
      (counted?.readings ?? []).map(([key, value]): [string, bigint] => [
        storedKey(key, conversion.participantId, stored.upline),
        BigInt(value),
      ]),
    ),
    kept: counted?.kept ?? KEEPS_NOTHING,
  };
}

/** The passes as settlement gave them. */
export function storedPasses({ passes, upline }: StoredSettlement, buyerId: ParticipantId): Pass[] {
  return passes.map(([ruleId, level, participant, reason]) => ({
    kind: "pass",
    ruleId,
    level,
    participantId: participant === null ? null : (storedName(participant, buyerId, upline) as ParticipantId),
    reason,
  }));
}

/** What one reward of the conversion used of caps and of budgets. */
export function storedUses(
  { uses = [], counted, upline }: StoredSettlement,
  reward: { rule: string; level: number; participantId: ParticipantId; refereeId: ParticipantId },
): CounterUse[] {
  const buyerId = reward.refereeId;
  return uses.flatMap(([ruleId, level, participant, counter, amount]) => {
    const isOfReward = ruleId === reward.rule && level === reward.level;
    if (!isOfReward || storedName(participant, buyerId, upline) !== reward.participantId) return [];
    const key = typeof counter === "string" ? counter : counted?.readings[counter]?.[0];
    if (key === undefined) throw new Error(`What rule "${ruleId}" used was not read.`);
    return [{ key: storedKey(key, buyerId, upline), amount: BigInt(amount) }];
  });
}
