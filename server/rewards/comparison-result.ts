import { toWire } from "../primitives/money.ts";
import { formatMoney } from "../primitives/money-text.ts";
import type { ComparedTally, Pair } from "./compared-tally.ts";
import type { ReplayResult } from "./contract/replays.ts";

const CHANGED_MAX = 20;

type Changed = { participantId: string; currency: string; pair: Pair };

/** What a replay came to, as it is kept and shown. It names nobody: names are added for whoever may see them. */
export function comparisonResult(
  tally: ComparedTally,
  currency: string,
  promotions: ReplayResult["promotions"],
): ReplayResult {
  const people = [...tally.byParticipant].map(([key, pair]): Changed => {
    const [paidIn = "", participantId = ""] = key.split(" ");
    return { participantId, currency: paidIn, pair };
  });
  const revenue = tally.revenue.get(currency) ?? 0n;
  const cost = tally.costs.get(currency) ?? { current: 0n, draft: 0n };
  return {
    conversions: tally.conversions,
    refunds: tally.refunds,
    from: tally.first?.toISOString() ?? null,
    to: tally.last?.toISOString() ?? null,
    revenue: [...tally.revenue].sort(byKey).map(([of, minor]) => toWire({ minor, currency: of })),
    costs: [...tally.costs].sort(byKey).map(([of, pair]) => sides(pair, of)),
    share_of_revenue: { current: percent(cost.current, revenue), draft: percent(cost.draft, revenue) },
    by_level: split(tally.byLevel, (level) => ({ level: Number(level) })).sort(
      (a, b) => a.level - b.level || a.draft.currency.localeCompare(b.draft.currency),
    ),
    by_month: split(tally.byMonth, (month) => ({ month })).sort((a, b) => a.month.localeCompare(b.month)),
    participants: countChanged(people),
    winners: mostChanged(people, 1n),
    losers: mostChanged(people, -1n),
    caps: [...tally.capHits].sort(byKey).map(([key, hits]) => {
      const [side, cap = ""] = key.split(" ");
      return { side: side === "current" ? ("current" as const) : ("draft" as const), cap, hits };
    }),
    promotions,
    examples: [...tally.different, ...tally.same],
    sentence: sentenceOf(cost, currency, people),
  };
}

const byKey = <Value>([a]: [string, Value], [b]: [string, Value]): number => (a < b ? -1 : 1);

function sides({ current, draft }: Pair, currency: string) {
  return { current: toWire({ minor: current, currency }), draft: toWire({ minor: draft, currency }) };
}

function split<Name extends object>(sums: ReadonlyMap<string, Pair>, nameOf: (text: string) => Name) {
  return [...sums].map(([key, pair]) => {
    const [currency = "", name = ""] = key.split(" ");
    return { ...nameOf(name), ...sides(pair, currency) };
  });
}

/** Two decimals, rounded to the nearest; null where nothing was bought. */
function percent(cost: bigint, revenue: bigint): string | null {
  if (revenue <= 0n) return null;
  return (Number((cost * 1_000_000n) / revenue) / 10_000).toFixed(2);
}

function countChanged(people: readonly Changed[]): ReplayResult["participants"] {
  const counts = new Map<string, { more: number; less: number; same: number }>();
  for (const { currency, pair } of people) {
    if (pair.current === 0n && pair.draft === 0n) continue;
    const count = counts.get(currency) ?? { more: 0, less: 0, same: 0 };
    if (pair.draft > pair.current) count.more++;
    else if (pair.draft < pair.current) count.less++;
    else count.same++;
    counts.set(currency, count);
  }
  return [...counts].sort(byKey).map(([currency, count]) => ({ currency, ...count }));
}

/** Those whose amount grows most, or falls most where `sign` is below zero. */
function mostChanged(people: readonly Changed[], sign: bigint): ReplayResult["winners"] {
  const gain = ({ pair }: Changed): bigint => (pair.draft - pair.current) * sign;
  return people
    .filter((one) => gain(one) > 0n)
    .sort((a, b) => (gain(a) === gain(b) ? byText(a, b) : gain(a) > gain(b) ? -1 : 1))
    .slice(0, CHANGED_MAX)
    .map(({ participantId, currency, pair }) => ({
      participant_id: participantId,
      name: null,
      ...sides(pair, currency),
    }));
}

const byText = (a: Changed, b: Changed): number => (a.participantId < b.participantId ? -1 : 1);

/** "The draft costs ₹120.00 more (12.0 %): 14 people earn more, 2 less." */
function sentenceOf({ current, draft }: Pair, currency: string, people: readonly Changed[]): string {
  const difference = draft - current;
  const counts = countChanged(people.filter((one) => one.currency === currency))[0];
  const who = counts ? ` ${counts.more} people earn more, ${counts.less} less, ${counts.same} the same.` : "";
  if (difference === 0n) return `The draft costs exactly as much as today's plan.${who}`;
  const amount = formatMoney({ minor: difference < 0n ? -difference : difference, currency });
  const part =
    current === 0n ? "" : ` (${(Math.abs(Number(difference) / Number(current)) * 100).toFixed(1)} %)`;
  return `The draft costs ${amount} ${difference < 0n ? "less" : "more"}${part} than today's plan.${who}`;
}
