import type { ParticipantId } from "../participants/participant.ts";
import { RATE_ONE } from "../primitives/rate.ts";
import type { ReplayConversion, ReplayStep } from "./replay.ts";
import { simulate } from "./simulated-network.ts";
import type { SimulatedPurchase, SimulatedSignup, Simulation } from "./simulation.ts";
import { LEVELS_MAX, type UplineMember } from "./upline.ts";

/** A simulated network as a replay meets it: sign-ups of friends, purchases, refunds. */
export function* simulatedHistory(
  simulation: Simulation,
  timeZone: string,
): Generator<ReplayStep, void, undefined> {
  const people: SimulatedSignup[] = [];
  const refunded = refundedPurchases(simulation);
  for (const step of simulate(simulation)) {
    switch (step.kind) {
      case "signup":
        people[step.participant] = step;
        if (step.advocate !== null) yield signupOf(step, people, simulation.currency, timeZone);
        break;
      case "purchase":
        yield purchaseOf(step, people, refunded.has(step.purchase), timeZone);
        break;
      case "refund":
        yield { kind: "refund", key: purchaseKey(step.purchase), addedMinor: step.amount.minor, at: step.at };
    }
  }
}

/** The same options tell the same story, so the end of it can be known at the beginning. */
function refundedPurchases(simulation: Simulation): Set<number> {
  const refunded = new Set<number>();
  for (const step of simulate(simulation)) if (step.kind === "refund") refunded.add(step.purchase);
  return refunded;
}

type People = readonly SimulatedSignup[];
type Happening = Pick<
  ReplayConversion["facts"]["conversion"],
  "kind" | "amount" | "profit" | "occurredAt" | "product"
>;

function signupOf(
  { participant, at }: SimulatedSignup,
  people: People,
  currency: string,
  timeZone: string,
): ReplayConversion {
  const signup = {
    kind: "signup",
    amount: { minor: 0n, currency },
    profit: null,
    occurredAt: at,
    product: null,
  };
  return conversionOf(`signup ${participant}`, participant, people, signup, timeZone);
}

function purchaseOf(
  { purchase, participant, amount, profit, at, product }: SimulatedPurchase,
  people: People,
  isRefunded: boolean,
  timeZone: string,
): ReplayConversion {
  const bought = { kind: "purchase", amount, profit, occurredAt: at, product };
  return { ...conversionOf(purchaseKey(purchase), participant, people, bought, timeZone), isRefunded };
}

const purchaseKey = (purchase: number): string => `purchase ${purchase}`;
const idOf = (participant: number): ParticipantId => `par_simulated${participant}`;

function conversionOf(
  key: string,
  participant: number,
  people: People,
  happening: Happening,
  timeZone: string,
): ReplayConversion {
  const upline = uplineOf(participant, people);
  const person = people[participant];
  return {
    kind: "conversion",
    key,
    conversionId: null,
    planVersion: null,
    facts: {
      conversion: {
        participantId: idOf(participant),
        ...happening,
        country: person?.country ?? null,
        channel: person?.channel ?? null,
        segment: person?.segment ?? null,
      },
      defaultMargin: RATE_ONE,
      referral: upline.length === 0 ? "none" : "counts",
      referredAt: person?.at ?? null,
      upline,
      timeZone,
    },
    isRefunded: false,
    isTallied: true,
  };
}

function uplineOf(participant: number, people: People): UplineMember[] {
  const upline: UplineMember[] = [];
  let leg = participant;
  for (let level = 1; level <= LEVELS_MAX; level++) {
    const advocate = people[leg]?.advocate ?? null;
    if (advocate === null) break;
    upline.push({ participantId: idOf(advocate), level, legParticipantId: idOf(leg), status: "active" });
    leg = advocate;
  }
  return upline;
}
