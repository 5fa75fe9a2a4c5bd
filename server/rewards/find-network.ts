import { findPersons } from "../participants/find-persons.ts";
import type { Person } from "../participants/participant.ts";
import type { Reader } from "../platform/database.ts";
import type { NetworkAnswer, NetworkMember } from "../referrals/contract.ts";
import { findCountsBelowAt } from "../referrals/find-counts-below-at.ts";
import { findNetworkCounts } from "../referrals/find-network-counts.ts";
import { findQualifiedAfter } from "../referrals/find-qualified-after.ts";
import { findReferees } from "../referrals/find-referees.ts";
import type { Referral } from "../referrals/referral.ts";
import type { Standing } from "../referrals/standing.ts";
import { findEarnedAt } from "./find-earned-at.ts";
import { listRewardCounts } from "./store.ts";

export type NetworkRequest = {
  participantId: string;
  depth: number;
  limit: number;
  after: string | null;
  levels: Standing["levels"];
  /** Names are shown down to this level below the one who looks. */
  namesToLevel: number;
  /** How it stood then; null: how it stands now. */
  asOf: Date | null;
};

type Earning = { level: number; legParticipantId: string; currency: string; netMinor: bigint };

/** Below the first level only this many of a leg are read; the screen opens the rest on demand. */
const INNER_MEMBERS_MAX = 20;

/** The people below somebody: their direct legs page by page, with what each leg has brought. */
export async function findNetwork(reader: Reader, request: NetworkRequest): Promise<NetworkAnswer> {
  const { participantId, depth, limit, after } = request;
  const levels = request.asOf === null ? request.levels : await levelsAt(reader, participantId, request.asOf);
  const { asOf } = request;
  const referrals = await findReferees(reader, [participantId], limit + 1, after, asOf);
  const shown = referrals.slice(0, limit);
  const earned = asOf === null ? null : await findEarnedAt(reader, participantId, asOf);
  const totals = earned ?? (await listRewardCounts(reader, participantId, [""]));
  const data = await membersOf(reader, { ...request, earned }, shown, 1, depth);
  const last = shown.at(-1);
  const isMore = referrals.length > limit;
  return {
    participant_id: participantId,
    levels: levelsWith(levels, totals),
    data,
    has_more: isMore,
    next_cursor: isMore && last ? last.id : null,
  };
}

function levelsWith(levels: Standing["levels"], totals: readonly Earning[]): NetworkAnswer["levels"] {
  const earned = new Map<number, Earning[]>();
  for (const total of totals) earned.set(total.level, [...(earned.get(total.level) ?? []), total]);
  const all = new Set([...levels.map(({ level }) => level), ...earned.keys()]);
  return [...all]
    .sort((a, b) => a - b)
    .map((level) => ({
      level,
      participants: levels.find((one) => one.level === level)?.participants ?? 0,
      earned: moneyOf(earned.get(level) ?? []),
    }));
}

async function levelsAt(reader: Reader, participantId: string, at: Date): Promise<Standing["levels"]> {
  return (await findCountsBelowAt(reader, [participantId], at)).get(participantId) ?? [];
}

/** How many stand below each: from the counters now, counted for a time in the past. */
async function countsOf(reader: Reader, ids: readonly string[], asOf: Date | null) {
  if (asOf === null) return { below: await findNetworkCounts(reader, ids), direct: null };
  const counts = await findCountsBelowAt(reader, ids, asOf);
  const sumOf = (levels: Standing["levels"]): number =>
    levels.reduce((sum, { participants }) => sum + participants, 0);
  return {
    below: new Map([...counts].map(([id, levels]) => [id, sumOf(levels)])),
    direct: new Map(
      [...counts].map(([id, levels]) => [id, sumOf(levels.filter(({ level }) => level === 1))]),
    ),
  };
}

async function membersOf(
  reader: Reader,
  request: NetworkRequest & { earned: readonly Earning[] | null },
  referrals: readonly Referral[],
  level: number,
  depth: number,
): Promise<NetworkMember[]> {
  if (referrals.length === 0) return [];
  const ids = referrals.map((referral) => referral.refereeId);
  const persons = await findPersons(reader, ids);
  const { asOf } = request;
  const counts = await countsOf(reader, ids, asOf);
  const later = asOf === null ? null : await findQualifiedAfter(reader, ids, asOf);
  // What the whole leg brought to the one who looks; deeper members show their own earnings nowhere.
  const earnings =
    level === 1 ? (request.earned ?? (await listRewardCounts(reader, request.participantId, ids))) : [];
  const below =
    depth > level ? await findReferees(reader, ids, INNER_MEMBERS_MAX * ids.length, null, asOf) : [];
  const inner = await membersOf(reader, request, below, level + 1, depth);
  return referrals.map((referral) => {
    const id = referral.refereeId;
    const mine = new Set(below.filter((one) => one.advocateId === id).map((one) => one.refereeId as string));
    return {
      ...memberOf(referral, persons.get(id), level, request.namesToLevel),
      // Qualified later is joined then.
      ...(later?.has(id) ? { referral_status: "joined" as const } : {}),
      ...(counts.direct === null ? {} : { direct_count: counts.direct.get(id) ?? 0 }),
      network_count: counts.below.get(id) ?? 0,
      earned: moneyOf(earnings.filter((earning) => earning.legParticipantId === id)),
      legs: inner.filter((member) => mine.has(member.participant_id)).slice(0, INNER_MEMBERS_MAX),
    } as NetworkMember;
  });
}

function memberOf(referral: Referral, person: Person | undefined, level: number, namesToLevel: number) {
  return {
    participant_id: referral.refereeId,
    name: level <= namesToLevel ? (person?.name ?? null) : null,
    level,
    joined_at: referral.createdAt.toISOString(),
    inviter_id: referral.inviterId === referral.advocateId ? null : referral.inviterId,
    referral_status: referral.status,
    direct_count: person?.directCount ?? 0,
  };
}

function moneyOf(earnings: readonly Earning[]): { amount: number; currency: string }[] {
  const sums = new Map<string, bigint>();
  for (const { currency, netMinor } of earnings) sums.set(currency, (sums.get(currency) ?? 0n) + netMinor);
  return [...sums].map(([currency, minor]) => ({ amount: Number(minor), currency }));
}
