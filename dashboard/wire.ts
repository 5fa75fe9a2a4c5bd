import type { ApiKeyAnswer, CreatedApiKeyAnswer, SessionAnswer } from "../server/access/contract.ts";
import type { EventAnswer } from "../server/events/contract.ts";
import type { ProgramEntry, TrialBalanceAnswer } from "../server/ledger/contract.ts";
import type { BalanceAnswer, EntryAnswer } from "../server/participants/contract.ts";
import type { ProgramAnswer } from "../server/programs/contract.ts";
import type {
  NetworkAnswer,
  NetworkMember,
  ParticipantAnswer,
  ParticipantDetail,
  ReferralAnswer,
  WaitingAnswer,
} from "../server/referrals/contract.ts";
import type { FunnelAnswer } from "../server/reports/contract.ts";
import type { CouponAnswer } from "../server/rewards/contract/coupons.ts";
import type { PlanAnswer } from "../server/rewards/contract/plans.ts";
import type {
  ConversionAnswer,
  RefundAnswer,
  RewardAnswer,
  TraceAnswer,
  VerificationAnswer,
} from "../server/rewards/contract.ts";

/** The wire in the words of the screens: what a contract says is taken from it. */
export type Money = { amount: number; currency: string };
export type Page<Row> = { data: Row[]; has_more: boolean; next_cursor: string | null };
export type FieldProblem = { pointer: string; code: string; message: string };
/** RFC 9457; a proxy in between may leave anything out. */
export type Problem = {
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: FieldProblem[];
  request_id: string;
};

export type Session = SessionAnswer;
export type Participation = Session["participations"][number];
export type ApiKey = ApiKeyAnswer;
export type NewApiKey = CreatedApiKeyAnswer;

export type Participant = ParticipantAnswer;
export type ParticipantWithNetwork = ParticipantDetail;
/** A member of the network at any depth; only the levels asked for bring their legs. */
export type NetworkRow = Omit<NetworkMember, "legs"> & { legs: NetworkRow[] };
export type Network = Omit<NetworkAnswer, "data"> & { data: NetworkRow[] };
/** Somebody in an advocate's line. */
export type Waiting = WaitingAnswer;
export type Balance = BalanceAnswer;
export type Purses = Balance["data"][number];
export type Entry = EntryAnswer;
export type LedgerEntry = ProgramEntry;
export type TrialBalance = TrialBalanceAnswer;

export type Refund = RefundAnswer;
export type Coupon = CouponAnswer;
export type Trace = TraceAnswer;
export type TraceLine = Trace["lines"][number];
export type Funnel = FunnelAnswer;
export type Verification = VerificationAnswer;

/** A plan's document is checked by the server; this is what the screens read of it. */
export type PlanDocument = {
  name: string;
  currency: string;
  direct_limit: number | null;
  overflow: string;
  inactive_upline: string;
  hold_days: number;
  attribution_window_days: number;
  composition: string;
  rules: PlanRule[];
};
export type PlanRule = {
  id: string;
  rule: string;
  on: string;
  when?: { amount_above?: Money };
  levels?: LevelRate[];
};
export type LevelRate = { level: number; rate?: string; amount?: Money; points?: number };
export type Program = Omit<ProgramAnswer, "plan"> & {
  plan: (Omit<NonNullable<ProgramAnswer["plan"]>, "document"> & { document: PlanDocument }) | null;
};
export type Plan = Omit<PlanAnswer, "document"> & { document: PlanDocument };
export type PlanTemplate = { name: string; title: string; description: string; document: PlanDocument };

/** A message of the stream: what happened and, to a participant, how they stand after it. */
export type Fact = Pick<EventAnswer, "id" | "type" | "timestamp" | "data"> & { standing?: Standing };
export type Standing = Pick<
  ParticipantDetail,
  "direct_count" | "direct_limit" | "network_count" | "levels" | "visits" | "qualified"
> & { balance: Purses[] };

/** What the stream is about carries the names that its viewer may see. */
export type Reward = RewardAnswer & {
  participant_name?: string | null;
  referee_name?: string | null;
  /** Set by the screen itself when the stream brought it. */
  arrivedAt?: number;
};
export type Conversion = ConversionAnswer & { participant_name?: string | null };
export type Referral = ReferralAnswer & {
  referee_name?: string | null;
  /** As seen by the viewer. */
  level?: number;
  leg_participant_id?: string;
};
