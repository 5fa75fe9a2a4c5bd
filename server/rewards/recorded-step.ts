import { SIGNUP_KIND } from "../conversions/conversion.ts";
import type { HistoryConversion } from "../conversions/conversion-history.ts";
import { RATE_ONE, type Rate } from "../primitives/rate.ts";
import type { Referral } from "../referrals/referral.ts";
import type { ReplayConversion, ReplayStep } from "./replay.ts";
import type { Buyer } from "./settled-conversion.ts";
import type { StoredSettlement } from "./stored-settlement.ts";
import type { UplineMember } from "./upline.ts";

export type RecordedStep = ReplayConversion & { recordedAt: Date };

/** Who bought, as they are known now. */
export type ReplayedBuyer = {
  buyer: (Buyer & { country: string | null; segment: string | null }) | undefined;
  referral: Pick<Referral, "channel" | "createdAt"> | undefined;
};

/** What belongs to the program and to the question, the same for every step. */
export type ReplayFrame = { timeZone: string; tallyFrom: Date | null };

/**
 * A settled conversion again, from what its settlement saw; above what it saw, and of what it did not ask for, as it is
 * known now.
 */
export function conversionStep(
  row: HistoryConversion,
  { buyer, referral }: ReplayedBuyer,
  { timeZone, tallyFrom }: ReplayFrame,
): RecordedStep {
  const stored = row.settlement as StoredSettlement;
  const { currency, participantId, kind, occurredAt, product } = row;
  return {
    kind: "conversion",
    key: row.id,
    conversionId: row.id,
    planVersion: row.planVersion,
    isRefunded: row.isRefunded,
    isTallied: tallyFrom === null || occurredAt.getTime() >= tallyFrom.getTime(),
    recordedAt: row.recordedAt,
    ...(stored.settled_at === undefined ? {} : { settledLateAt: new Date(stored.settled_at) }),
    facts: {
      conversion: {
        participantId,
        kind,
        occurredAt,
        amount: { minor: row.amountMinor, currency },
        profit: row.profitMinor === null ? null : { minor: row.profitMinor, currency },
        ...(stored.place ?? {
          country: buyer?.country ?? null,
          segment: buyer?.segment ?? null,
          channel: referral?.channel ?? null,
          product,
        }),
      },
      defaultMargin: BigInt(stored.margin) as Rate,
      referral: stored.referral,
      referredAt: referral?.createdAt ?? null,
      upline: uplineOf(row, stored, buyer),
      timeZone: stored.counted?.time_zone ?? timeZone,
    },
  };
}

function uplineOf(
  { participantId }: HistoryConversion,
  { upline: seen }: StoredSettlement,
  buyer: Buyer | undefined,
): UplineMember[] {
  const above = (buyer?.upline ?? []).slice(seen.length).map((id, index): (typeof seen)[number] => {
    const isActive = buyer?.uplineStatuses[seen.length + index] === "active";
    return [id, isActive ? "active" : "suspended"];
  });
  const all = [...seen, ...above];
  return all.map(([id, status], index) => ({
    participantId: id,
    level: index + 1,
    legParticipantId: all[index - 1]?.[0] ?? participantId,
    status,
  }));
}

/**
 * A sign-up that was no conversion, because no plan paid on it: a draft may. Nobody has earned on it, so it is of no
 * version.
 */
export function signupStep(
  { refereeId, createdAt }: Referral,
  known: ReplayedBuyer,
  currency: string,
  frame: ReplayFrame,
): RecordedStep {
  const row: HistoryConversion = {
    ...{ id: `cnv_${refereeId}`, participantId: refereeId, kind: SIGNUP_KIND, currency },
    ...{ amountMinor: 0n, profitMinor: null, product: null, planVersion: NO_VERSION },
    ...{ occurredAt: createdAt, recordedAt: createdAt, isRefunded: false },
    settlement: { margin: RATE_ONE.toString(), referral: "counts", upline: [] },
  };
  return { ...conversionStep(row, known, frame), conversionId: null };
}

/** Versions are numbered from 1. */
const NO_VERSION = 0;

/**
 * Steps in the order in which they counted: what was settled later than it was recorded waits in `late` until then.
 * Without `steps`, all that still waits.
 */
export function inSettledOrder(steps: readonly ReplayStep[] | null, late: ReplayConversion[]): ReplayStep[] {
  const isDue = (one: ReplayConversion, at: Date) => (one.settledLateAt?.getTime() ?? 0) <= at.getTime();
  if (steps === null) return late.splice(0);
  return steps.flatMap((step): ReplayStep[] => {
    const at = step.kind === "conversion" ? step.recordedAt : step.at;
    const due = at === undefined || late.length === 0 ? [] : late.filter((one) => isDue(one, at));
    for (const one of due) late.splice(late.indexOf(one), 1);
    if (step.kind !== "conversion" || step.settledLateAt === undefined) return [...due, step];
    late.push(step);
    late.sort((a, b) => (a.settledLateAt?.getTime() ?? 0) - (b.settledLateAt?.getTime() ?? 0));
    return due;
  });
}

/** A list of what happened, in its order; null where there is nothing to replay. `isLast`: there is no more of it. */
export type Stream = { items: readonly { at: Date; step: ReplayStep | null }[]; isLast: boolean };

/**
 * Lists in the order of time, as far as all of them are known: a list that goes on may still hold something earlier
 * than what the others have. Of what happens at once, the earlier list comes first. Answers how far it came in each.
 */
export function mergeStreams(streams: readonly Stream[]): { steps: ReplayStep[]; taken: number[] } {
  const steps: ReplayStep[] = [];
  const taken = streams.map(() => 0);
  for (;;) {
    let next = -1;
    let earliest = Number.POSITIVE_INFINITY;
    for (const [index, { items, isLast }] of streams.entries()) {
      const item = items[taken[index] ?? 0];
      if (!item && !isLast) return { steps, taken };
      if (!item || item.at.getTime() >= earliest) continue;
      next = index;
      earliest = item.at.getTime();
    }
    if (next === -1) return { steps, taken };
    const step = streams[next]?.items[taken[next] ?? 0]?.step;
    if (step) steps.push(step);
    taken[next] = (taken[next] ?? 0) + 1;
  }
}
