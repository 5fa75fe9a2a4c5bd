import type { ApiKeyAnswer, CreatedApiKeyAnswer, SessionAnswer } from "../server/access/contract.ts";
import type { BalanceAnswer, EntryAnswer } from "../server/participants/contract.ts";
import type { ProgramAnswer } from "../server/programs/contract.ts";
import type {
  NetworkAnswer,
  NetworkMember,
  ParticipantAnswer,
  ParticipantDetail,
  ReferralAnswer,
} from "../server/referrals/contract.ts";
import type {
  ConversionAnswer,
  PlanAnswer,
  RefundAnswer,
  RewardAnswer,
  TraceAnswer,
} from "../server/rewards/contract.ts";

/** The wire in the words of the screens. What a contract says is taken from it. */
export type Session = SessionAnswer;
export type Participation = Session["participations"][number];
export type ApiKey = ApiKeyAnswer;
export type NewApiKey = CreatedApiKeyAnswer;
export type Participant = ParticipantAnswer;
export type ParticipantWithNetwork = ParticipantDetail;
/** A member of the network at any depth; only the levels asked for bring their legs. */
export type NetworkRow = Omit<NetworkMember, "legs"> & { legs: NetworkRow[] };
export type Network = Omit<NetworkAnswer, "data"> & { data: NetworkRow[] };
export type Refund = RefundAnswer;
export type Trace = TraceAnswer;
export type TraceLine = Trace["lines"][number];

/** A plan's document is checked by the server; this is what the screens read of it. */
export type Program = Omit<ProgramAnswer, "plan"> & {
  plan: (Omit<NonNullable<ProgramAnswer["plan"]>, "document"> & { document: PlanDocument }) | null;
};
export type Plan = Omit<PlanAnswer, "document"> & { document: PlanDocument };
export type PlanTemplate = { name: string; title: string; description: string; document: PlanDocument };

/** Facts of the stream carry the names that their viewer may see. */
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
export type LevelCount = { level: number; participants: number };

export type Money = { amount: number; currency: string };
export type Page<Row> = {
  data: Row[];
  has_more: boolean;
  next_cursor: string | null;
  prev_cursor?: string | null;
  total_count?: number;
};
export type FieldProblem = { pointer: string; code: string; message: string };
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  errors?: FieldProblem[];
  request_id?: string;
};

export type LevelRate = { level: number; rate?: string; amount?: Money; points?: number };
export type PlanRule = {
  id: string;
  rule: string;
  on: string;
  when?: { amount_above?: Money; [condition: string]: unknown };
  levels?: LevelRate[];
  [parameter: string]: unknown;
};
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
  examples?: unknown[];
};
export type Balance = BalanceAnswer;
export type Purses = Balance["data"][number];
export type Entry = EntryAnswer;
export type Funnel = {
  clicks: number;
  joined: number;
  referred: number;
  qualified: number;
  rewarded: number;
  purchases: number;
  revenue: Money[];
  owed: Money[];
  paid: Money[];
};
export type Standing = {
  balance: Purses[];
  direct_count: number;
  direct_limit: number | null;
  network_count: number;
  levels: LevelCount[];
  visits: number;
  qualified: number;
};
export type Fact = {
  id: string;
  type: string;
  timestamp: string;
  api_version?: string;
  livemode?: boolean;
  data: { object: Record<string, unknown> };
  standing?: Standing;
};
export type Check = { id: string; name: string; ok: boolean; figure: string | number; detail: string | null };
export type Verification = { ok: boolean; checked_at: string; checks: Check[] };
