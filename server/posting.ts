import type { Posting } from "./invitations/post-invitation-mails.ts";
import { findOffer } from "./rewards/find-offer.ts";
import type { PlanCache } from "./rewards/find-plans.ts";
import type { Gift } from "./welcome/offer.ts";

/** What the mails of invitations tell of the offer: the plan stands below the room that writes them. */
export function offerFinder(plans: PlanCache): Posting["findOffer"] {
  return async (reader, language) => {
    // The words of a plan are English.
    if (language !== "en") return null;
    const offer = await findOffer(reader, plans, new Date());
    const [gift] = offer?.gifts ?? [];
    return gift ? giftSentence(gift) : null;
  };
}

function giftSentence({ amount, act, conditions }: Gift): string {
  return [`You get ${amount} for ${act}.`, ...conditions].join(" ");
}
