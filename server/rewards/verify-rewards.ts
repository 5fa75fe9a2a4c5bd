import { readCursor } from "../platform/cursors.ts";
import type { Database, Reader } from "../platform/database.ts";
import { type Check, type Examination, verifyInvariants } from "../platform/verification.ts";
import { isBoundedByProfit, parsePlan, planHash } from "./plan.ts";
import { type PublishedPlan, publishedPlans } from "./plans-in-force.ts";
import { REWARD_COUNTS_READER } from "./record-reward-counts.ts";
import { listPublishedPlans } from "./store/plans.ts";
import * as store from "./store/verify.ts";
import { examineExchanges } from "./store/verify-exchanges.ts";
import * as log from "./store/verify-log.ts";
import { examineRedemptions } from "./store/verify-redemptions.ts";

/** What may stand once only, by the table that says so. */
const UNIQUE_KEYS: store.UniqueKey[] = [
  { table: "idempotency_keys", columns: ["program_id", "key"] },
  { table: "participants", columns: ["program_id", "external_id"] },
  { table: "conversions", columns: ["program_id", "external_id"] },
  { table: "refunds", columns: ["program_id", "external_id"] },
  { table: "redemptions", columns: ["program_id", "external_id"] },
  { table: "coupons", columns: ["program_id", "code"] },
  { table: "coupons", columns: ["program_id", "reward_id"] },
  {
    table: "rewards",
    columns: ["program_id", "conversion_id", "participant_id", "level", "rule", "settlement"],
  },
  { table: "ledger_transfers", columns: ["program_id", "idempotency_key"] },
  { table: "referrals", columns: ["program_id", "referee_id"] },
  { table: "referred_people", columns: ["program_id", "email_hash"] },
];

/** Whether every reward has its cause, its amount, its place in the ledger and its event. */
export function verifyRewards(db: Database, programId: string): Promise<Check[]> {
  return verifyInvariants(db, programId, [
    {
      id: "I4",
      name: "Every reward has one settled conversion by somebody who was referred",
      unit: ["reward", "rewards"],
      examine: store.examineRewardCauses,
    },
    {
      id: "I5",
      name: "Commissions stay within the profit where the plan says so",
      unit: ["conversion", "conversions"],
      examine: async (reader) => store.examineProfits(reader, await versionsWhere(reader, isBounded)),
    },
    {
      id: "I6",
      name: "Each level's reward went to whoever held that level",
      unit: ["reward", "rewards"],
      examine: async (reader) => store.examineLevels(reader, await versionsWhere(reader, isCompressing)),
    },
    {
      id: "I7",
      name: "What must happen once cannot happen twice",
      unit: ["unique key", "unique keys"],
      examine: (reader) => store.examineUniqueKeys(reader, UNIQUE_KEYS),
    },
    {
      id: "I8",
      name: "Refunds took back their part of every reward, to the last unit",
      unit: ["refund", "refunds"],
      examine: store.examineRefunds,
    },
    {
      id: "I11",
      name: "Every reward's money lies where its state says",
      unit: ["reward", "rewards"],
      examine: store.examineStates,
    },
    {
      id: "I21",
      name: "Everything that happened is in the log, and the log agrees with the ledger",
      unit: ["event", "events"],
      examine: log.examineEvents,
    },
    {
      id: "I30",
      name: "Rewards keep the plan they were granted by, and plans keep their text",
      unit: ["reward", "rewards"],
      examine: async (reader) =>
        withChangedPlans(await store.examinePlanVersions(reader), await listPublishedPlans(reader)),
    },
    {
      id: "exchanges",
      name: "Rewards of foreign purchases went through the accounts of exchange, at the purchase's rate",
      unit: ["exchange", "exchanges"],
      examine: examineExchanges,
    },
    {
      id: "redemptions",
      name: "Points and credit were used and expired once, and never beyond what there was",
      unit: ["redemption", "redemptions"],
      examine: examineRedemptions,
    },
    {
      id: "reward_counts",
      name: "Rewards counted by level and leg are those in the log",
      unit: ["counter", "counters"],
      examine: async (reader) =>
        log.examineRewardCounts(reader, await readCursor(reader, REWARD_COUNTS_READER)),
    },
    {
      id: "program_counts",
      name: "The program's totals are those in the log",
      unit: ["counter", "counters"],
      examine: log.examineProgramCounts,
    },
  ]);
}

const isBounded = ({ plan }: PublishedPlan): boolean => isBoundedByProfit(plan);
const isCompressing = ({ plan }: PublishedPlan): boolean => plan.inactiveUpline === "compress";

async function versionsWhere(reader: Reader, is: (plan: PublishedPlan) => boolean): Promise<number[]> {
  const plans = publishedPlans(await listPublishedPlans(reader));
  return plans.filter(is).map(({ version }) => version);
}

/** A published text that no longer has the hash it was published with. */
function withChangedPlans(
  seen: Examination,
  plans: Awaited<ReturnType<typeof listPublishedPlans>>,
): Examination {
  const changed = plans.filter((row) => planHash(parsePlan(row.document)) !== row.hash);
  if (changed.length === 0) return seen;
  return {
    checked: seen.checked,
    broken: seen.broken + BigInt(changed.length),
    example: `The text of plan version ${changed[0]?.version} was changed after it was published.`,
  };
}
