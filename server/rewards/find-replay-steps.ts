import { signupExternalId } from "../conversions/conversion.ts";
import type { HistoryPlace, HistoryRange } from "../conversions/conversion-history.ts";
import { findHistory, type History } from "../conversions/find-history.ts";
import { findKnownConversions } from "../conversions/find-known-conversions.ts";
import { findBuyers } from "../participants/find-buyers.ts";
import type { Database, Reader } from "../platform/database.ts";
import { findReferralHistory } from "../referrals/find-referral-history.ts";
import { findReferrals } from "../referrals/find-referrals.ts";
import type { Referral } from "../referrals/referral.ts";
import {
  conversionStep,
  inSettledOrder,
  mergeStreams,
  type ReplayedBuyer,
  type ReplayFrame,
  type Stream,
  signupStep,
} from "./recorded-step.ts";
import type { ReplayConversion, ReplayStep } from "./replay.ts";
import { type ExpiryRow, listExpiries } from "./store/expiry.ts";

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
  /** Whether it matters what was not used in time. */
  withExpiries: boolean;
};

/** How far each of the lists has been told. */
type Place = HistoryPlace & { referral: string; expiry: { position: bigint; id: string } };

type Batch = { steps: ReplayStep[]; isLast: boolean; place: Place };

const BEGINNING: Place = {
  ...{ conversion: "", refundAt: START, refund: "", referral: "" },
  expiry: { position: 0n, id: "" },
};

/**
 * The program's history in the order in which it was settled and refunded, a batch at a time: what is not wanted any
 * more is not kept, and the next batch is read while this one is worked on. Uplines are read as far up as any of the
 * plans looks.
 */
export async function* findReplaySteps(
  db: Database,
  programId: string,
  range: HistoryRange,
  frame: Frame,
): AsyncGenerator<ReplayStep[], void, undefined> {
  const buyers = new Map<string, ReplayedBuyer>();
  const read = (place: Place): Promise<Batch> => {
    const reading = db.read(programId, (reader) => readBatch(reader, place, range, frame, buyers));
    // Nobody may wait for it any more when it fails.
    reading.catch(() => {});
    return reading;
  };
  const late: ReplayConversion[] = [];
  let batch = await read(BEGINNING);
  while (!batch.isLast) {
    const next = read(batch.place);
    const steps = inSettledOrder(batch.steps, late);
    if (steps.length > 0) yield steps;
    batch = await next;
  }
  const steps = [...inSettledOrder(batch.steps, late), ...inSettledOrder(null, late)];
  if (steps.length > 0) yield steps;
}

async function readBatch(
  reader: Reader,
  place: Place,
  range: HistoryRange,
  frame: Frame,
  buyers: Map<string, ReplayedBuyer>,
): Promise<Batch> {
  const { conversions, refunds } = await findHistory(reader, place, range, ROWS_PER_BATCH);
  const signups = frame.withSignups ? await findSignups(reader, place.referral, range) : [];
  const expiries = frame.withExpiries
    ? await listExpiries(reader, place.expiry, range.before, ROWS_PER_BATCH)
    : [];
  const people = [
    ...conversions.map(({ participantId }) => participantId),
    ...signups.map(({ referral }) => referral.refereeId),
  ];
  await learnBuyers(reader, people, frame.levels, buyers);
  const streams = streamsOf(
    { conversions, refunds, signups, expiries },
    (id) => buyers.get(id) ?? NOBODY,
    frame,
  );
  const { steps, taken } = mergeStreams(streams);
  const [signupsTaken = 0, conversionsTaken = 0, refundsTaken = 0, expiriesTaken = 0] = taken;
  const refund = refunds[refundsTaken - 1];
  return {
    steps,
    isLast: streams.every(({ isLast }) => isLast),
    place: {
      referral: signups[signupsTaken - 1]?.referral.id ?? place.referral,
      conversion: conversions[conversionsTaken - 1]?.id ?? place.conversion,
      refundAt: refund?.at ?? place.refundAt,
      refund: refund?.id ?? place.refund,
      expiry: expiries[expiriesTaken - 1] ?? place.expiry,
    },
  };
}

function streamsOf(
  {
    conversions,
    refunds,
    signups,
    expiries,
  }: History & { signups: readonly Signup[]; expiries: readonly ExpiryRow[] },
  knownAs: (id: string) => ReplayedBuyer,
  frame: Frame,
): Stream[] {
  return [
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
    streamOf(expiries, ({ conversionId, rule, participantId, level, minor, at }) => ({
      at,
      step: { kind: "expiry", key: conversionId, ruleId: rule, to: participantId, level, minor, at },
    })),
  ];
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
