/** Shapes of the wire until each room's contract says them itself. */
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

export type Membership = { program_id: string; program_name: string; role: string };
export type Participation = { program_id: string; program_name: string; participant_id: string };
export type Session = {
  user: { id: string; email: string; name: string; has_password: boolean } | null;
  memberships: Membership[];
  participations: Participation[];
};

export type Program = {
  id: string;
  name: string;
  state: string;
  currency: string;
  time_zone: string;
  destination_url: string | null;
  default_margin: string;
  plan: { id: string; version: number; name: string } | null;
  created_at: string;
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
export type Plan = {
  id: string;
  version: number | null;
  state: "draft" | "published";
  document: PlanDocument;
  hash: string;
  published_at: string | null;
  from: string | null;
};
export type PlanTemplate = { name: string; title: string; description: string; document: PlanDocument };

export type Reason = { code: string; message: string };
export type LevelCount = { level: number; participants: number };
export type Participant = {
  id: string;
  external_id: string | null;
  email: string | null;
  name: string | null;
  country: string | null;
  status: string;
  code: string;
  link: { id: string; url: string };
  referral: null | {
    id: string;
    advocate_id: string;
    advocate_name?: string | null;
    status: string;
    reasons: Reason[];
  };
  created_at: string;
  direct_count: number;
  direct_limit: number | null;
  network_count: number;
  levels: LevelCount[];
};
export type NetworkRow = {
  participant_id: string;
  name: string | null;
  level: number;
  joined_at: string;
  referral_status: string;
  direct_count: number;
  network_count: number;
  earned: Money[];
  legs?: NetworkRow[];
};
export type Network = Page<NetworkRow> & {
  participant_id: string;
  levels: { level: number; participants: number; earned: Money[] }[];
};
export type Purses = { currency: string; pending: number; available: number; held: number; paid: number };
export type Balance = { data: Purses[] };
export type Entry = {
  id: string;
  transfer_id: string;
  purse: string;
  currency: string;
  amount: number;
  reason: string;
  reward_id: string | null;
  occurred_at: string;
  recorded_at: string;
};
export type Reward = {
  id: string;
  participant_id: string;
  participant_name?: string | null;
  conversion_id: string;
  referee_id: string;
  referee_name?: string | null;
  level: number;
  leg_participant_id: string;
  leg_name?: string | null;
  rule: string;
  plan_version: number;
  kind: string;
  amount: Money;
  reversed: Money;
  status: string;
  display_status?: string;
  available_at: string | null;
  reasons: Reason[];
  created_at: string;
  /** Set by the screen itself when the stream brought it. */
  arrivedAt?: number;
};
export type Pass = {
  rule: string;
  level: number;
  participant_id: string | null;
  reason: string;
  message: string;
};
export type Conversion = {
  id: string;
  external_id: string;
  participant_id: string;
  participant_name?: string | null;
  kind: string;
  amount: Money;
  profit: Money | null;
  status: "settled" | "recorded";
  plan_version: number | null;
  refunded: Money;
  occurred_at: string;
  recorded_at: string;
  rewards?: Reward[];
  passes?: Pass[];
};
export type Reversal = { reward_id: string; participant_id: string; level: number; amount: Money };
export type Refund = {
  id: string;
  external_id: string;
  conversion_id: string;
  amount: Money;
  reversals: Reversal[];
  created_at: string;
};
export type TraceLine = {
  rule: string;
  level: number;
  participant_id: string | null;
  name?: string | null;
  verdict: "grant" | "pass";
  amount?: Money;
  reason?: string;
  message: string;
  arithmetic: string[];
  inputs: Record<string, unknown>;
};
export type Trace = {
  conversion: Conversion;
  plan: { id: string; version: number; name: string } | null;
  facts: Record<string, unknown>;
  lines: TraceLine[];
  reversals: Reversal[];
};
export type Referral = {
  id: string;
  advocate_id: string;
  referee_id: string;
  referee_name?: string | null;
  level?: number;
  leg_participant_id?: string | null;
  status: string;
  created_at: string;
};
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
export type ApiKey = {
  id: string;
  name: string;
  scopes: string[];
  prefix?: string;
  created_at: string;
  last_used_at?: string | null;
};
export type NewApiKey = ApiKey & { secret: string };
