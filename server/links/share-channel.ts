/** Where links are passed on from our share sheet. What comes back from there is marked, so that channels can be compared. */
export const SHARE_CHANNELS = [
  "whatsapp",
  "sms",
  "email",
  "x",
  "facebook",
  "linkedin",
  "telegram",
  "copy",
  "native",
  "qr",
] as const;
export type ShareChannel = (typeof SHARE_CHANNELS)[number];

const NAMES: ReadonlySet<string> = new Set(SHARE_CHANNELS);
const MARK = /[?&]ch=([a-z]{1,16})(?:&|$)/;

/** The link with the mark of where it is shared. */
export function sharedUrl(url: string, channel: ShareChannel): string {
  return `${url}?ch=${channel}`;
}

/** The mark in an address that somebody follows; null where there is none of ours. */
export function markedChannel(address: string): ShareChannel | null {
  // Most links carry nothing.
  if (!address.includes("?")) return null;
  const name = MARK.exec(address)?.[1];
  return name !== undefined && isShareChannel(name) ? name : null;
}

function isShareChannel(name: string): name is ShareChannel {
  return NAMES.has(name);
}

export type ChannelCount = {
  /** "" for what carries no mark. */
  channel: string;
  shares: number;
  clicks: number;
  signups: number;
  qualified: number;
  rewarded: number;
};

/**
 * What this program's people use comes first: what brought somebody before what was only opened, and that before
 * what was only tapped. What nobody has used yet keeps our order.
 */
export function orderOfUse(counts: readonly ChannelCount[]): ShareChannel[] {
  const weight = (channel: ShareChannel): readonly number[] => {
    const count = counts.find((one) => one.channel === channel);
    return count ? [count.signups, count.clicks, count.shares] : [0, 0, 0];
  };
  const isBefore = (one: readonly number[], other: readonly number[]): number => {
    const at = one.findIndex((value, index) => value !== other[index]);
    return at === -1 ? 0 : (other[at] ?? 0) - (one[at] ?? 0);
  };
  return [...SHARE_CHANNELS].sort((one, other) => isBefore(weight(one), weight(other)));
}
