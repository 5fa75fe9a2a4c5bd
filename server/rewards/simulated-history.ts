import type { ParticipantId } from "../participants/participant.ts";
import { RATE_ONE } from "../primitives/rate.ts";
import type { ReplayConversion, ReplayStep } from "./replay.ts";
import { UNCOUNTED, UNPLACED } from "./settlement-facts.ts";
import { simulate } from "./simulated-network.ts";
import type { SimulatedPurchase, SimulatedSignup, Simulation } from "./simulation.ts";
import { LEVELS_MAX, type UplineMember } from "./upline.ts";

/** A simulated network as a replay meets it: sign-ups of friends, purchases, refunds. */
export function* simulatedHistory(simulation: Simulation): Generator<ReplayStep, void, undefined> {
  const advocates: (number | null)[] = [];
  const refunded = refundedPurchases(simulation);
  for (const step of simulate(simulation)) {
    switch (step.kind) {
      case "signup":
        advocates[step.participant] = step.advocate;
        if (step.advocate !== null) yield signupOf(step, advocates, simulation.currency);
        break;
      case "purchase":
        yield purchaseOf(step, advocates, refunded.has(step.purchase));
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

function signupOf(
  { participant, at }: SimulatedSignup,
  advocates: readonly (number | null)[],
  currency: string,
): ReplayConversion {
  const nothing = { minor: 0n, currency };
  return conversionOf(`signup ${participant}`, participant, advocates, {
    ...{ ...UNPLACED, kind: "signup", amount: nothing, profit: null, occurredAt: at },
  });
}

function purchaseOf(
  { purchase, participant, amount, profit, at }: SimulatedPurchase,
  advocates: readonly (number | null)[],
  isRefunded: boolean,
): ReplayConversion {
  const bought = { ...UNPLACED, kind: "purchase", amount, profit, occurredAt: at };
  return { ...conversionOf(purchaseKey(purchase), participant, advocates, bought), isRefunded };
}

const purchaseKey = (purchase: number): string => `purchase ${purchase}`;
const idOf = (participant: number): ParticipantId => `par_simulated${participant}`;

function conversionOf(
  key: string,
  participant: number,
  advocates: readonly (number | null)[],
  conversion: Omit<ReplayConversion["facts"]["conversion"], "participantId">,
): ReplayConversion {
  const upline = uplineOf(participant, advocates);
  return {
    kind: "conversion",
    key,
    conversionId: null,
    planVersion: null,
    facts: {
      ...UNCOUNTED,
      conversion: { participantId: idOf(participant), ...conversion },
      defaultMargin: RATE_ONE,
      referral: upline.length === 0 ? "none" : "counts",
      upline,
    },
    isRefunded: false,
  };
}

function uplineOf(participant: number, advocates: readonly (number | null)[]): UplineMember[] {
  const upline: UplineMember[] = [];
  let leg = participant;
  for (let level = 1; level <= LEVELS_MAX; level++) {
    const advocate = advocates[leg] ?? null;
    if (advocate === null) break;
    upline.push({ participantId: idOf(advocate), level, legParticipantId: idOf(leg), status: "active" });
    leg = advocate;
  }
  return upline;
}
