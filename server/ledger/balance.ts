import type { Purse } from "./account.ts";

/** What a participant has in one currency, in minor units. */
export type Balance = { currency: string; pending: number; available: number; held: number; paid: number };

type ShownPurse = "pending" | "available" | "held" | "paid";
const SHOWN: readonly string[] = ["pending", "available", "held", "paid"] satisfies ShownPurse[];

/** What one account holds. */
export type BalanceRow = { ownerId: string; purse: Purse; currency: string; balanceMinor: bigint };

/** One line per currency, in alphabetical order. */
export function balancesOf(
  rows: readonly Pick<BalanceRow, "purse" | "currency" | "balanceMinor">[],
): Balance[] {
  const balances = new Map<string, Balance>();
  for (const row of rows) {
    const balance = balances.get(row.currency) ?? emptyBalance(row.currency);
    if (isShown(row.purse)) balance[row.purse] += Number(row.balanceMinor);
    balances.set(row.currency, balance);
  }
  return [...balances.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** The balance after a movement of `amount` signed minor units in one purse. */
export function moveBalance(
  balances: Balance[],
  move: { purse: string; currency: string; amount: number },
): Balance[] {
  const { purse } = move;
  if (!isShown(purse)) return balances;
  const old = balances.find((balance) => balance.currency === move.currency) ?? emptyBalance(move.currency);
  const rest = balances.filter((balance) => balance.currency !== move.currency);
  return [...rest, { ...old, [purse]: old[purse] + move.amount }].sort((a, b) =>
    a.currency < b.currency ? -1 : 1,
  );
}

function emptyBalance(currency: string): Balance {
  return { currency, pending: 0, available: 0, held: 0, paid: 0 };
}

function isShown(purse: string): purse is ShownPurse {
  return SHOWN.includes(purse);
}
