import type { CounterUse } from "./counter.ts";
import { settleAndKeep } from "./settled-conversion.ts";
import type { SettlementFacts } from "./settlement.ts";
import { countersOf } from "./tally.ts";

/** Settles one conversion after another on counters that are locked: what one of them uses, the next one sees. */
export class SettlementTurn {
  readonly #values: Map<string, bigint>;
  readonly #qualified: Set<string>;
  readonly #uses: CounterUse[] = [];

  /** `qualified`: the buyers whose referral is qualified by now, as far as that was looked at again. */
  constructor(values: ReadonlyMap<string, bigint>, qualified: ReadonlySet<string>) {
    this.#values = new Map(values);
    this.#qualified = new Set(qualified);
  }

  /** What all of them have used so far. */
  get uses(): readonly CounterUse[] {
    return this.#uses;
  }

  settle(found: SettlementFacts) {
    const { participantId } = found.conversion;
    const facts: SettlementFacts = {
      ...found,
      isQualified: found.isQualified || this.#qualified.has(participantId),
      counters: { get: (key) => this.#values.get(key) ?? 0n },
    };
    const kept = settleAndKeep(facts);
    const { uses, qualifies } = kept.settlement;
    if (qualifies) this.#qualified.add(participantId);
    for (const use of uses) {
      this.#values.set(use.key, (this.#values.get(use.key) ?? 0n) + use.amount);
      this.#uses.push(use);
    }
    // Whoever explains it looks at the counters as they stood then, not as the next ones have left them.
    return { facts: { ...facts, counters: countersOf(kept.settlement.readings) }, ...kept };
  }
}
