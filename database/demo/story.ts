import { createRandom, type Random } from "../../server/primitives/random.ts";
import type { Act, Join, Origin, Story, Visit } from "./act.ts";
import { DAY_MS, momentOf, season, startOfDay } from "./calendar.ts";
import { createPeople } from "./people.ts";
import { purchaseActs, refundActs, shopping } from "./purchases.ts";

export const STORY_SEED = 20_261;
const DAYS = 183;
const PEOPLE = 318;
const SEATS = 8;
/** Those the shop invited itself, in its first days. */
const FOUNDERS = 14;
const FOUNDING_DAYS = 9;
const ALONE_SHARE = 0.06;
const MISTYPED_SHARE = 0.012;
/** Of those who want to join under somebody who has no room left. */
const FULL_SHARE = 0.05;
const EXTRA_VISITS_PER_JOIN = 16;
const VISIT_SLOT_MS = DAY_MS / 6;
const DECIDING_MS_MIN = 60_000;
const DECIDING_MS_MAX = 40 * 60_000;

const REFERRERS: readonly (string | null)[] = [
  "https://web.whatsapp.com/",
  "https://web.whatsapp.com/",
  null,
  null,
  "https://l.instagram.com/",
  "https://l.instagram.com/",
  "https://m.facebook.com/",
  "https://t.co/",
  "https://t.me/",
  "https://mail.google.com/",
  "https://www.linkedin.com/",
];
const AGENTS = [
  "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36",
];

/** What happened in a shop's referral program in the half year before `now`; nothing of it is later than `now`. */
export function tellStory(now: Date, seed: number = STORY_SEED): Story {
  const random = createRandom(seed);
  const startsAt = new Date(startOfDay(now).getTime() - (DAYS - 1) * DAY_MS);
  const days = Array.from({ length: DAYS }, (_, index) => new Date(startsAt.getTime() + index * DAY_MS));
  const joins = joinActs(random, days, now);
  const orders = shopping(random, joins, now);
  const acts: Act[] = [
    ...joins,
    ...visitActs(random, joins, days, now),
    ...purchaseActs(orders),
    ...refundActs(random, orders, now),
    // A quarter of an hour after midnight, as on every day after.
    ...days.map((day): Act => ({ kind: "release", at: new Date(day.getTime() + DAY_MS / 96) })),
    { kind: "release", at: now },
  ];
  const told = acts.filter(({ at }) => at <= now);
  return { seed, startsAt, acts: told.sort((a, b) => a.at.getTime() - b.at.getTime()) };
}

type Advocate = { externalId: string; joinedAt: number; reach: number; seats: number; depth: number };

function joinActs(random: Random, days: readonly Date[], now: Date): Join[] {
  const people = createPeople(random, PEOPLE);
  const busy = days.map((day, index) => season(day) * (0.35 + (1.3 * index) / days.length));
  const moments = people.map((_, index) => {
    const place = index < FOUNDERS ? random.whole(0, FOUNDING_DAYS) : random.weighted(busy);
    return momentOf(days[place] ?? now, random);
  });
  const told = moments.sort((a, b) => a.getTime() - b.getTime()).filter((at) => at < now);
  const advocates: Advocate[] = [];
  return told.flatMap((at, index): Join[] => {
    const person = people[index];
    if (!person) return [];
    const origin = index < FOUNDERS ? ({ kind: "alone" } as const) : originOf(random, advocates, at);
    advocates.push({
      externalId: person.externalId,
      joinedAt: at.getTime(),
      reach: index === 0 ? REACH_MAX : random.pareto(REACH_SHAPE, REACH_MAX),
      seats: SEATS,
      depth: depthOf(origin, advocates),
    });
    return [{ kind: "join", at, person, origin }];
  });
}

function depthOf(origin: Origin, advocates: readonly Advocate[]): number {
  if (origin.kind !== "visit") return 0;
  return 1 + (advocates.find(({ externalId }) => externalId === origin.visit.advocate)?.depth ?? 0);
}

/** Most people invite nobody or one friend; a few invite all they may. */
const REACH_SHAPE = 0.8;
const REACH_MAX = 60;
const FADING_DAYS = 75;
/** With every step away from the shop the enthusiasm thins. */
const THINNING = 0.7;

function originOf(random: Random, advocates: Advocate[], at: Date): Origin {
  if (random.chance(ALONE_SHARE)) return { kind: "alone" };
  if (random.chance(MISTYPED_SHARE)) return { kind: "code", code: "fr1endz-24" };
  const wantsFull = random.chance(FULL_SHARE);
  const wanted = advocates.filter(({ seats }) => seats > 0 !== wantsFull);
  const advocate = pickAdvocate(random, wanted.length > 0 ? wanted : advocates, at);
  advocate.seats = Math.max(0, advocate.seats - 1);
  return {
    kind: "visit",
    visit: visitOf(random, advocate.externalId),
    at: new Date(at.getTime() - random.between(DECIDING_MS_MIN, DECIDING_MS_MAX)),
  };
}

/** People talk about a shop when it is new to them. */
function pickAdvocate(random: Random, advocates: readonly Advocate[], at: Date): Advocate {
  const weights = advocates.map(({ reach, joinedAt, depth }) => {
    const days = (at.getTime() - joinedAt) / DAY_MS;
    return reach * THINNING ** depth * (0.2 + Math.exp(-days / FADING_DAYS));
  });
  const advocate = advocates[random.weighted(weights)];
  if (!advocate) throw new Error("Nobody has joined yet.");
  return advocate;
}

/** Most visits lead to nothing. */
function visitActs(random: Random, joins: readonly Join[], days: readonly Date[], now: Date): Act[] {
  const slots = new Map<number, Visit[]>();
  for (const { origin } of joins) {
    if (origin.kind !== "visit") continue;
    const { advocate } = origin.visit;
    const since = joins.find(({ person }) => person.externalId === advocate)?.at ?? now;
    for (let left = random.whole(2, 2 * EXTRA_VISITS_PER_JOIN); left > 0; left--) {
      const at = momentOf(random.pick(days), random).getTime();
      const slot = Math.ceil(at / VISIT_SLOT_MS) * VISIT_SLOT_MS;
      if (at <= since.getTime() || slot >= now.getTime()) continue;
      slots.set(slot, [...(slots.get(slot) ?? []), visitOf(random, advocate)]);
    }
  }
  return [...slots].map(([at, visits]) => ({ kind: "visits", at: new Date(at), visits }));
}

function visitOf(random: Random, advocate: string): Visit {
  return {
    advocate,
    visitor: `visitor-${random.whole(1, 4_000)}`,
    referrer: random.pick(REFERRERS),
    userAgent: random.pick(AGENTS),
  };
}
