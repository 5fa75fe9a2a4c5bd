import type { NewId } from "../primitives/id.ts";
import type { LoggedFact } from "./logged-fact.ts";

/** The ids that were drawn for a fact, to be drawn again in the same order; beyond them, new ones. */
export class DrawnIds {
  readonly #left: string[];
  readonly newId: NewId;

  constructor(fact: LoggedFact, newId: NewId) {
    this.#left = idsOf(fact);
    this.newId = <Prefix extends string>(prefix: Prefix) => {
      const index = this.#left.findIndex((id) => id.startsWith(`${prefix}_`));
      if (index === -1) return newId(prefix);
      return this.#left.splice(index, 1)[0] as `${Prefix}_${string}`;
    };
  }

  /** Drawn then, and not now: less came of the fact here. */
  get left(): readonly string[] {
    return this.#left;
  }
}

function idsOf(fact: LoggedFact): string[] {
  switch (fact.fact) {
    case "conversion":
      return [fact.id, ...fact.rewards];
    case "reassignment":
      return [
        fact.id,
        ...(fact.former === null ? [fact.referral] : []),
        ...fact.conversions.flatMap(({ rewards }) => rewards),
      ];
    case "rate":
    case "plan":
    case "promotion":
    case "refund":
    case "redemption":
      return [fact.id];
    case "program":
    case "promotion_end":
    case "participant":
    case "status":
    case "visit":
    case "referral":
    case "waiting_refunds":
    case "chargeback_reversal":
    case "release":
    case "resume":
    case "expiry":
    case "redemption_reversal":
    case "coupon_use":
    case "write_off":
      return [];
  }
}
