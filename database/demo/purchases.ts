import type { Random } from "../../server/primitives/random.ts";
import type { Act, Join, Order } from "./act.ts";
import { DAY_MS, season, startOfDay } from "./calendar.ts";

const BUYERS_SHARE = 0.8;
const FIRST_ORDER_DAYS = 4;
const NEXT_ORDER_DAYS = 16;
const ORDERS_MAX = 20;
const SLOT_MS = DAY_MS / 4;
/** Rupees: half the orders are above the first. */
const MEDIAN = 1_650;
const SPREAD = 0.7;
const AMOUNT_MIN = 190;
const AMOUNT_MAX = 48_000;
const RETURNED_SHARE = 0.07;
const WHOLE_SHARE = 0.55;
const RETURN_DAYS = [1, 24] as const;

/** What is bought for up to so many rupees. */
const PRODUCTS: readonly [below: number, ...names: string[]][] = [
  [600, "Block-printed napkins", "Beeswax candle", "Cotton tote", "Brass incense holder"],
  [1_200, "Indigo cushion cover", "Clay tea set for two", "Kantha scarf", "Jute table runner"],
  [2_500, "Handloom throw", "Ajrakh stole", "Brass diya set", "Madras cotton shirt"],
  [6_000, "Chanderi sari", "Dhurrie rug, small", "Quilted bedspread", "Teak serving set"],
  [AMOUNT_MAX + 1, "Kanjivaram silk sari", "Dhurrie rug, large", "Festive gift hamper", "Pashmina shawl"],
];

/** What everybody bought after joining, numbered as the shop numbered it. */
export function shopping(random: Random, joins: readonly Join[], now: Date): Order[] {
  const orders = joins.flatMap((join) => (random.chance(BUYERS_SHARE) ? ordersOf(random, join, now) : []));
  return orders
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map((order, index) => ({ ...order, externalId: `order-${20_001 + index}` }));
}

function ordersOf(random: Random, { person, at: joinedAt }: Join, now: Date): Order[] {
  const orders: Order[] = [];
  const wished = Math.round(random.pareto(0.5, ORDERS_MAX));
  // Half of the buyers came because they were about to buy something.
  let at =
    joinedAt.getTime() +
    random.exponential(random.chance(0.5) ? FIRST_ORDER_DAYS / 8 : FIRST_ORDER_DAYS) * DAY_MS;
  while (at < now.getTime() && orders.length <= wished) {
    orders.push(orderOf(random, person.externalId, new Date(Math.floor(at / 1000) * 1000)));
    const mood = season(startOfDay(new Date(at)));
    at += 3_600_000 + (random.exponential(NEXT_ORDER_DAYS) / mood) * DAY_MS;
  }
  return orders;
}

function orderOf(random: Random, buyer: string, at: Date): Order {
  const wished = MEDIAN * Math.exp(SPREAD * random.normal());
  const rupees = Math.min(AMOUNT_MAX, Math.max(AMOUNT_MIN, wished));
  // Prices end in 9 or 0, an order now and then in paise.
  const amount = random.chance(0.15) ? Math.round(rupees * 100) : Math.round(rupees / 10) * 1_000 - 100;
  const [, ...names] = PRODUCTS.find(([below]) => rupees < below) ?? [0, "Gift card"];
  return {
    externalId: "",
    buyer,
    at,
    amount,
    profit: Math.round(amount * random.between(0.1, 0.3)),
    product: random.pick(names),
  };
}

/** The shop reports its orders a few times a day. */
export function purchaseActs(orders: readonly Order[]): Act[] {
  const slots = new Map<number, Order[]>();
  for (const order of orders) {
    const slot = Math.ceil(order.at.getTime() / SLOT_MS) * SLOT_MS;
    slots.set(slot, [...(slots.get(slot) ?? []), order]);
  }
  return [...slots].map(([at, reported]) => ({ kind: "purchases", at: new Date(at), orders: reported }));
}

/** Some come back whole, some in parts, one part after the other. */
export function refundActs(random: Random, orders: readonly Order[], now: Date): Act[] {
  return orders.flatMap((order) => (random.chance(RETURNED_SHARE) ? refundsOf(random, order, now) : []));
}

function refundsOf(random: Random, order: Order, now: Date): Act[] {
  const parts = random.chance(WHOLE_SHARE)
    ? [1]
    : random.chance(0.3)
      ? [0.3, 0.7]
      : [random.pick([0.2, 0.25, 0.5])];
  let at = order.at.getTime();
  return parts.flatMap((part, index): Act[] => {
    at += random.between(...RETURN_DAYS) * DAY_MS;
    if (at >= now.getTime()) return [];
    const amount =
      parts.length > 1 && index === 1
        ? order.amount - Math.floor(order.amount * 0.3)
        : Math.floor(order.amount * part);
    const externalId = `return-${order.externalId.slice(6)}-${index + 1}`;
    return [{ kind: "refund", at: new Date(at), externalId, order: order.externalId, amount }];
  });
}
