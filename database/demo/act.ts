import type { Person } from "./people.ts";

/** One arrival through somebody's link. */
export type Visit = { advocate: string; visitor: string; referrer: string | null; userAgent: string };

/** How somebody came: through a friend's link a little earlier, by a code nobody has, or by themselves. */
export type Origin =
  | { kind: "visit"; visit: Visit; at: Date }
  | { kind: "code"; code: string }
  | { kind: "alone" };

export type Act =
  | { kind: "visits"; at: Date; visits: Visit[] }
  | { kind: "join"; at: Date; person: Person; origin: Origin }
  | { kind: "purchases"; at: Date; orders: Order[] }
  | { kind: "refund"; at: Date; externalId: string; order: string; amount: number }
  | { kind: "release"; at: Date };

export type Join = Extract<Act, { kind: "join" }>;

export type Story = { seed: number; startsAt: Date; acts: Act[] };

export type Order = {
  externalId: string;
  buyer: string;
  at: Date;
  /** Paise. */
  amount: number;
  profit: number;
  product: string;
};
