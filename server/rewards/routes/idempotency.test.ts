import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../../tests/support/database.ts";
import { type MoneyDesk, openMoneyDesk } from "../../../tests/support/money-desk.ts";
import { createWorld, type Person, type World } from "../../../tests/support/world.ts";
import { twoLevel } from "../templates/two-level.ts";

const database = useDatabase();
const inr = (amount: number) => ({ amount, currency: "INR" });
const wall = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19);

let world: World;
let desk: MoneyDesk;
let anna: Person;
let ben: Person;
const known: Record<string, string> = {};

const PLAN = {
  ...(twoLevel.document("INR") as object),
  ...{ examples: [], hold_days: 0 },
  rules: [
    { id: "share", rule: "percent_of_profit", on: "purchase", levels: [{ level: 1, rate: "5" }] },
    { id: "points", rule: "points", on: "purchase", levels: [{ level: 1, points: 100 }] },
    {
      ...{ id: "thanks", rule: "coupon", on: "purchase", levels: [{ level: 1 }], label: "Thanks" },
      ...{ value: { percent: "10" }, expires_days: 30, when: { nth: { to: 1 } } },
    },
  ],
};

beforeAll(async () => {
  world = await createWorld(database.db, { template: null });
  await world.publish(PLAN);
  anna = await world.join("Anna");
  ben = await world.join("Ben", { under: anna });
  const sale = await world.buy(ben, 500_000);
  desk = await openMoneyDesk(world);
  const { code } = await world.read((reader) =>
    reader.one<{ code: string }>(sql`select code from coupons where program_id = ${reader.programId}`),
  );
  Object.assign(known, { sale: sale.conversion.id, anna: anna.id, code });
});
afterAll(() => desk.close());

type Body = Record<string, unknown>;
type Case = {
  name: string;
  path: string;
  body?: () => Body;
  /** Another body for the same path; left out where there is none. */
  other?: () => Body;
  /** Under this name the id of what came of it is known to those after it. */
  as?: string;
};

const purchase = (amount: number) => ({ external_id: "order-1", participant: ben.id, amount: inr(amount) });
const rule = (amount: number) => ({ document: { ...PLAN, hold_days: amount } });

/**
 * Each door through which something happens, in an order in which each has what it needs. Rows sent in bulk have no key
 * of their own: each is told by its external id.
 */
const CASES: Case[] = [
  { name: "a purchase", path: "/conversions", body: () => purchase(1_000), other: () => purchase(1_001) },
  {
    name: "a refund",
    path: "/conversions/{sale}/refunds",
    body: () => ({ external_id: "refund-1", amount: inr(100) }),
    other: () => ({ external_id: "refund-2", amount: inr(100) }),
  },
  {
    name: "a chargeback",
    path: "/conversions/{sale}/chargebacks",
    body: () => ({ external_id: "bank-1", amount: inr(100) }),
    other: () => ({ external_id: "bank-2", amount: inr(100) }),
    as: "chargeback",
  },
  { name: "the reversal of a chargeback", path: "/chargebacks/{chargeback}/reverse" },
  {
    name: "a redemption",
    path: "/participants/{anna}/redemptions",
    body: () => ({ currency: "PTS", amount: 10 }),
    other: () => ({ currency: "PTS", amount: 11 }),
    as: "redemption",
  },
  { name: "the reversal of a redemption", path: "/participants/{anna}/redemptions/{redemption}/reverse" },
  {
    name: "the use of a coupon",
    path: "/coupons/{code}/redeem",
    body: () => ({ external_id: "shop-1" }),
    other: () => ({ external_id: "shop-2" }),
  },
  {
    name: "an exchange rate",
    path: "/exchange_rates",
    body: () => ({ currency: "USD", rate: "83.25", valid_from: "2026-01-01", source: "ECB" }),
    other: () => ({ currency: "USD", rate: "83.26", valid_from: "2026-01-01", source: "ECB" }),
  },
  {
    name: "a promotion",
    path: "/promotions",
    body: () => promotion("Double"),
    other: () => promotion("Triple"),
    as: "promotion",
  },
  { name: "the end of a promotion", path: "/promotions/{promotion}/end" },
  { name: "a draft", path: "/plans", body: () => rule(3), other: () => rule(4), as: "plan" },
  {
    name: "a replay",
    path: "/plans/{plan}/replay",
    body: () => ({ source: { kind: "history" } }),
    other: () => ({ source: { kind: "history", to: "2026-01-01T00:00:00Z" } }),
    as: "replay",
  },
  { name: "the end of a replay", path: "/replays/{replay}/cancel" },
  {
    name: "a publication",
    path: "/plans/{plan}/publish",
    body: () => ({ from: known["from"] ?? "" }),
    other: () => ({}),
  },
  { name: "a withdrawal", path: "/plans/{plan}/withdraw" },
];

const promotion = (name: string) => ({
  document: { name, starts_at: wall(1), ends_at: wall(2), multiplier: "200", budget: inr(1_000) },
});

describe("asked again with the same idempotency key", () => {
  it.each(CASES)(
    "$name happens once, and answers what it answered",
    async ({ name, path, body, other, as }) => {
      known["from"] ??= new Date(Date.now() + 86_400_000).toISOString();
      const url = (to: string) => `/v1${to.replace(/\{(\w+)\}/g, (_, key: string) => known[key] ?? key)}`;
      const key = `once-${name.replaceAll(" ", "-")}`;
      const first = await desk.post<{ id?: string }>(url(path), body?.(), key);
      expect(first.status, JSON.stringify(first.body)).toBeLessThan(300);
      if (as) known[as] = first.body.id ?? "";
      expect(await desk.post(url(path), body?.(), key)).toEqual(first);
      const wrong = other
        ? await desk.post(url(path), other(), key)
        : await desk.post(
            "/v1/exchange_rates",
            { currency: "EUR", rate: "90", valid_from: "2026-01-01", source: "x" },
            key,
          );
      expect(wrong).toMatchObject({ status: 422, body: { code: "idempotency_key_reused" } });
    },
  );

  it("left behind books that hold", async () => {
    expect(await desk.broken()).toEqual([]);
  });
});
