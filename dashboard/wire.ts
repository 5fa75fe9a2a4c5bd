import type { ApiKeyAnswer, CreatedApiKeyAnswer, SessionAnswer } from "../server/access/contract.ts";
import type { EventAnswer } from "../server/events/contract.ts";
import type { BatchAnswer, RowAnswer, RowsAnswer } from "../server/invitations/contract/batches.ts";
import type {
  InvitationAnswer,
  PeopleAnswer,
  PreviewAnswer,
  SummaryAnswer,
  TermsAnswer,
} from "../server/invitations/contract.ts";
import type { ProgramEntry, TrialBalanceAnswer } from "../server/ledger/contract.ts";
import type { CodeVerdict, LinkAnswer } from "../server/links/contract.ts";
import type { DnsAnswer, MailSettingsAnswer } from "../server/mail/contract/settings.ts";
import type { SuppressionAnswer } from "../server/mail/contract/suppressions.ts";
import type { RenderedMail, TemplateAnswer } from "../server/mail/contract/templates.ts";
import type { MailAnswer, MailDetail as MailWithContent, MessageAnswer } from "../server/mail/contract.ts";
import type {
  NotificationAnswer,
  NotificationList,
  PreferencesAnswer,
} from "../server/notifications/contract.ts";
import type { BalanceAnswer, EntryAnswer } from "../server/participants/contract.ts";
import type { BrandAnswer, BrandColorsAnswer } from "../server/programs/contract/brand.ts";
import type { ProgramAnswer } from "../server/programs/contract.ts";
import type { ClaimAnswer } from "../server/referrals/contract/claims.ts";
import type {
  NetworkAnswer,
  NetworkMember,
  ParticipantAnswer,
  ParticipantDetail,
  ReferralAnswer,
  ReferralDetail as ReferralDetailAnswer,
  ReferralEntry as ReferralEntryAnswer,
  WaitingAnswer,
} from "../server/referrals/contract.ts";
import type { ChannelsAnswer, FunnelAnswer } from "../server/reports/contract.ts";
import type { CouponAnswer } from "../server/rewards/contract/coupons.ts";
import type { FriendAnswer } from "../server/rewards/contract/friends.ts";
import type { LintAnswer, PlanAnswer, PlanDiffAnswer } from "../server/rewards/contract/plans.ts";
import type { PromotionAnswer } from "../server/rewards/contract/promotions.ts";
import type {
  ProposalAnswer,
  ReassignmentAnswer,
  ReferralTrace as ReferralTraceAnswer,
} from "../server/rewards/contract/reassignments.ts";
import type { ReplayAnswer, ReplayResult as ReplayOutcome } from "../server/rewards/contract/replays.ts";
import type { ShareAnswer } from "../server/rewards/contract/shares.ts";
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

export type Invitation = InvitationAnswer;
export type InvitationSummary = SummaryAnswer;
export type InvitationTerms = TermsAnswer;
/** Somebody on a pasted list, with what stands against inviting them. */
export type InvitedPerson = PeopleAnswer["people"][number];
export type MailPreview = PreviewAnswer;
export type Batch = BatchAnswer;
export type BatchRow = RowAnswer;
export type BatchRows = RowsAnswer;

export type Participant = ParticipantAnswer;
export type ParticipantWithNetwork = ParticipantDetail;
/** A member of the network at any depth; only the levels asked for bring their legs. */
export type NetworkRow = Omit<NetworkMember, "legs"> & { legs: NetworkRow[] };
export type Network = Omit<NetworkAnswer, "data"> & { data: NetworkRow[] };
/** Somebody in an advocate's line. */
export type Waiting = WaitingAnswer;
/** One of the links of a participant. */
export type ShareableLink = LinkAnswer;
export type SlugVerdict = CodeVerdict;
export type Balance = BalanceAnswer;
export type Purses = Balance["data"][number];
export type Entry = EntryAnswer;
export type LedgerEntry = ProgramEntry;
export type TrialBalance = TrialBalanceAnswer;

export type Refund = RefundAnswer;
export type Coupon = CouponAnswer;
/** What an advocate was told. */
export type Notice = NotificationAnswer & {
  /** Set by the screen itself when the stream brought it. */
  arrivedAt?: number;
};
export type Inbox = Omit<NotificationList, "data"> & { data: Notice[] };
/** What the inbox is narrowed to; an empty topic is every one. */
export type NoticeFilter = { isUnread: boolean; topic: string };
export type NoticePreferences = PreferencesAnswer;
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
  activity?: { within_days: number; by: string[] };
  hold_days: number;
  attribution_window_days: number;
  existing_referrals?: string;
  composition: string;
  qualifies?: { on: string; when?: PlanConditions };
  rules: PlanRule[];
  tiers?: PlanTier[];
  caps?: PlanCap[];
  expires_days?: { points?: number; credit?: number };
  on_refund?: { caps?: string; milestones?: string };
};
export type PlanConditions = {
  amount_above?: Money;
  nth?: { from?: number; to?: number };
  within_days?: number;
  countries?: string[];
  channels?: string[];
  products?: string[];
  segments?: string[];
  tiers?: string[];
  active?: true;
};
export type PlanRule = {
  id: string;
  rule: string;
  on: string;
  when?: PlanConditions;
  levels?: LevelRate[];
  /** Of a coupon. */
  label?: string;
  value?: { percent?: string; amount?: Money };
  expires_days?: number;
  /** Of a share of a reward: the rule that is shared. */
  of?: string;
  /** Of a milestone. */
  every?: number;
  at?: number[];
  pays?: Money;
};
export type LevelRate = {
  level: number;
  rate?: string;
  by_tier?: Record<string, string>;
  amount?: Money;
  points?: number;
};
export type PlanTier = {
  id: string;
  name: string;
  at_least: { qualified?: number; points?: number };
  multiplier?: string;
};
export type PlanCap = { id: string; scope: string; period: string; amount: Money; rules?: string[] };
/** A rule of the shelf; `parameters` is the JSON schema the blanks are drawn from. */
export type ShelfRule = { name: string; title: string; description: string; parameters: Schema };
/** What a plan can be made of beside rules. */
export type PlanParts = { conditions: Schema; tiers: Schema; caps: Schema };
export type Schema = {
  type?: string;
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  enum?: string[];
  maxItems?: number;
};
export type PromotionDocument = {
  name: string;
  starts_at: string;
  ends_at: string;
  rules?: string[];
  levels?: number[];
  when?: PlanConditions;
  multiplier?: string;
  add?: Money;
  budget?: Money;
  advocates_max?: number;
};
export type Promotion = Omit<PromotionAnswer, "document"> & { document: PromotionDocument };
export type Lint = LintAnswer;
export type Finding = Lint["findings"][number];
export type WorstCase = NonNullable<Lint["worst_case"]>;
export type PlanDiff = PlanDiffAnswer;
export type Replay = ReplayAnswer;
export type ReplayResult = ReplayOutcome;
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

export type Brand = BrandAnswer;
export type BrandColors = BrandColorsAnswer;
export type Mail = MailAnswer;
export type Message = MessageAnswer;
export type Share = ShareAnswer;
export type Channels = ChannelsAnswer;
export type Friend = FriendAnswer;

export type ReferralEntry = ReferralEntryAnswer;
export type ReferralDetail = ReferralDetailAnswer;
export type Touch = ReferralDetail["touches"][number];
/** "Somebody invited me", said afterwards. */
export type Claim = ClaimAnswer;
export type Claims = Page<Claim> & { open: number };
/** What a decision moves, or would. */
export type Reassignment = ReassignmentAnswer;
export type Proposal = ProposalAnswer;
export type ReferralTrace = ReferralTraceAnswer;
export type MailDetail = MailWithContent;
export type MailContent = RenderedMail;
export type MailSettings = MailSettingsAnswer;
export type SenderChecks = DnsAnswer;
export type Suppression = SuppressionAnswer;
export type MessageTemplate = TemplateAnswer;
