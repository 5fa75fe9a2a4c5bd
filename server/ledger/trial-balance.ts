/** What moved from the accounts of one purse to those of another, in one currency. */
export type Movement = { currency: string; debitPurse: string; creditPurse: string; total: string };

/** All accounts of one purse in one currency together. */
export type TrialLine = {
  purse: string;
  currency: string;
  debitMinor: bigint;
  creditMinor: bigint;
  /** What is there: a credit adds. */
  balanceMinor: bigint;
};

export type TrialBalance = {
  lines: TrialLine[];
  totals: { currency: string; debitMinor: bigint; creditMinor: bigint; isBalanced: boolean }[];
};

/** The order in which money moves. */
const PURSES = ["funding", "fx", "pending", "held", "available", "clearing", "paid"];

/** Every account class with what was taken and what was added; in each currency both add up to the same. */
export function trialBalanceOf(movements: readonly Movement[]): TrialBalance {
  const lines = new Map<string, TrialLine>();
  const lineOf = (purse: string, currency: string): TrialLine => {
    const key = `${currency} ${purse}`;
    const known = lines.get(key);
    if (known) return known;
    const line = { purse, currency, debitMinor: 0n, creditMinor: 0n, balanceMinor: 0n };
    lines.set(key, line);
    return line;
  };
  for (const { currency, debitPurse, creditPurse, total } of movements) {
    const minor = BigInt(total);
    const debit = lineOf(debitPurse, currency);
    debit.debitMinor += minor;
    debit.balanceMinor -= minor;
    const credit = lineOf(creditPurse, currency);
    credit.creditMinor += minor;
    credit.balanceMinor += minor;
  }
  const sorted = [...lines.values()].sort(
    (a, b) => a.currency.localeCompare(b.currency, "en") || PURSES.indexOf(a.purse) - PURSES.indexOf(b.purse),
  );
  return { lines: sorted, totals: totalsOf(sorted) };
}

function totalsOf(lines: readonly TrialLine[]): TrialBalance["totals"] {
  return [...new Set(lines.map(({ currency }) => currency))].map((currency) => {
    const mine = lines.filter((line) => line.currency === currency);
    const debitMinor = mine.reduce((sum, line) => sum + line.debitMinor, 0n);
    const creditMinor = mine.reduce((sum, line) => sum + line.creditMinor, 0n);
    const balanceMinor = mine.reduce((sum, line) => sum + line.balanceMinor, 0n);
    return {
      currency,
      debitMinor,
      creditMinor,
      isBalanced: debitMinor === creditMinor && balanceMinor === 0n,
    };
  });
}
