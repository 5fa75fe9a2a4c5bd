import { isId } from "../primitives/id.ts";
import type { Counters, KeptCounters } from "./counter.ts";
import type { PublishedPlan } from "./plans-in-force.ts";
import { rememberTiers } from "./tier.ts";

type CountedKind = keyof KeptCounters;
type Counted = ReadonlyMap<string, bigint>;

/** What is kept of a counter, and what the history says it must be. */
export type CounterDifference = { key: string; kept: bigint; counted: bigint };

/**
 * Counters that are not what the history counts. Kinds that no plan or promotion asks for any more are not kept up to
 * date, and begin again with what the books say when one does.
 */
export function counterDifferences(stored: Counted, again: Counted, kept: KeptCounters): CounterDifference[] {
  const isKept = (key: string): boolean => kept[key.split(":")[0] as CountedKind] ?? true;
  return [...stored].flatMap(([key, value]) => {
    const counted = again.get(key) ?? 0n;
    return isKept(key) && counted !== value ? [{ key, kept: value, counted }] : [];
  });
}

export type TierDifference = { participantId: string; kept: string | null; counted: string | null };

/** Who stands in another tier of the plan by the counters that are kept than by the history. */
export function tierDifferences(
  { plan }: PublishedPlan,
  differences: readonly CounterDifference[],
  stored: Counted,
  again: Counted,
): TierDifference[] {
  const { tiers } = plan;
  const [byStored, byAgain] = [stored, again].map((all) => rememberTiers(tiers, countersOf(all)));
  const people = new Set(
    differences.flatMap(({ key }) => key.split(":").filter((part) => isId("par", part))),
  );
  return [...people].flatMap((participantId) => {
    const kept = byStored?.(participantId)?.id ?? null;
    const counted = byAgain?.(participantId)?.id ?? null;
    return kept === counted ? [] : [{ participantId, kept, counted }];
  });
}

const countersOf = (all: Counted): Counters => ({ get: (key) => all.get(key) ?? 0n });
