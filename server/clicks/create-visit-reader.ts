import { createHmac } from "node:crypto";
import { LRUCache } from "lru-cache";
import { isKnownBot } from "./bot.ts";
import { type Click, deviceOf, referrerHost } from "./click.ts";
import type { Destination } from "./find-destination.ts";

/** What a request, or a customer's server, says of whoever came. */
export type Visit = {
  ip: string | undefined;
  referrer: string | undefined;
  userAgent: string | undefined;
  /** Only of somebody who agreed to be known again. */
  visitorId?: string | undefined;
  /** Where it was shared, as the address says; it counts before what the link says of itself. */
  channel?: string | null;
};

export type VisitReader = {
  /** A known bot: following a link must have no side effect for it. */
  isKnownBot(userAgent: string | undefined): boolean;
  /** What is kept of a visit. */
  clickOf(destination: Destination, visit: Visit): Omit<Click, "id">;
};

const USER_AGENTS_MAX = 5_000;
const ADDRESSES_MAX = 20_000;
const REFERRERS_MAX = 2_000;
/** Longer texts are read each time: what a stranger sends must not fill the memory. */
const KEPT_CHARS_MAX = 300;

/**
 * Visitors use few browsers and come from few pages, and one who comes again has the same address: what was
 * read once from such a text is kept for a while.
 */
export function createVisitReader(addressKey: string): VisitReader {
  const isBot = remember(USER_AGENTS_MAX, isKnownBot);
  const device = remember(USER_AGENTS_MAX, deviceOf);
  const host = remember(REFERRERS_MAX, (referrer) => referrerHost(referrer));
  const hash = remember(ADDRESSES_MAX, (address) => hashAddress(address, addressKey));
  return {
    isKnownBot: (userAgent) => userAgent !== undefined && isBot(userAgent),
    clickOf: (destination, { ip, referrer, userAgent, visitorId, channel }) => ({
      linkId: destination.linkId,
      participantId: destination.participantId,
      addressHash: ip === undefined ? null : hash(ip),
      referrerHost: referrer === undefined ? null : host(referrer),
      device: userAgent === undefined ? null : device(userAgent),
      channel: channel ?? destination.channel,
      visitorId: visitorId ?? null,
    }),
  };
}

function remember<Value extends string | boolean | null>(
  max: number,
  read: (text: string) => Value,
): (text: string) => Value {
  const known = new LRUCache<string, { value: Value }>({ max });
  return (text) => {
    const kept = known.get(text);
    if (kept) return kept.value;
    const value = read(text);
    if (text.length <= KEPT_CHARS_MAX) known.set(text, { value });
    return value;
  };
}

function hashAddress(address: string, key: string): string {
  return createHmac("sha256", key).update(address).digest("base64url").slice(0, 22);
}
