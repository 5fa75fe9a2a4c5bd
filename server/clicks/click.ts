import type { Landing } from "../links/landing.ts";
import type { Id } from "../primitives/id.ts";
import { type Signing, signatureQuery } from "./referral-signature.ts";

export type ClickId = Id<"clk">;

/** One arrival through a link, as it is stored: nothing that names the visitor. */
export type Click = {
  id: ClickId;
  linkId: string;
  participantId: string;
  addressHash: string | null;
  referrerHost: string | null;
  device: "phone" | "computer" | null;
  /** Where the link was shared when it was followed. */
  channel: string | null;
  /** A random id that the visitor's own browser keeps; only where they agreed to it. */
  visitorId: string | null;
};

const PHONE = /mobi|android|iphone|ipad/i;

export function deviceOf(userAgent: string | undefined): Click["device"] {
  if (!userAgent) return null;
  return PHONE.test(userAgent) ? "phone" : "computer";
}

/** The host of the page that sent the visitor; its path may say more than we should keep. */
export function referrerHost(referrer: string | undefined): string | null {
  if (!referrer || !URL.canParse(referrer)) return null;
  return new URL(referrer).hostname.slice(0, 253) || null;
}

/** Where a followed link leads, with the code and, when one was stored, the click and what proves both. */
export function destinationOf(
  { before, after }: Landing,
  { code, signing }: { code: string; signing: Signing | null },
  clickId: string | null,
  now: number,
): string {
  if (clickId === null) return before + after;
  const proof = signing === null ? "" : signatureQuery(code, clickId, signing, now);
  return `${before}&click=${clickId}${proof}${after}`;
}
