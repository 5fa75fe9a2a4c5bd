import { type LinkParameters, withParameters } from "../links/link-parameters.ts";
import type { Id } from "../primitives/id.ts";

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

const PLAIN = /^[\x21-\x7e]*$/;
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

type Place = { isActive: boolean; url: string | null; parameters: LinkParameters };

/** A link that is off leads to our own page, which says so; one without a place of its own to the same page. */
export function baseOf({ isActive, url, parameters }: Place, publicUrl: string): string {
  const page = `${publicUrl}/join`;
  return isActive ? (url ?? withParameters(page, parameters)) : page;
}

/** Where the links of an advocate lead; the id of a click goes in between. */
export type Landing = { before: string; after: string };

export function landingOf(base: string, code: string): Landing {
  // A header carries plain letters only.
  const written = PLAIN.test(base) ? base : new URL(base).href;
  const [address = "", fragment] = written.split("#", 2);
  const joiner = address.includes("?") ? "&" : "?";
  return {
    before: `${address}${joiner}ref=${code}`,
    after: fragment === undefined ? "" : `#${fragment}`,
  };
}

/** Where a followed link leads, with the code and, when one was stored, the click. */
export function destinationOf({ before, after }: Landing, clickId: string | null): string {
  return clickId === null ? before + after : `${before}&click=${clickId}${after}`;
}
