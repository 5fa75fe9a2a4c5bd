/** What a page may say about a program's rewards, in the words of its plan. */
export type Offer = {
  /** What a participant earns, one sentence for each rule. */
  sentences: string[];
  /** What makes an advocate earn. */
  triggers: OfferTrigger[];
};

export type OfferTrigger = "signup" | "purchase" | "other";

/** Said before somebody joins: who gains from it, and who pays. */
export function disclosure(offer: Offer, advocate: string, program: string): string {
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
