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

/** Where a followed link leads, with the code and, when one was stored, the click. */
export function destinationOf(base: string, code: string, clickId: string | null): string {
  const joiner = base.includes("?") ? "&" : "?";
  const [address = "", fragment] = base.split("#", 2);
  const query = `ref=${code}${clickId ? `&click=${clickId}` : ""}`;
  return `${address}${joiner}${query}${fragment === undefined ? "" : `#${fragment}`}`;
}
