/** What a transfer from or to an account of exchange was reckoned by. */
export type ExchangeBasis = {
  rateId: string;
  /** A decimal: what one unit of the foreign currency is worth. */
  rate: string;
  validFrom: string;
  source: string;
};
