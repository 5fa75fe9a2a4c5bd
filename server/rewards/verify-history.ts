import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { Database } from "../platform/database.ts";
import type { Check } from "../platform/verification.ts";
import { findProgram } from "../programs/find-program.ts";
import { ComparedSide } from "./compared-side.ts";
import { keptTogether } from "./counter.ts";
import { findPlans, type PlanCache } from "./find-plans.ts";
import { findReplaySteps } from "./find-replay-steps.ts";
import { findRewards } from "./find-rewards.ts";
import { uplineDepth } from "./plan.ts";
import type { ReplayConversion, ReplayStep } from "./replay.ts";
import type { RewardRow } from "./store.ts";
import type { Grant } from "./verdict.ts";

const STEPS_AT_ONCE = 50;
const NAME = "Settling the whole history again grants every reward that was granted, and no other";

/** Settles every conversion of a program again, in order and with counters of its own, and looks at what it granted. */
export async function verifyHistory(
  db: Database,
  programId: string,
  cache: PlanCache,
  now: Date,
): Promise<Check> {
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
  const range = { from: null, to: null, before: now };
  const frame = {
    timeZone: program.timeZone,
    tallyFrom: null,
    levels: Math.max(1, ...plans.map(({ plan }) => uplineDepth(plan))),
    currency: program.currency,
    withSignups: false,
  };
  const seen = { conversions: 0, different: 0, example: null as string | null };
  for await (const steps of findReplaySteps(db, programId, range, frame)) {
    const stored = await db.read(programId, (reader) => findRewards(reader, conversionIds(steps)));
    for (const [index, step] of steps.entries()) {
      if (step.kind === "refund") side.refund(step);
      else compare(step, side, stored.get(step.key) ?? [], seen);
      if (index % STEPS_AT_ONCE === 0) await yieldToOthers();
    }
  }
  const { conversions, different, example } = seen;
  const figure = `${conversions} ${conversions === 1 ? "conversion" : "conversions"}`;
  const more = different > 1 ? ` And ${different - 1} more.` : "";
  return {
    ...{ id: "history", name: NAME, ok: different === 0, figure },
    detail: example === null ? null : `${example}${more}`,
  };
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
