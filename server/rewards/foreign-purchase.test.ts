import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { expectRefused, type MoneyDesk, openMoneyDesk } from "../../tests/support/money-desk.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { ExchangeRateAnswer } from "../programs/contract.ts";
import type { ConversionAnswer, TraceAnswer } from "./contract.ts";
import { twoLevel } from "./templates/two-level.ts";

const database = useDatabase();
let world: World;
let desk: MoneyDesk;
let anna: Person;
let bob: Person;
let carol: Person;
let count = 0;

beforeAll(async () => {
  world = await createWorld(database.db, { timeZone: "Asia/Kolkata", joinedAt: new Date("2026-06-01") });
  desk = await openMoneyDesk(world);
  anna = await world.join("Anna");
  bob = await world.join("Bob", { under: anna });
  carol = await world.join("Carol", { under: bob });
});
afterAll(() => desk.close());

const enter = (currency: string, rate: string, valid_from = "2026-01-01", source = "a bank") =>
  desk.post<ExchangeRateAnswer>("/v1/exchange_rates", { currency, rate, valid_from, source });
const buy = (currency: string, amount: number, profit: number | null, fields: object = {}) =>
  desk.buy(carol, `order-${++count}`, amount, {
    amount: { amount, currency },
    ...(profit === null ? {} : { profit: { amount: profit, currency } }),
    occurred_at: "2026-06-15T12:00:00Z",
    ...fields,
  });
/** What the program's own accounts hold because of a purchase, by account without its owner. */
const booked = (order: ConversionAnswer) =>
  world.read(async (reader) => {
    const rows = await reader.many<{ account: string; minor: string }>(sql`
      select split_part(account_id, '_', 2) || ' ' || split_part(account_id, '_', 3) as account, sum(amount_minor)::text as minor
        from ledger_entries
       where subject_id = any(${order.rewards.map(({ id }) => id)}) group by 1 order by 1`);
    return Object.fromEntries(rows.map(({ account, minor }) => [account, Number(minor)]));
  });

describe("a purchase in another currency", () => {
  it("is refused while there is no rate for its day", async () => {
    expectRefused(await buy("EUR", 5_000, null), 422, "no_exchange_rate");
    await enter("EUR", "98.5", "2026-06-16");
    expectRefused(await buy("EUR", 5_000, null), 422, "no_exchange_rate");
    expectRefused(await buy("PTS", 5, null), 422, "no_exchange_rate");
    const { body } = await buy("EUR", 5_000, null);
    expect(body).toMatchObject({ errors: [{ pointer: "/amount/currency", code: "no_exchange_rate" }] });
  });

  it("is settled in the program's currency, and answer, trace and ledger say by which rate", async () => {
    await enter("USD", "83.2575", "2026-06-01", "ECB");
    const bought = await buy("USD", 5_000, 1_001);
    expect(bought.status).toBe(201);
    // 50.00 × 83.2575 and 10.01 × 83.2575, both cut to the paisa.
    expect(bought.body).toMatchObject({
      amount: { amount: 416_287, currency: "INR" },
      profit: { amount: 83_340, currency: "INR" },
      original: { amount: { amount: 5_000, currency: "USD" }, profit: { amount: 1_001, currency: "USD" } },
    });
    expect(bought.body.rewards.map(({ amount }) => amount)).toEqual([
      { amount: 4_167, currency: "INR" },
      { amount: 833, currency: "INR" },
    ]);
    const trace = await desk.get<TraceAnswer>(`/v1/conversions/${bought.body.id}/trace`);
    expect(trace.body.facts.exchange).toEqual({
      currency: "USD",
      rate: "83.2575",
      valid_from: "2026-06-01",
      source: "ECB",
    });
    // 41.67 ÷ 83.2575 = 0.5005…, 8.33 ÷ 83.2575 = 0.1000…
    expect(await booked(bought.body)).toEqual({
      "INR available": 5_000,
      "INR fx": -5_000,
      "USD funding": -60,
      "USD fx": 60,
    });
    expect(await desk.broken()).toEqual([]);
  });

  it("takes the latest rate from its day or before, of one day the one entered last", async () => {
    const rate = async (occurred_at: string) =>
      (await buy("GBP", 10_000, null, { occurred_at })).body.amount.amount;
    await enter("GBP", "100", "2026-03-01");
    await enter("GBP", "110", "2026-03-10");
    await enter("GBP", "105", "2026-03-05");
    expect(await rate("2026-03-04T12:00:00Z")).toBe(1_000_000);
    expect(await rate("2026-03-07T12:00:00Z")).toBe(1_050_000);
    // In Kolkata the tenth has begun.
    expect(await rate("2026-03-09T18:29:59Z")).toBe(1_050_000);
    expect(await rate("2026-03-09T18:30:00Z")).toBe(1_100_000);
    await enter("GBP", "111", "2026-03-10");
    expect(await rate("2026-03-12T00:00:00Z")).toBe(1_110_000);
  });

  it.each([
    ["JPY", "0.5612345678", 10_000, 561_234],
    ["KWD", "271.5", 1_234, 33_503],
    ["IDR", "0.0051", 1, 0],
  ])("counts the digits of %s", async (currency, rate, amount, expected) => {
    await enter(currency, rate);
    expect((await buy(currency, amount, null)).body.amount).toEqual({ amount: expected, currency: "INR" });
  });

  it("cuts a loss towards zero, and cannot have a profit in a third currency", async () => {
    await enter("AUD", "55.5555");
    expect((await buy("AUD", 1_000, -1)).body.profit).toEqual({ amount: -55, currency: "INR" });
    const profit = { amount: 1, currency: "USD" };
    expectRefused(await buy("AUD", 1_000, null, { profit }), 422, "wrong_currency");
  });

  it("can be too large once exchanged", async () => {
    await enter("CHF", "95");
    expectRefused(await buy("CHF", 1e15, null), 422, "amount_too_large");
  });
});

describe("a refund of a purchase in another currency", () => {
  it("is in that currency, counted by the purchase's own rate, and ends at nothing for everyone", async () => {
    await enter("NZD", "51.3333333333", "2026-02-01");
    const bought = (await buy("NZD", 9_999, 3_333)).body;
    // A later rate changes nothing.
    await enter("NZD", "60", "2026-02-01");
    expectRefused(await desk.refund(bought.id, `${bought.id}-inr`, 100), 422, "wrong_currency");
    let counted = 0;
    for (const [index, part] of [1, 3_333, 7, 6_000].entries()) {
      const { status, body } = await desk.refund(bought.id, `${bought.id}-${index}`, part, "NZD");
      expect(status).toBe(201);
      counted += body.counted.amount;
      expect(await desk.broken()).toEqual([]);
    }
    expect(counted).toBeLessThan(bought.amount.amount);
    expectRefused(
      await desk.refund(bought.id, `${bought.id}-over`, 659, "NZD"),
      422,
      "refund_exceeds_purchase",
    );
    const last = await desk.refund(bought.id, `${bought.id}-last`, 658, "NZD");
    expect(counted + last.body.counted.amount).toBe(bought.amount.amount);
    expect(new Set(Object.values(await booked(bought)))).toEqual(new Set([0]));
    expect(await desk.broken()).toEqual([]);
  });

  it("taken by the bank comes back through the same pair", async () => {
    await enter("SGD", "61.7");
    const bought = (await buy("SGD", 10_000, 5_000)).body;
    const before = await booked(bought);
    const money = { external_id: `${bought.id}-bank`, amount: { amount: 9_999, currency: "SGD" } };
    const taken = await desk.post<{ id: string }>(`/v1/conversions/${bought.id}/chargebacks`, money);
    expect(taken.status).toBe(201);
    expect(await booked(bought)).not.toEqual(before);
    await desk.post(`/v1/chargebacks/${taken.body.id}/reverse`);
    expect(await booked(bought)).toEqual(before);
    expect(await desk.broken()).toEqual([]);
  });
});

describe("an exchange rate", () => {
  it.each([
    [{ rate: "0" }, "/rate"],
    [{ rate: "1.00000000001" }, "/rate"],
    [{ rate: "eighty" }, "/rate"],
    [{ currency: "INR" }, "/currency"],
    [{ currency: "XQQ" }, "/currency"],
    [{ valid_from: "2026-02-30" }, "/valid_from"],
  ])("cannot be %j", async (wrong, pointer) => {
    const answer = await desk.post("/v1/exchange_rates", {
      ...{ currency: "USD", rate: "83", valid_from: "2026-01-01", source: "ECB" },
      ...wrong,
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: "invalid_exchange_rate", errors: [{ pointer }] },
    });
  });

  it("is listed as it was entered, and cannot be changed", async () => {
    const made = await enter("CAD", "61.50");
    const { body } = await desk.get<{ data: ExchangeRateAnswer[] }>("/v1/exchange_rates?currency=CAD");
    expect(body.data).toEqual([made.body]);
    expect(made.body).toMatchObject({ rate: "61.5", valid_from: "2026-01-01", source: "a bank" });
    await expect(world.write((tx) => tx.run(sql`update exchange_rates set rate = 1`))).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe("a refund of what is worth nothing in the program's currency", () => {
  it("takes milestones back with the whole of it, and not with a part", async () => {
    const money = (amount: number, currency = "INR") => ({ amount, currency });
    const own = await createWorld(database.db, { template: null });
    const ownDesk = await openMoneyDesk(own);
    const rules = [
      { id: "share", rule: "fixed_amount", on: "purchase", levels: [{ level: 1, amount: money(1_000) }] },
      { id: "each", rule: "milestone_bonus", on: "qualified", every: 1, pays: money(500) },
    ];
    const terms = { examples: [], rules, hold_days: 0, on_refund: { milestones: "take_back" } };
    await own.publish({ ...(twoLevel.document("INR") as object), ...terms });
    const advocate = await own.join("Anna");
    const buyer = await own.join("Bob", { under: advocate });
    const rate = { currency: "IDR", rate: "0.005", valid_from: "2020-01-01", source: "a bank" };
    await ownDesk.post("/v1/exchange_rates", rate);
    const bought = await ownDesk.buy(buyer, "small", 100, { amount: money(100, "IDR") });
    expect(bought.body).toMatchObject({ amount: money(0) });
    const left = async () => (await own.balances(advocate))[0]?.available;
    expect((await ownDesk.refund("ext:small", "part", 50, "IDR")).status).toBe(201);
    expect(await left()).toBe(1_500);
    expect((await ownDesk.refund("ext:small", "rest", 50, "IDR")).status).toBe(201);
    expect(await left()).toBe(0);
    await ownDesk.close();
  });
});
