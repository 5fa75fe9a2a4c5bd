import assert from "node:assert/strict";
import type { ParticipantId } from "../../server/participants/participant.ts";
import { periodName } from "../../server/rewards/cap.ts";
import { capKey, pointsKey, qualifiedKey, spentKey } from "../../server/rewards/counter.ts";
import { isBoundedByProfit } from "../../server/rewards/plan.ts";
import { settle } from "../../server/rewards/settlement.ts";
import { Engine } from "./engine.ts";
import type { Conversion } from "./facts.ts";
import { Model } from "./model.ts";
import { type History, momentOf, type Step } from "./worlds.ts";

/** How often each answer came up, so that a test can see that the worlds reach it. */
export type Sightings = Map<string, number>;

/** Plays a history on the model and on the engine, and compares them after every step. */
export function play({ world, steps }: History, sightings: Sightings = new Map()): void {
  const game = new Game(world, sightings);
  for (const step of steps) {
    game.step(step);
    game.compareCounters();
    game.checkInvariants();
  }
}

type Refund = { conversion: Conversion; minor: bigint; isReversed: boolean };

class Game {
  readonly #model: Model;
  readonly #engine: Engine;
  readonly #sightings: Sightings;
  readonly #refunds: Refund[] = [];

  constructor(world: History["world"], sightings: Sightings) {
    this.#sightings = sightings;
    this.#model = new Model(world);
    this.#engine = new Engine(world);
  }

  step(step: Step): void {
    switch (step.kind) {
      case "convert":
        this.#convert(step);
        break;
      case "refund":
        this.#refund(step);
        break;
      case "reverse":
        this.#reverse(step);
        break;
      case "status": {
        const { people } = this.#model.world;
        this.#model.setStatus(people[step.who % people.length]?.id ?? "", step.status);
      }
    }
  }

  #convert(step: Extract<Step, { kind: "convert" }>): void {
    const model = this.#model;
    const { people, promotions } = model.world;
    const person = people[people.length - 1 - (step.buyer % people.length)];
    if (!person) return;
    const isSignup = step.trigger === "signup";
    const conversion: Conversion = {
      id: model.books.conversions().length,
      buyer: person.id,
      kind: step.trigger,
      amount: isSignup ? 0n : BigInt(step.amount),
      profit: isSignup || step.profit === null ? null : BigInt(step.profit),
      occurredAt: momentOf(step, person),
      product: isSignup ? null : step.product,
    };
    const surroundings = {
      person,
      referral: model.books.referralOf(person.id),
      above: model.books.above(person.id),
    };
    const { lines } = model.settle(conversion);
    this.#note(lines.map(answerIn));
    const own = model.books.granted.filter((one) => one.conversion === conversion);
    this.#note(own.flatMap((one) => (one.isCut ? ["cut"] : [])));
    this.#note(model.books.spent.flatMap(({ granted }) => (own.includes(granted) ? ["promoted"] : [])));
    const { lines: found, facts } = this.#engine.settle(conversion, surroundings);
    assert.deepEqual(found, lines);
    // The same facts give the same verdicts, in whatever order the upline comes.
    assert.deepEqual(settle({ ...facts, upline: facts.upline.toReversed() }), settle(facts));
    if (promotions.length === 0 && isBoundedByProfit(this.#engine.plan)) this.#checkProfit(conversion);
  }

  #refund({ which, part }: Extract<Step, { kind: "refund" }>): void {
    const model = this.#model;
    const open = model.books.conversions().filter((one) => one.amount > model.books.refundedTotal(one));
    const conversion = open[which % open.length];
    if (!conversion) return;
    const left = conversion.amount - model.books.refundedTotal(conversion);
    const asked = BigInt(Math.ceil(Number(conversion.amount) * part));
    this.#giveBack(conversion, asked > left ? left : asked);
  }

  #reverse({ which }: Extract<Step, { kind: "reverse" }>): void {
    const open = this.#refunds.filter(({ isReversed }) => !isReversed);
    const refund = open[which % open.length];
    if (!refund) return;
    refund.isReversed = true;
    this.#compareRefund(refund.conversion, -refund.minor);
  }

  #giveBack(conversion: Conversion, minor: bigint): void {
    this.#refunds.push({ conversion, minor, isReversed: false });
    this.#compareRefund(conversion, minor);
  }

  #compareRefund(conversion: Conversion, minor: bigint): void {
    const lines = this.#model.refund(conversion, minor);
    assert.deepEqual(this.#engine.refund(conversion, minor), lines);
    this.#note(lines.map(() => (minor > 0n ? "reversal" : "restoration")));
  }

  compareCounters(): void {
    const model = this.#model;
    const { people, promotions } = model.world;
    for (const { id } of people) {
      const person = id as ParticipantId;
      assert.equal(this.#engine.counter(qualifiedKey(person)), BigInt(model.books.qualifiedOf(id)));
      assert.equal(this.#engine.counter(pointsKey(person)), model.books.pointsOf(id));
    }
    for (const { id, document } of promotions)
      if (document.budget)
        assert.equal(this.#engine.counter(spentKey(id as `pro_${string}`)), model.books.spentBy(id));
    const last = model.books.conversions().at(-1);
    if (last) this.#compareCaps(last);
  }

  #compareCaps(last: Conversion): void {
    const { people, plan, timeZone } = this.#model.world;
    for (const { id, scope, period } of plan.caps ?? []) {
      if (period === "conversion") continue;
      const name = periodName(period as "ever", new Date(last.occurredAt), timeZone);
      for (const who of scope === "program" ? [""] : people.map((person) => person.id)) {
        const counted = this.#engine.counter(capKey(id, who as ParticipantId, name));
        assert.equal(counted, this.#model.books.countedUnder(id, who, last));
      }
    }
  }

  /** What must hold whatever the language says. */
  checkInvariants(): void {
    const model = this.#model;
    const hasReversed = this.#refunds.some(({ isReversed }) => isReversed);
    for (const granted of model.books.granted) {
      const takenBack = model.books.takenBack(granted);
      assert.ok(granted.amount > 0n && takenBack >= 0n && takenBack <= granted.amount);
      const { conversion } = granted;
      const total = model.books.refundedTotal(conversion);
      assert.ok(total >= 0n && total <= conversion.amount);
      if (total === conversion.amount && total > 0n) assert.equal(takenBack, granted.amount);
      // What a reversed chargeback gives back was earned before; a cap that is full by then does not take it away.
      if (hasReversed) continue;
      for (const id of granted.caps) {
        const cap = model.world.plan.caps?.find((one) => one.id === id);
        assert.ok(model.books.countedUnder(id, granted.who, conversion) <= BigInt(cap?.amount.amount ?? 0));
      }
    }
    for (const { id, document } of model.world.promotions) {
      const { budget, advocates_max: peopleMax } = document;
      if (budget && !hasReversed) assert.ok(model.books.spentBy(id) <= BigInt(budget.amount));
      if (peopleMax) assert.ok(model.books.peopleOf(id).size <= peopleMax);
    }
  }

  #checkProfit(conversion: Conversion): void {
    const profit = this.#model.books.profitOf(conversion);
    const paid = this.#model.books.granted
      .filter((one) => one.conversion === conversion && one.currency === this.#model.world.plan.currency)
      .reduce((sum, { amount }) => sum + amount, 0n);
    assert.ok(paid <= (profit > 0n ? profit : 0n));
  }

  #note(answers: string[]): void {
    for (const answer of answers) this.#sightings.set(answer, (this.#sightings.get(answer) ?? 0) + 1);
  }
}

/** "grant", "held", or the reason of a pass. */
function answerIn(line: string): string {
  if (!line.includes(" pays ")) return line.slice(line.indexOf(": ") + 2);
  return line.endsWith(" held") ? "held" : "grant";
}
