/** What a page may say about a program's rewards, in the words of its plan. */
export type Offer = {
  /** What a participant earns, one sentence for each rule. */
  sentences: string[];
  /** What makes an advocate earn. */
  triggers: OfferTrigger[];
  /** What the friend gets; empty where the plan has nothing for them. */
  gifts: Gift[];
};

export type OfferTrigger = "signup" | "purchase" | "other";

/** Something the plan has for whoever was invited, as it stands now. */
export type Gift = {
  /** "₹200.00", "10 % of the amount". */
  amount: string;
  /** What it is for, after "for": "joining", "your first order over ₹1,000.00". */
  act: string;
  /** What must be done for it. */
  trigger: GiftTrigger;
  /** Who it is for, one sentence each; empty where it is for everybody. */
  conditions: string[];
  /** Countries it is for; null is everywhere. */
  countries: readonly string[] | null;
  /** Days after joining; null: without end. */
  withinDays: number | null;
  /** Why it is more than usual at the moment, and until when. */
  promotion: { name: string; until: Date; usual: string } | null;
};

export type GiftTrigger = "signup" | "verified" | "purchase" | "other";

/** Said before somebody joins: who gains from it, and who pays. */
export function whoGains(offer: Offer, advocate: string, program: string): string {
  const acts = [
    ...(offer.triggers.includes("signup") ? ["join"] : []),
    ...(offer.triggers.includes("purchase") ? ["buy"] : []),
    ...(offer.triggers.includes("other") ? ["use it"] : []),
  ];
  if (acts.length === 0) return "";
  return `${advocate} may earn when you ${acts.join(" or ")}. ${program} pays that, not you.`;
}

/** True when nobody earns without a purchase; only then may a page say so. */
export function earnsFromPurchasesOnly(offer: Offer): boolean {
  return offer.triggers.length > 0 && offer.triggers.every((trigger) => trigger === "purchase");
}

/** The countries somebody is asked about; null when it makes no difference where they live. */
export function countriesAsked(offer: Offer | null): string[] | null {
  const named = (offer?.gifts ?? []).flatMap(({ countries }) => countries ?? []);
  return named.length === 0 ? null : [...new Set(named)].sort();
}
