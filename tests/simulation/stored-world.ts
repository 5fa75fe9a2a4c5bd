import { expect } from "vitest";
import type { Database } from "../../server/platform/database.ts";
import { reinstateParticipant } from "../../server/referrals/reinstate-participant.ts";
import { suspendParticipant } from "../../server/referrals/suspend-participant.ts";
import type { ConversionAnswer } from "../../server/rewards/contract.ts";
import { createPlanCache } from "../../server/rewards/create-plan-cache.ts";
import { verifyHistory } from "../../server/rewards/verify-history.ts";
import { type MoneyDesk, openMoneyDesk } from "../support/money-desk.ts";
import { createWorld, type Person as Joined, type World as Stored } from "../support/world.ts";
import type { Conversion, Person, World } from "./facts.ts";
import { Model } from "./model.ts";
import type { History, Step } from "./worlds.ts";

type Sale = { conversion: Conversion; answer: ConversionAnswer };
type Chargeback = { id: string; conversion: Conversion; minor: bigint };
type Convert = Extract<Step, { kind: "convert" }>;

/** One history on the real database, through the doors, beside the model; answers its program. */
export async function playStored(db: Database, history: History): Promise<string> {
  const game = await StoredGame.begin(db, history.world);
  try {
    for (const steps of together(history.steps)) await game.play(steps);
    await game.compareBooks();
    return game.programId;
  } finally {
    await game.close();
  }
}

/** What is reported at the same moment: purchases that follow each other. */
function together(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.kind === "convert" && last?.[0]?.kind === "convert") last.push(step);
    else groups.push([step]);
  }
  return groups;
}

class StoredGame {
  readonly #model: Model;
  readonly #stored: Stored;
  readonly #desk: MoneyDesk;
  /** Nobody buys before this moment: the plan is in force from it. */
  readonly #openedAt: number;
  readonly #sales: Sale[] = [];
  readonly #chargebacks: Chargeback[] = [];
  #count = 0;

  private constructor(model: Model, stored: Stored, desk: MoneyDesk, openedAt: number) {
    this.#model = model;
    this.#stored = stored;
    this.#desk = desk;
    this.#openedAt = openedAt;
  }

  static async begin(db: Database, world: World): Promise<StoredGame> {
    const stored = await createWorld(db, { template: null, timeZone: world.timeZone });
    const people = await joinAll(stored, world.people);
    await stored.publish(world.plan);
    const openedAt = (await stored.write(async (tx) => tx.now)).getTime();
    const model = new Model({ ...world, people, margin: DEFAULT_MARGIN });
    return new StoredGame(model, stored, await openMoneyDesk(stored), openedAt);
  }

  get programId(): string {
    return this.#stored.programId;
  }

  close(): Promise<void> {
    return this.#desk.close();
  }

  async play(steps: readonly Step[]): Promise<void> {
    const [step] = steps;
    switch (step?.kind) {
      case "convert":
        await this.#buy(steps.filter((one) => one.kind === "convert"));
        break;
      case "refund":
        await this.#refund(step);
        break;
      case "reverse":
        await this.#reverse(step);
        break;
      case "status":
        await this.#setStatus(step);
        break;
    }
    await this.#compareBalances();
  }

  /** All at once, and each of them twice. */
  async #buy(steps: readonly Convert[]): Promise<void> {
    const wishes = steps.map((step) => this.#wish(step));
    const answers = await Promise.all(
      [...wishes, ...wishes].map(({ buyer, externalId, amount, fields }) =>
        this.#desk.buy(buyer, externalId, amount, fields),
      ),
    );
    const sent = wishes.map((wish, index) => ({
      wish,
      twice: [answers[index], answers[index + wishes.length]],
    }));
    for (const { twice } of sent) {
      expect(twice.map((answer) => answer?.status).sort()).toEqual([200, 201]);
      expect(twice[0]?.body).toEqual(twice[1]?.body);
    }
    const settled = sent.map(({ wish, twice }) => ({ wish, answer: twice[0]?.body as ConversionAnswer }));
    // Ids of one maker are in order: they say who came first, and so what the others found counted.
    settled.sort((a, b) => (a.answer.id < b.answer.id ? -1 : 1));
    for (const { wish, answer } of settled) this.#compare(wish.step, answer);
  }

  #compare({ trigger, amount, profit, product }: Convert, answer: ConversionAnswer): void {
    const conversion: Conversion = {
      id: this.#sales.length,
      buyer: answer.participant_id,
      kind: trigger,
      amount: BigInt(amount),
      profit: profit === null ? null : BigInt(profit),
      occurredAt: Date.parse(answer.occurred_at),
      product,
    };
    this.#sales.push({ conversion, answer });
    expect(linesOf(answer)).toEqual(this.#model.settle(conversion).lines);
  }

  #wish(step: Convert) {
    const { people } = this.#model.world;
    const buyer = people[people.length - 1 - (step.buyer % people.length)] as Person;
    const money = (amount: number) => ({ amount, currency: this.#stored.currency });
    const isLate = "day" in step.at && step.at.day % 2 === 1;
    const fields = {
      kind: step.trigger,
      ...(step.profit === null ? {} : { profit: money(step.profit) }),
      ...(step.product === null ? {} : { product: step.product }),
      ...(isLate ? { occurred_at: new Date(this.#openedAt + 1).toISOString() } : {}),
    };
    return { step, buyer, externalId: `order-${++this.#count}`, amount: step.amount, fields };
  }

  async #refund({ which, part }: Extract<Step, { kind: "refund" }>): Promise<void> {
    const { books } = this.#model;
    const open = this.#sales.filter(({ conversion }) => conversion.amount > books.refundedTotal(conversion));
    const sale = open[which % open.length];
    if (!sale) return;
    const { conversion, answer } = sale;
    const left = Number(conversion.amount - books.refundedTotal(conversion));
    const minor = Math.min(left, Math.ceil(Number(conversion.amount) * part));
    const externalId = `refund-${++this.#count}`;
    const isChargeback = which % 2 === 0;
    const send = () =>
      isChargeback
        ? this.#desk.chargeback(answer.id, externalId, minor)
        : this.#desk.refund(answer.id, externalId, minor);
    const twice = await Promise.all([send(), send()]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 201]);
    this.#model.refund(conversion, BigInt(minor));
    if (isChargeback) this.#chargebacks.push({ id: twice[0].body.id, conversion, minor: BigInt(minor) });
    const more = await this.#desk.refund(answer.id, `${externalId}-more`, left - minor + 1);
    expect(more.status).toBe(422);
  }

  async #reverse({ which }: Extract<Step, { kind: "reverse" }>): Promise<void> {
    const [chargeback] =
      this.#chargebacks.length === 0 ? [] : this.#chargebacks.splice(which % this.#chargebacks.length, 1);
    if (!chargeback) return;
    const { status } = await this.#desk.post(`/v1/chargebacks/${chargeback.id}/reverse`, {});
    expect(status).toBe(200);
    this.#model.refund(chargeback.conversion, -chargeback.minor);
  }

  async #setStatus({ who, status }: Extract<Step, { kind: "status" }>): Promise<void> {
    const { people } = this.#model.world;
    const { id } = people[who % people.length] as Person;
    await this.#stored.write((tx) =>
      status === "active" ? reinstateParticipant(tx, id) : suspendParticipant(tx, id, "As the history says."),
    );
    this.#model.setStatus(id, status);
  }

  async #compareBalances(): Promise<void> {
    const expected = this.#model.books.balances();
    for (const { id } of this.#model.world.people) {
      const lines = await this.#stored.balances({ id: id as Joined["id"] });
      for (const { currency, pending, available, held, paid } of lines)
        expect([id, currency, BigInt(pending + available + held + paid)]).toEqual([
          id,
          currency,
          expected.get(`${id} ${currency}`) ?? 0n,
        ]);
      const seen = new Set(lines.map(({ currency }) => `${id} ${currency}`));
      for (const [key, minor] of expected)
        if (key.startsWith(`${id} `) && !seen.has(key)) expect([key, minor]).toEqual([key, 0n]);
    }
  }

  async compareBooks(): Promise<void> {
    await this.#stored.work();
    await this.#compareBalances();
    expect(await this.#desk.broken()).toEqual([]);
    const deep = await verifyHistory(this.#stored.db, this.programId, createPlanCache());
    expect(deep.filter(({ ok }) => !ok)).toEqual([]);
  }
}

/** What a program begins with. */
const DEFAULT_MARGIN = "100";

/** Everybody joins before there is a plan, so that nothing is paid for joining. */
async function joinAll(stored: Stored, people: readonly Person[]): Promise<Person[]> {
  const joined = new Map<string, Joined>();
  const all: Person[] = [];
  for (const [index, person] of people.entries()) {
    const under = person.advocate === null ? undefined : joined.get(person.advocate);
    const one = await stored.join(`Person ${index}`, {
      under,
      ...(person.country === null ? {} : { country: person.country }),
      ...(person.segment === null ? {} : { segment: person.segment }),
      ...(person.channel === null ? {} : { channel: person.channel }),
    });
    joined.set(person.id, one);
    all.push({
      ...person,
      id: one.id,
      advocate: under?.id ?? null,
      referral: "counts",
      referredAt: one.referral?.createdAt.getTime() ?? 0,
      channel: under ? person.channel : null,
    });
  }
  return all;
}

/** What an answer says of each level, as the model says it. */
export function linesOf({ rewards, passes }: ConversionAnswer): string[] {
  return [
    ...passes.map(
      ({ rule, level, participant_id: who, reason }) =>
        `${rule} level ${level} passes ${who ?? "nobody"}: ${reason}`,
    ),
    ...rewards.map(
      ({ rule, level, participant_id: who, amount, status }) =>
        `${rule} level ${level} pays ${who} ${amount.amount} ${amount.currency}${status === "held" ? " held" : ""}`,
    ),
  ].sort();
}
