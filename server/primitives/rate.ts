/** A share in millionths: 5 % is 50 000. Whole, so that no arithmetic on it is ever inexact. */
export type Rate = bigint & { readonly rate: unique symbol };

export const RATE_ONE = 1_000_000n as Rate;

const PERCENT = /^(\d{1,3})(?:\.(\d{1,4}))?$/;

/** Reads a decimal percent ("5", "12.5", at most four decimals, 0 to 100); null when it is none. */
export function parsePercent(text: string): Rate | null {
  const match = PERCENT.exec(text);
  if (!match) return null;
  const rate = BigInt(match[1] ?? "0") * 10_000n + BigInt((match[2] ?? "").padEnd(4, "0"));
  return rate <= RATE_ONE ? (rate as Rate) : null;
}

const MULTIPLIER = /^(\d{1,4})(?:\.(\d{1,4}))?$/;

/** Reads a percent that may exceed the whole ("150", at most four decimals, below 10,000); null when it is none. */
export function parseMultiplier(text: string): Rate | null {
  const match = MULTIPLIER.exec(text);
  return match && ((BigInt(match[1] ?? "0") * 10_000n + BigInt((match[2] ?? "").padEnd(4, "0"))) as Rate);
}

/** The shortest decimal percent of a rate: 50 000 → "5". */
export function formatPercent(rate: Rate): string {
  const whole = rate / 10_000n;
  const fraction = (rate % 10_000n).toString().padStart(4, "0").replace(/0+$/, "");
  return fraction === "" ? whole.toString() : `${whole}.${fraction}`;
}
