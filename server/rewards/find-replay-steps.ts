import { signupExternalId } from "../conversions/conversion.ts";
import type { HistoryPlace, HistoryRange } from "../conversions/conversion-history.ts";
import { findHistory } from "../conversions/find-history.ts";
import { findKnownConversions } from "../conversions/find-known-conversions.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Database, Reader } from "../platform/database.ts";
import { findReferralHistory } from "../referrals/find-referral-history.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import type { Referral } from "../referrals/referral.ts";
import {
  conversionStep,
  mergeStreams,
  type ReplayedBuyer,
  type ReplayFrame,
  type Stream,
  signupStep,
} from "./recorded-step.ts";
import type { ReplayStep } from "./replay.ts";

const ROWS_PER_BATCH = 1_000;
/** Buyers come again: they are looked up once, as long as there are not too many of them. */
const BUYERS_MAX = 50_000;
const START = new Date(0);
const NOBODY: ReplayedBuyer = { buyer: undefined, referral: undefined };

type Frame = ReplayFrame & {
  levels: number;
  currency: string;
  /** Whether sign-ups matter that were no conversions. */
  withSignups: boolean;
};

/** How far each of the three lists has been told. */
type Place = HistoryPlace & { referral: string };

/**
 * The program's history in the order in which it was settled and refunded, a batch at a time: what is not wanted any
 * more is not kept. Uplines are read as far up as any of the plans looks.
 */
export async function* findReplaySteps(
  db: Database,
  programId: string,
  range: HistoryRange,
  frame: Frame,
): AsyncGenerator<ReplayStep[], void, undefined> {
  const buyers = new Map<string, ReplayedBuyer>();
  let place: Place = { conversion: "", refundAt: START, refund: "", referral: "" };
  for (;;) {
    const from = place;
    const { conversions, refunds, signups } = await db.read(programId, async (reader) => {
      const found = await findHistory(reader, from, range, ROWS_PER_BATCH);
      const joined = frame.withSignups ? await findSignups(reader, from.referral, range) : [];
      const people = [
        ...found.conversions.map(({ participantId }) => participantId),
        ...joined.map(({ referral }) => referral.refereeId),
      ];
      await learnBuyers(reader, people, frame.levels, buyers);
      return { ...found, signups: joined };
    });
    const knownAs = (id: string) => buyers.get(id) ?? NOBODY;
    const streams = [
      streamOf(signups, ({ referral, isConversion }) => ({
        at: referral.createdAt,
        step: isConversion ? null : signupStep(referral, knownAs(referral.refereeId), frame.currency, frame),
      })),
      streamOf(conversions, (row) => ({
        at: row.recordedAt,
        step: conversionStep(row, knownAs(row.participantId), frame),
      })),
      streamOf(refunds, ({ conversionId, addedMinor, at }) => ({
        at,
        step: { kind: "refund", key: conversionId, addedMinor, at },
      })),
    ];
    const { steps, taken } = mergeStreams(streams);
    if (steps.length > 0) yield steps;
    if (streams.every(({ isLast }) => isLast)) return;
    const [signupsTaken = 0, conversionsTaken = 0, refundsTaken = 0] = taken;
    const refund = refunds[refundsTaken - 1];
    place = {
      referral: signups[signupsTaken - 1]?.referral.id ?? from.referral,
      conversion: conversions[conversionsTaken - 1]?.id ?? from.conversion,
      refundAt: refund?.at ?? from.refundAt,
      refund: refund?.id ?? from.refund,
    };
  }
}

function streamOf<Row>(rows: readonly Row[], itemOf: (row: Row) => Stream["items"][number]): Stream {
  return { items: rows.map(itemOf), isLast: rows.length < ROWS_PER_BATCH };
}

type Signup = { referral: Referral; isConversion: boolean };

async function findSignups(
  reader: Reader,
  after: string,
  { before, from, to }: HistoryRange,
): Promise<Signup[]> {
  const referrals = await findReferralHistory(reader, after, before, ROWS_PER_BATCH);
  const known = await findKnownConversions(
    reader,
    referrals.map(({ refereeId }) => signupExternalId(refereeId)),
  );
  return referrals.map((referral) => ({
    referral,
    isConversion:
      known.has(signupExternalId(referral.refereeId)) ||
      (from !== null && referral.createdAt < from) ||
      (to !== null && referral.createdAt >= to),
  }));
}

async function learnBuyers(
  reader: Reader,
  people: readonly string[],
  levels: number,
  known: Map<string, ReplayedBuyer>,
): Promise<void> {
  if (known.size > BUYERS_MAX) known.clear();
  const ids = [...new Set(people)].filter((id) => !known.has(id));
  if (ids.length === 0) return;
  const [buyers, referrals] = await Promise.all([
    findBuyers(reader, ids, levels),
    findReferrals(reader, ids),
  ]);
  for (const id of ids) known.set(id, { buyer: buyers.get(id), referral: referrals.get(id) });
}
