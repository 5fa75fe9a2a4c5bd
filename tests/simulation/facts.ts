/** What a simulated world is made of. The plan is the document as it is written; nothing here comes from the server. */

export type PlainMoney = { amount: number; currency: string };

export type PlainWhen = {
  amount_above?: PlainMoney;
  nth?: { from?: number; to?: number };
  within_days?: number;
  countries?: string[];
  channels?: string[];
  products?: string[];
  segments?: string[];
  tiers?: string[];
  active?: true;
};

export type PlainLevel = {
  level: number;
  rate?: string;
  by_tier?: Record<string, string>;
  amount?: PlainMoney;
  points?: number;
};

export type PlainRule = {
  id: string;
  rule: string;
  on: string;
  when?: PlainWhen;
  levels?: PlainLevel[];
  /** percent_of_reward */
  of?: string;
  /** milestone_bonus */
  every?: number;
  at?: number[];
  pays?: PlainMoney;
  /** coupon */
  label?: string;
  value?: { percent: string };
};

export type PlainPlan = {
  name: string;
  currency: string;
  direct_limit: number | null;
  overflow: string;
  inactive_upline: "lapse" | "hold" | "compress";
  hold_days: number;
  attribution_window_days: number;
  composition: "all" | "first" | "best";
  rules: PlainRule[];
  qualifies?: { on: string; when?: PlainWhen };
  tiers?: {
    id: string;
    name: string;
    at_least: { qualified?: number; points?: number };
    multiplier?: string;
  }[];
  caps?: { id: string; scope: string; period: string; amount: PlainMoney; rules?: string[] }[];
  on_refund?: { caps?: "give_back" | "keep"; milestones?: "take_back" | "keep" };
};

export type PlainPromotion = {
  id: string;
  document: {
    name: string;
    starts_at: string;
    ends_at: string;
    rules?: string[];
    levels?: number[];
    when?: PlainWhen;
    multiplier?: string;
    add?: PlainMoney;
    budget?: PlainMoney;
    advocates_max?: number;
  };
};

export type Status = "active" | "suspended" | "inactive" | "erased";

export type Person = {
  id: string;
  /** Null: came alone. */
  advocate: string | null;
  referral: "counts" | "no_reward" | "rejected";
  referredAt: number;
  country: string | null;
  channel: string | null;
  segment: string | null;
};

export type World = {
  plan: PlainPlan;
  promotions: PlainPromotion[];
  people: Person[];
  timeZone: string;
  /** The percent of an amount that is profit where none was sent. */
  margin: string;
};

export type Conversion = {
  id: number;
  buyer: string;
  kind: string;
  amount: bigint;
  profit: bigint | null;
  occurredAt: number;
  product: string | null;
};

/** Somebody above the buyer, nearest first. */
export type Above = { id: string; status: Status | "over_limit" };
