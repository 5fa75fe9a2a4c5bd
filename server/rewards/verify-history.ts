import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { Database, Reader } from "../platform/database.ts";
import type { Check } from "../platform/verification.ts";
import { findProgram } from "../programs/find-program.ts";
import { ComparedSide } from "./compared-side.ts";
import {
  type CounterDifference,
  counterDifferences,
  type TierDifference,
  tierDifferences,
} from "./counted-again.ts";
import { keptTogether } from "./counter.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { findReplaySteps } from "./find-replay-steps.ts";
import { findRewards } from "./find-rewards.ts";
import { uplineDepth } from "./plan.ts";
import { type PublishedPlan, planInForce } from "./plans-in-force.ts";
import type { ReplayConversion, ReplayStep } from "./replay.ts";
import { type CounterRow, listCounters, readMoment } from "./store/counters.ts";
import { readFirstResettlement } from "./store/former-settlements.ts";
import type { RewardRow } from "./store.ts";
import type { Grant } from "./verdict.ts";

const STEPS_AT_ONCE = 50;
const COUNTERS_AT_ONCE = 10_000;

/**
 * Settles every conversion of a program again, in order and with counters of its own, and looks at what it granted, at
 * the counters that are kept, and at the tiers people stand in by them.
 */
export async function verifyHistory(db: Database, programId: string, cache: PlanCache): Promise<Check[]> {
  const before = await db.read(programId, readKept);
  const { program, terms } = await db.read(programId, async (reader) => {
    const found = await findProgram(reader);
    return { program: found, terms: await findPlans(reader, found, cache) };
  });
  const { plans, promotions } = terms;
  const byVersion = new Map(plans.map((published) => [published.version, published]));
  const kept = keptTogether([...plans.map(({ plan }) => plan), ...promotions]);
  const side = new ComparedSide(
    ({ planVersion }) => byVersion.get(planVersion ?? 0) ?? null,
    promotions,
    kept,
  );
  const frame = {
    timeZone: program.timeZone,
    tallyFrom: null,
    levels: Math.max(1, ...plans.map(({ plan }) => uplineDepth(plan))),
    currency: program.currency,
    withSignups: false,
    withExpiries: true,
  };
  const seen = { conversions: 0, different: 0, example: null as string | null };
  // Past a decision that had conversions settled again, only a replay of the log can follow.
  const { at: again } = await db.read(programId, readFirstResettlement);
  const range = { from: null, to: null, before: again ?? before.until, isAtFirst: true } as const;
  for await (const steps of findReplaySteps(db, programId, range, frame)) {
    const stored = await db.read(programId, (reader) => findRewards(reader, conversionIds(steps)));
    for (const [index, step] of steps.entries()) {
      if (step.kind === "refund") side.refund(step);
      else if (step.kind === "expiry") side.expire(step);
      else compare(step, side, (stored.get(step.key) ?? []).filter(isOfFirst), seen);
      if (index % STEPS_AT_ONCE === 0) await yieldToOthers();
    }
  }
  if (again) return [historyCheck(seen, again)];
  const after = await db.read(programId, readKept);
  // What moved meanwhile is for the next time.
  const atRest = new Map([...before.counters].filter(([key, value]) => after.counters.get(key) === value));
  const differences = counterDifferences(atRest, side.counters, kept);
  const published = planInForce(plans, before.until);
  return [
    historyCheck(seen, null),
    countersCheck(before.counters.size, differences),
    tiersCheck(
      published && tierDifferences(published, differences, before.counters, side.counters),
      published,
    ),
  ];
}

type Kept = { counters: Map<string, bigint>; until: Date };

/** All counters at one moment; a conversion that was recorded until then is in them, or moves one of them later. */
async function readKept(reader: Reader): Promise<Kept> {
  const { now } = await readMoment(reader);
  const counters = new Map<string, bigint>();
  for (let page: CounterRow[] | null = null; page === null || page.length === COUNTERS_AT_ONCE; ) {
    page = await listCounters(reader, page?.at(-1)?.key ?? "", COUNTERS_AT_ONCE);
    for (const { key, value } of page) counters.set(key, value);
  }
  return { counters, until: new Date(now.getTime() + 1) };
}

const isOfFirst = ({ settlement }: RewardRow): boolean => settlement === 1;

function historyCheck({ conversions, different, example }: Seen, again: Date | null): Check {
  const name = "Settling the whole history again grants every reward that was granted, and no other";
  const until = again === null ? "" : `, up to those settled again at ${again.toISOString()}`;
  return checkOf(
    { id: "history", name },
    `${countOf(conversions, "conversion")}${until}`,
    different,
    example,
  );
}

function countersCheck(checked: number, differences: readonly CounterDifference[]): Check {
  const name = "Counters that decide are what the whole history counts";
  const [first] = differences;
  const example =
    first === undefined ? null : `${first.key} stands at ${first.kept}, the history counts ${first.counted}.`;
  return checkOf(
    { id: "settlement_counters", name },
    countOf(checked, "counter"),
    differences.length,
    example,
  );
}

function tiersCheck(differences: readonly TierDifference[] | null, published: PublishedPlan | null): Check {
  const name = "Everybody stands in the tier that the history gives them";
  const [first] = differences ?? [];
  const example =
    first === undefined
      ? null
      : `Participant ${first.participantId} stands in ${first.kept ?? "no tier"}, by the history in ${first.counted ?? "none"}.`;
  const tiers = published?.plan.tiers.length ?? 0;
  return checkOf({ id: "tiers", name }, countOf(tiers, "tier"), differences?.length ?? 0, example);
}

const countOf = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

function checkOf(
  check: Pick<Check, "id" | "name">,
  figure: string,
  different: number,
  example: string | null,
): Check {
  const more = different > 1 ? ` And ${different - 1} more.` : "";
  return { ...check, ok: different === 0, figure, detail: example === null ? null : `${example}${more}` };
}

function conversionIds(steps: readonly ReplayStep[]): string[] {
  return steps.flatMap((step) => (step.kind === "conversion" ? [step.key] : []));
}

type Seen = { conversions: number; different: number; example: string | null };

function compare(step: ReplayConversion, side: ComparedSide, stored: readonly RewardRow[], seen: Seen): void {
  const granted = side.settle(step).settled?.settlement.grants ?? [];
  const again = granted.map(textOfGrant).sort();
  const then = stored.map(textOfReward).sort();
  seen.conversions++;
  if (again.join() === then.join()) return;
  seen.different++;
  seen.example ??= `${step.key} granted ${inWords(then)}, and settled again it grants ${inWords(again)}.`;
}

const inWords = (texts: readonly string[]): string => (texts.length === 0 ? "nothing" : texts.join(" and "));

const textOfGrant = ({ amount, to, level, ruleId }: Grant): string =>
  `${amount.minor} ${amount.currency} to ${to} at level ${level} by “${ruleId}”`;

const textOfReward = (row: RewardRow): string =>
  `${row.amountMinor} ${row.currency} to ${row.participantId} at level ${row.level} by “${row.rule}”`;
