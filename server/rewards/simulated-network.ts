import { createRandom } from "../primitives/random.ts";
import { SimulatedOrders } from "./simulated-orders.ts";
import { SimulatedPeople } from "./simulated-people.ts";
import { simulatedDays, spread } from "./simulated-season.ts";
import { type SimulatedStep, type Simulation, termsOf } from "./simulation.ts";

/**
 * A network as it may grow in the life of a program, and what is bought and given back in it, in the order of time.
 * The same options tell the same story. It is told a day at a time: a million purchases need no more memory than the
 * people, the busiest day and the refunds that are still to come. Refunds of the last purchases follow after the last
 * month.
 */
export function* simulate(simulation: Simulation): Generator<SimulatedStep, void, undefined> {
  const terms = termsOf(simulation);
  const random = createRandom(terms.seed);
  const people = new SimulatedPeople(terms, random);
  const orders = new SimulatedOrders(terms, random, people);
  const days = simulatedDays(terms.startsAt, terms.months, terms.monthlyGrowth);
  const weights = days.map(({ weight }) => weight);
  const joining = spread(terms.participants, weights);
  const buying = spread(terms.purchases, busyness(weights, joining));
  for (const [index, day] of days.entries()) {
    const signups = people.join(day, joining[index] ?? 0);
    const purchases = orders.buy(day, buying[index] ?? 0);
    yield* inOrder([...signups, ...purchases, ...orders.refundsOf(day.startsAt)]);
  }
  for (const day of orders.refundDays()) yield* inOrder(orders.refundsOf(day));
}

/** More people buy more. */
function busyness(weights: readonly number[], joining: readonly number[]): number[] {
  let joined = 0;
  return weights.map((weight, index) => {
    joined += joining[index] ?? 0;
    return weight * joined;
  });
}

/** Of what happens at once, the cause comes first: nobody buys before they have joined. */
function inOrder(steps: SimulatedStep[]): SimulatedStep[] {
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime());
}
