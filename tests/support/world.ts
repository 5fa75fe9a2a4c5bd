import { recordClickCounts } from "../../server/clicks/record-click-counts.ts";
import { recordClicks } from "../../server/clicks/record-clicks.ts";
import type { ConversionReport, RefundRow } from "../../server/conversions/conversion.ts";
import { findConversion } from "../../server/conversions/find-conversion.ts";
import { deliverEvents } from "../../server/events/deliver-events.ts";
import type { Balance } from "../../server/ledger/balance.ts";
import { findBalances } from "../../server/ledger/find-balances.ts";
import { recordCheckpoints } from "../../server/ledger/record-checkpoints.ts";
import type { Language } from "../../server/messages/language.ts";
import type { Identity, Participant } from "../../server/participants/participant.ts";
import { setDirectLimits } from "../../server/participants/set-direct-limits.ts";
import { setOpenPlaces } from "../../server/participants/set-open-places.ts";
import type { Database, Reader, Tx } from "../../server/platform/database.ts";
import { emailHash } from "../../server/primitives/email.ts";
import { Refusal } from "../../server/primitives/refusal.ts";
import { findProgram } from "../../server/programs/find-program.ts";
import type { Overflow } from "../../server/programs/program.ts";
import { setNetworkTerms } from "../../server/programs/set-network-terms.ts";
import { attributeSignups } from "../../server/referrals/attribute-signups.ts";
import type { Referral } from "../../server/referrals/referral.ts";
import type { Signup } from "../../server/referrals/signup.ts";
import { createPlan } from "../../server/rewards/create-plan.ts";
import { createPlanCache } from "../../server/rewards/create-plan-cache.ts";
import { findSettlementFacts } from "../../server/rewards/find-settlement-facts.ts";
import { launchProgram } from "../../server/rewards/launch-program.ts";
import { publishPlan } from "../../server/rewards/publish-plan.ts";
import { releaseDueRewards } from "../../server/rewards/release-due-rewards.ts";
import { reverseRewards } from "../../server/rewards/reverse-rewards.ts";
import { type Settled, settleConversions } from "../../server/rewards/settle-conversions.ts";
import { subscribers } from "../../server/worker.ts";

/** Somebody who joined, with their link. */
export type Person = Participant &
  Identity & { link: { id: string; code: string }; referral: Referral | null };

export type WorldOptions = {
  template?: "two-level" | "points" | null;
  currency?: string;
  timeZone?: string;
  name?: string;
  /** When everybody joins, for purchases of the past; now, where it is left out. */
  joinedAt?: Date;
};

export type JoinOptions = {
  under?: Pick<Person, "link"> | undefined;
  click?: string;
  visitor?: string;
  /** The token of an invitation. */
  invitation?: string;
  /** Codes and clicks of the past, as a caller tells them. */
  carried?: readonly { code?: string; click?: string; at?: Date }[];
  externalId?: string;
  email?: string;
  country?: string;
  segment?: string;
  language?: Language;
  channel?: string;
};

export type BuyOptions = {
  /** Minor units; without it the program's default margin decides. */
  profit?: number;
  at?: Date;
  kind?: string;
  product?: string;
  externalId?: string;
  /** Another than the program's. */
  currency?: string;
};

const SYSTEM = { kind: "system" } as const;
const REQUEST_ID = "req_of_a_test";
const EMAIL_KEY = "the key of a test";
/** How long transactions of other tests in the same cluster may hold back what is final. */
const WORK_MS_MAX = 10_000;
const AGAIN_MS = 5;

/** A program of its own in the test's database, moved by the same verbs as the real one. */
export async function createWorld(db: Database, options: WorldOptions = {}): Promise<World> {
  const { template = "two-level", currency = "INR", timeZone = "UTC", name = "A small world" } = options;
  const programId = db.newId("prg");
  await db.write(programId, (tx) =>
    launchProgram(tx, { name, currency, timeZone, destinationUrl: null }, template, SYSTEM),
  );
  return new World(db, programId, currency, options.joinedAt ?? null);
}

export class World {
  readonly db: Database;
  readonly programId: string;
  readonly currency: string;
  readonly plans = createPlanCache();
  readonly #joinedAt: Date | null;
  #count = 0;

  constructor(db: Database, programId: string, currency: string, joinedAt: Date | null = null) {
    this.#joinedAt = joinedAt;
    this.db = db;
    this.programId = programId;
    this.currency = currency;
  }

  read<T>(fn: (reader: Reader) => Promise<T>): Promise<T> {
    return this.db.read(this.programId, fn);
  }

  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.db.write(this.programId, fn);
  }

  /** Enrols somebody, under an advocate's link or after a click. A refused sign-up throws its refusal. */
  async join(name: string, options: JoinOptions = {}): Promise<Person> {
    const [person] = await this.joinTogether([{ name, ...options }]);
    return person as Person;
  }

  /** Several in one batch, in this order. */
  async joinTogether(wishes: readonly ({ name: string } & JoinOptions)[]): Promise<Person[]> {
    const signups = wishes.map((wish) => this.#signup(wish.name, wish));
    const outcomes = await this.write(async (tx) => {
      const program = await findProgram(tx);
      const moment = this.#joinedAt === null ? {} : { now: this.#joinedAt };
      return attributeSignups(Object.assign(tx, moment), program, signups);
    });
    return outcomes.map((outcome, index) => {
      if (outcome.kind === "enrolled")
        return { ...outcome.person, link: outcome.link, referral: outcome.referral };
      const isRefused = outcome.kind === "refused";
      throw isRefused ? outcome.refusal : new Error(`${wishes[index]?.name} is enrolled already`);
    });
  }

  #signup(name: string, options: JoinOptions): Signup {
    const email =
      options.email ?? `${name.toLowerCase().replace(/\W+/g, ".")}.${++this.#count}@friends.example`;
    const code = options.under?.link.code ?? null;
    const clickId = options.click ?? null;
    const visitorId = options.visitor ?? null;
    const invitationToken = options.invitation ?? null;
    const carried = (options.carried ?? []).map((one) => ({
      ...{ code: one.code ?? null, clickId: one.click ?? null, at: one.at ?? null },
    }));
    return {
      name,
      email,
      emailHash: emailHash(email, EMAIL_KEY),
      externalId: options.externalId ?? null,
      country: options.country ?? null,
      segment: options.segment ?? null,
      language: options.language ?? null,
      isEmailUnique: false,
      isNameShown: false,
      hasMarketingConsent: false,
      referral:
        code === null &&
        clickId === null &&
        invitationToken === null &&
        visitorId === null &&
        carried.length === 0
          ? null
          : {
              code,
              clickId,
              invitationToken,
              visitorId,
              carried,
              channel: options.channel ?? null,
              isRequired: false,
            },
    };
  }

  /** A visit to somebody's link; answers the click's id. */
  async visit(person: Pick<Person, "id" | "link">, visitor: string | null = null): Promise<string> {
    const click = { linkId: person.link.id, participantId: person.id };
    const [id] = await this.write((tx) =>
      recordClicks(tx, [
        { ...click, addressHash: null, referrerHost: null, device: null, channel: null, visitorId: visitor },
      ]),
    );
    return id as string;
  }

  /** A purchase of `amount` minor units, recorded and settled. A refused one throws its refusal. */
  async buy(person: Pick<Person, "id">, amount: number, options: BuyOptions = {}): Promise<Settled> {
    const report: ConversionReport = {
      kind: options.kind ?? "purchase",
      externalId: options.externalId ?? `order-${++this.#count}`,
      participant: person.id,
      amount: this.#money(amount, options.currency),
      profit: options.profit === undefined ? null : this.#money(options.profit, options.currency),
      occurredAt: options.at ?? null,
      product: options.product ?? null,
      metadata: null,
      fingerprint: `${person.id} ${amount}`,
    };
    const reported = [{ report, actor: SYSTEM, requestId: REQUEST_ID }];
    const [outcome] = await this.db.writeSeeing(
      this.programId,
      (reader) => findSettlementFacts(reader, [report], this.plans),
      (tx, desk) => settleConversions(tx, reported, desk),
    );
    if (outcome?.kind === "settled") return outcome;
    throw outcome?.kind === "refused" ? outcome.refusal : new Refusal("external_id_reused");
  }

  /** Takes back a part of a purchase, or, without an amount, what is left of it. */
  async refund(sale: Settled, amount?: number, currency?: string): Promise<RefundRow> {
    return this.write(async (tx) => {
      const conversion = await findConversion(tx, sale.conversion.id);
      const { id, amountMinor, refundedMinor, originalCurrency } = conversion;
      const { refund } = await reverseRewards(tx, {
        kind: "refund",
        conversion: id,
        externalId: `refund-${++this.#count}`,
        amount: this.#money(
          amount ?? Number(amountMinor - refundedMinor),
          currency ?? originalCurrency ?? undefined,
        ),
      });
      return refund;
    });
  }

  /** Puts another plan in force; purchases from then on are settled by it. */
  async publish(document: object): Promise<number> {
    return this.write(async (tx) => {
      const draft = await createPlan(tx, document);
      return (await publishPlan(tx, draft.id, null)).version ?? 0;
    });
  }

  /** What a plan would say about direct referrals, without publishing one. */
  async limit(directLimit: number | null, overflow: Overflow): Promise<void> {
    await this.write(async (tx) => {
      await setNetworkTerms(tx, { directLimit, overflow, attributionWindowDays: 30 });
      await setDirectLimits(tx, directLimit);
      await setOpenPlaces(tx, overflow === "spillover");
    });
  }

  /** A time by which all so far has been written, and after which all that comes is. */
  async moment(): Promise<Date> {
    const now = () => this.write(async (tx) => tx.now);
    const moment = await now();
    while ((await now()).getTime() <= moment.getTime());
    return moment;
  }

  async balances(person: Pick<Person, "id">): Promise<Balance[]> {
    return this.read((reader) => findBalances(reader, person.id));
  }

  /** Makes available what has waited out its hold; answers how many rewards. */
  async release(): Promise<number> {
    return this.write(releaseDueRewards);
  }

  /** Lets the worker's part happen now: sign-ups settled, counters and checkpoints up to everything written. */
  async work(): Promise<void> {
    const written = await this.write(async (tx) => tx.position);
    const until = Date.now() + WORK_MS_MAX;
    let isResting = false;
    while (!isResting) {
      if (Date.now() > until) throw new Error("The worker's part did not come to rest");
      const isFinal = (await this.read((reader) => this.db.horizon(reader))) > written;
      isResting = (await this.#workOnce()) === 0 && isFinal;
      if (!isResting) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    await recordCheckpoints(this.db, this.programId);
  }

  async #workOnce(): Promise<number> {
    let done = await recordClickCounts(this.db, this.programId);
    for (const subscriber of subscribers(this))
      done += await deliverEvents(this.db, this.programId, subscriber);
    return done;
  }

  #money(minor: number, currency = this.currency): { minor: bigint; currency: string } {
    return { minor: BigInt(minor), currency };
  }
}
