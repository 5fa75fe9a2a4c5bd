import type { ParticipantId } from "../participants/participant.ts";
import type { MovedMoney, NameOf } from "../referrals/reassignment.ts";
import { leftOf, type Resettled, refundedPart } from "./resettlement.ts";

/** What each person has of the conversions now, and has when they are settled again; those who win or lose nothing are left out. */
export function movedMoney(resettled: readonly Resettled[]): MovedMoney[] {
  const sums = new Map<string, { who: ParticipantId; currency: string; before: bigint; after: bigint }>();
  const add = (who: ParticipantId, currency: string, before: bigint, after: bigint): void => {
    const sum = sums.get(`${who} ${currency}`) ?? { who, currency, before: 0n, after: 0n };
    sums.set(`${who} ${currency}`, {
      ...sum,
      ...{ before: sum.before + before, after: sum.after + after },
    });
  };
  for (const { row, grants, keptRewards, takenRewards } of resettled) {
    for (const reward of keptRewards)
      add(reward.participantId, reward.currency, leftOf(reward), leftOf(reward));
    for (const reward of takenRewards) add(reward.participantId, reward.currency, leftOf(reward), 0n);
    for (const { to, amount } of grants)
      add(to, amount.currency, 0n, amount.minor - refundedPart(row, amount.minor));
  }
  return [...sums.values()]
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => (a.who === b.who ? compare(a.currency, b.currency) : compare(a.who, b.who)))
    .map(({ who, currency, before, after }) => ({
      ...{ participant_id: who, currency, before: Number(before), after: Number(after) },
    }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

/** What leaves those who had it, in the program's currency: more than a limit needs a second person. */
export function movedMinor(money: readonly MovedMoney[], currency: string): bigint {
  const own = money.filter((one) => one.currency === currency);
  const gained = own.reduce((sum, { before, after }) => sum + Math.max(0, after - before), 0);
  const lost = own.reduce((sum, { before, after }) => sum + Math.max(0, before - after), 0);
  return BigInt(Math.max(gained, lost));
}

export function movedMoneyWire({ participant_id, currency, before, after }: MovedMoney, nameOf: NameOf) {
  return {
    ...{ participant_id, participant_name: nameOf(participant_id) },
    ...{ before: { amount: before, currency }, after: { amount: after, currency } },
  };
}
