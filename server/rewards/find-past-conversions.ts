import type { ConversionRow } from "../conversions/conversion.ts";
import { holdPastConversions } from "../conversions/hold-past-conversions.ts";
import { findPersons } from "../participants/find-persons.ts";
import type { ParticipantId } from "../participants/participant.ts";
import { uplineUnder } from "../participants/participant.ts";
import type { Tx } from "../platform/database.ts";
import type { Rate } from "../primitives/rate.ts";
import { findProgram } from "../programs/find-program.ts";
import type { Move } from "../referrals/reassignment.ts";
import { keptTogether } from "./counter.ts";
import { findActiveUplines } from "./find-active-uplines.ts";
import { findPlans, type PlanCache, type Terms } from "./find-plans.ts";
import { uplineDepth } from "./plan.ts";
import type { PastConversion } from "./resettlement.ts";
import { type Buyer, factsOf } from "./settled-conversion.ts";
import { lockRewardsOfConversions } from "./store.ts";
import type { StoredSettlement } from "./stored-settlement.ts";

/** What somebody bought so far, as it is to be settled for those who are to stand above them; all of it locked. */
export async function findPastConversions(tx: Tx, move: Move, cache: PlanCache): Promise<PastConversion[]> {
  const rows = await holdPastConversions(tx, move.referee.id);
  if (rows.length === 0) return [];
  const program = await findProgram(tx);
  const terms = await findPlans(tx, program, cache);
  const rewards = await lockRewardsOfConversions(
    tx,
    rows.map(({ id }) => id),
  );
  const buyer = await buyerUnder(tx, move, terms);
  const kept = keptTogether([...terms.plans.map(({ plan }) => plan), ...terms.promotions]);
  const past = rows.map((row): PastConversion => {
    const published = terms.plans.find(({ version }) => version === row.planVersion);
    if (!published) throw new Error(`Version ${row.planVersion} of the plan is gone.`);
    const stored = row.settlement as StoredSettlement;
    const { currency, timeZone } = program;
    const facts = factsOf(
      reportOf(row, stored),
      { ...buyer, country: stored.place?.country ?? null, segment: stored.place?.segment ?? null },
      {
        referral: "counts",
        referredAt: move.referral?.createdAt ?? move.referee.createdAt,
        isQualified: false,
        channel: stored.place?.channel ?? null,
      },
      {
        ...{ currency, kept, promotions: terms.promotions },
        ...{ timeZone: stored.counted?.time_zone ?? timeZone, margin: BigInt(stored.margin) as Rate },
      },
      published,
      row.occurredAt,
    );
    return {
      row,
      facts,
      rewards: rewards.filter(
        ({ conversionId, status }) => conversionId === row.id && status !== "cancelled",
      ),
    };
  });
  const active = await findActiveUplines(
    tx,
    past.map(({ facts }) => facts),
  );
  return past.map((one, index) => ({ ...one, facts: active[index] ?? one.facts }));
}

function reportOf(row: ConversionRow, stored: StoredSettlement) {
  const { kind, currency, amountMinor, profitMinor } = row;
  return {
    kind,
    amount: { minor: amountMinor, currency },
    profit: profitMinor === null ? null : { minor: profitMinor, currency },
    product: stored.place?.product ?? row.product,
  };
}

async function buyerUnder(tx: Tx, { referee, advocate }: Move, { plans }: Terms): Promise<Buyer> {
  const levels = Math.max(1, ...plans.map(({ plan }) => uplineDepth(plan)));
  const upline = uplineUnder(advocate).slice(0, levels);
  const persons = await findPersons(tx, upline);
  return {
    ...{ id: referee.id, country: null, segment: null, upline },
    uplineStatuses: upline.map((id: ParticipantId) => persons.get(id)?.status ?? "suspended"),
  };
}
