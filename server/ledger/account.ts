/** Which pocket of its owner an account is. A program has the first two, participants have the others. */
const PURSES = ["funding", "fx", "pending", "held", "available", "clearing", "paid"] as const;
export type Purse = (typeof PURSES)[number];

export type AccountId = `acc_${string}`;

/** An account's id says its currency, purse and owner: the schema compares the currency with the transfer's. */
export function accountId(currency: string, purse: Purse, ownerId: string): AccountId {
  return `acc_${currency}_${purse}_${ownerId}`;
}

export function parseAccountId(id: string): { currency: string; purse: Purse; ownerId: string } {
  const [, currency = "", purse = "", ...owner] = id.split("_");
  return { currency, purse: purse as Purse, ownerId: owner.join("_") };
}
