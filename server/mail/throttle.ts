/** How many mails may go out in a minute; null: as many as there are. */
export type Rates = { perMinute: number | null; perDomainMinute: number | null };

/** What the installation offers where a program says nothing. */
export const RATES_DEFAULT: Rates = { perMinute: 3_000, perDomainMinute: 600 };

export type Allowance = {
  /** So many may be claimed now. */
  mails: number;
  /** Domains that have had their share of this minute. */
  fullDomains: string[];
  /** What is left for a domain that had some of its share. */
  left: { domain: string; mails: number }[];
  /** What is left for every other domain. */
  perDomain: number;
};

/** What may still go out in this minute, after what was tried in the last sixty seconds. */
export function allowanceOf(
  { perMinute, perDomainMinute }: Rates,
  tried: readonly { domain: string; mails: number }[],
  batchMax: number,
): Allowance {
  const all = tried.reduce((sum, { mails }) => sum + mails, 0);
  const left =
    perDomainMinute === null
      ? []
      : tried.map(({ domain, mails }) => ({ domain, mails: perDomainMinute - mails }));
  return {
    mails: Math.max(0, perMinute === null ? batchMax : Math.min(batchMax, perMinute - all)),
    fullDomains: left.filter(({ mails }) => mails <= 0).map(({ domain }) => domain),
    left: left.filter(({ mails }) => mails > 0),
    perDomain: perDomainMinute ?? batchMax,
  };
}
