import { exponentOf, type Money } from "../primitives/money.ts";

/** A name and how often it comes up, beside the others of its list. */
export type Weighted = { name: string; weight: number };

/** How the customers of one segment buy: orders around a median, spread like a log-normal, of a margin. */
export type SimulatedSegment = Weighted & {
  /** Times the median order of the network. */
  order: number;
  /** Standard deviation of the order's logarithm. */
  deviation: number;
  /** The part of an order that is profit, 0 to 1. */
  margin: number;
  /** Times as many orders as others. */
  activity: number;
};

export type Simulation = {
  seed: number;
  participants: number;
  /** Calendar months from `startsAt`. */
  months: number;
  currency: string;
  startsAt?: Date;
  /** Purchases in all; ten for each participant where it is left out. */
  purchases?: number;
  /** The median order, in minor units. */
  orderMedian?: number;
  directLimit?: number | null;
  /** How many levels stand below somebody who came alone. */
  depthMax?: number;
  /** The part of the sign-ups that came through an advocate, 0 to 1, as far as anybody has room. */
  referredShare?: number;
  /** 0.05: each month brings a twentieth more than the one before. */
  monthlyGrowth?: number;
  /** `share` of the purchases, of these `partialShare` not the whole; after `delayDays` on average. */
  refunds?: { share: number; partialShare: number; delayDays: number };
  segments?: readonly SimulatedSegment[];
  countries?: readonly Weighted[];
  channels?: readonly Weighted[];
  products?: readonly Weighted[];
};

/** Participants and purchases are numbered from 0. Someone who came alone has no advocate, and came by no channel. */
export type SimulatedStep = SimulatedSignup | SimulatedPurchase | SimulatedRefund;

export type SimulatedSignup = {
  kind: "signup";
  at: Date;
  participant: number;
  advocate: number | null;
  country: string;
  channel: string | null;
  segment: string;
};

export type SimulatedPurchase = {
  kind: "purchase";
  at: Date;
  purchase: number;
  participant: number;
  amount: Money;
  profit: Money;
  product: string;
};

export type SimulatedRefund = {
  kind: "refund";
  at: Date;
  purchase: number;
  participant: number;
  amount: Money;
};

export type SimulationTerms = Required<Simulation>;

const PURCHASES_EACH = 10;
const ORDER_MEDIAN_MAJOR = 60;

const USUAL = {
  startsAt: new Date(Date.UTC(2026, 0, 1)),
  directLimit: null,
  depthMax: 16,
  referredShare: 0.8,
  monthlyGrowth: 0.06,
  refunds: { share: 0.06, partialShare: 0.35, delayDays: 9 },
  segments: [
    { name: "occasional", weight: 70, order: 0.8, deviation: 0.6, margin: 0.2, activity: 0.7 },
    { name: "regular", weight: 25, order: 1.2, deviation: 0.5, margin: 0.22, activity: 2 },
    { name: "business", weight: 5, order: 4, deviation: 0.8, margin: 0.16, activity: 2.5 },
  ],
  countries: weighted({ IN: 70, US: 8, GB: 5, AE: 5, DE: 4, SG: 4, AU: 2, CA: 2 }),
  channels: weighted({ whatsapp: 45, link: 20, instagram: 12, email: 11, qr: 7, facebook: 5 }),
  products: weighted({ basic: 55, plus: 30, premium: 15 }),
} as const satisfies Partial<Simulation>;

/** What the options leave out, as it usually is. */
export function termsOf(simulation: Simulation): SimulationTerms {
  return {
    purchases: simulation.participants * PURCHASES_EACH,
    orderMedian: ORDER_MEDIAN_MAJOR * 10 ** exponentOf(simulation.currency),
    ...USUAL,
    ...simulation,
  };
}

function weighted(weights: Record<string, number>): Weighted[] {
  return Object.entries(weights).map(([name, weight]) => ({ name, weight }));
}
