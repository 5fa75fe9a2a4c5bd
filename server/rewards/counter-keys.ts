import type { ParticipantId } from "../participants/participant.ts";
import { type Cap, periodName } from "./cap.ts";
import { advocateKey, advocatesKey, capKey, nthKey, pointsKey, qualifiedKey, spentKey } from "./counter.ts";
import type { Promotion } from "./promotion.ts";
import type { SettlementFacts } from "./settlement-facts.ts";

/** Every counter that settling these facts may look at or add to; none where nothing is counted. */
export function counterKeys(facts: Omit<SettlementFacts, "counters">): string[] {
  const { plan, kept, conversion, upline, promotions } = facts;
  if (!(kept.nth || kept.qualified || kept.points) && plan.caps.length === 0 && promotions.length === 0)
    return [];
  const above = upline.map(({ participantId }) => participantId);
  const people = [conversion.participantId, ...above];
  const keys: string[] = [];
  if (kept.nth) keys.push(nthKey(conversion.participantId, conversion.kind));
  if (kept.qualified) {
    const isByTier = plan.tiers.some(({ qualifiedMin }) => qualifiedMin !== null);
    keys.push(...(isByTier ? people : above.slice(0, 1)).map(qualifiedKey));
  }
  if (kept.points) keys.push(...people.map(pointsKey));
  for (const cap of plan.caps) keys.push(...capKeys(cap, people, facts));
  for (const promotion of promotions) keys.push(...promotionKeys(promotion, people));
  return keys;
}

function capKeys(
  { id, scope, period }: Cap,
  people: readonly ParticipantId[],
  { conversion, timeZone }: Pick<SettlementFacts, "conversion" | "timeZone">,
): string[] {
  if (scope === "conversion" || period === "conversion") return [];
  const name = periodName(period, conversion.occurredAt, timeZone);
  return scope === "program" ? [capKey(id, "", name)] : people.map((person) => capKey(id, person, name));
}

function promotionKeys({ id, budget, advocatesMax }: Promotion, people: readonly ParticipantId[]): string[] {
  return [
    ...(budget === null ? [] : [spentKey(id)]),
    ...(advocatesMax === null ? [] : [advocatesKey(id), ...people.map((person) => advocateKey(id, person))]),
  ];
}
