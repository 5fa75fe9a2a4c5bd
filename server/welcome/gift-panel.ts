import { type Fragment, type Html, html } from "../primitives/html.ts";
import type { Gift } from "./offer.ts";

/** "You get ₹200.00 for your first order over ₹1,000.00." */
export function giftSentence(gifts: readonly Gift[]): string | null {
  if (gifts.length === 0) return null;
  const parts = gifts.map(({ amount, act }) => `${amount} for ${act}`);
  return `You get ${new Intl.ListFormat("en").format(parts)}.`;
}

/** What somebody gets for coming, as an amount, with what it asks and until when it holds. */
export function giftPanel(gifts: readonly Gift[], timeZone: string): Html | null {
  if (gifts.length === 0) return null;
  return html`<ul class="gifts" aria-label="What you get">${gifts.map(
    (gift) => html`<li>
<b class="figures">${gift.amount}</b><span>for ${gift.act}</span>
${gift.promotion && html`<span class="until">Until ${dayText(gift.promotion.until, timeZone)}: usually ${gift.promotion.usual}.</span>`}
${gift.conditions.length > 0 && html`<span class="fine">${gift.conditions.join(" ")}</span>`}
</li>
`,
  )}</ul>`;
}

/** The steps on the way to it. */
export function giftSteps(gifts: readonly Gift[]): [string, Fragment][] {
  return gifts
    .filter(({ trigger }) => trigger !== "signup")
    .map(({ amount, act, withinDays }) => [
      `You get ${amount}`,
      `For ${act}${withinDays === null ? "" : `, within ${withinDays} days of joining`}. You see it on your page by itself.`,
    ]);
}

/** A day as people write it, where the program is. */
export function dayText(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone }).format(at);
}
