import type { Random } from "../primitives/random.ts";
import { SimulatedCrowd } from "./simulated-crowd.ts";
import { type SimulatedDay, simulatedMoment } from "./simulated-season.ts";
import type { SimulatedSegment, SimulatedSignup, SimulationTerms, Weighted } from "./simulation.ts";

/** Most people invite nobody or one friend, a few very many; and who has invited invites again. */
const REACH_SHAPE = 0.9;
const REACH_MAX = 40;
const ACTIVITY_SHAPE = 1.4;
const ACTIVITY_MAX = 12;

/** Who has joined so far, and under whom. */
export class SimulatedPeople {
  readonly #terms: SimulationTerms;
  readonly #random: Random;
  /** By participant, in the order of their sign-up. */
  readonly #joinedAt: number[] = [];
  readonly #segments: SimulatedSegment[] = [];
  readonly #depths: number[] = [];
  readonly #directs: number[] = [];
  readonly #advocates = new SimulatedCrowd();
  readonly #buyers = new SimulatedCrowd();

  constructor(terms: SimulationTerms, random: Random) {
    this.#terms = terms;
    this.#random = random;
  }

  join(day: SimulatedDay, count: number): SimulatedSignup[] {
    const moments = Array.from({ length: count }, () => simulatedMoment(day, this.#random));
    return moments.sort((a, b) => a - b).map((at) => this.#signup(at));
  }

  /** Somebody who buys, the eager ones more often; null before anybody has joined. */
  buyer(): { participant: number; joinedAt: number; segment: SimulatedSegment } | null {
    const participant = this.#buyers.pick(this.#random, () => true);
    const segment = this.#segments[participant ?? -1];
    if (participant === null || segment === undefined) return null;
    return { participant, joinedAt: this.#joinedAt[participant] ?? 0, segment };
  }

  #signup(at: number): SimulatedSignup {
    const { referredShare, directLimit, segments, countries, channels } = this.#terms;
    const hasRoom = (person: number) => (this.#directs[person] ?? 0) < (directLimit ?? Infinity);
    const isReferred = this.#random.chance(referredShare);
    const advocate = isReferred ? this.#advocates.pick(this.#random, hasRoom) : null;
    const segment = pick(segments, this.#random);
    const participant = this.#remember(at, advocate, segment);
    const country = pick(countries, this.#random).name;
    const channel = pick(channels, this.#random).name;
    return {
      kind: "signup",
      at: new Date(at),
      participant,
      advocate,
      country,
      channel: advocate === null ? null : channel,
      segment: segment.name,
    };
  }

  #remember(at: number, advocate: number | null, segment: SimulatedSegment): number {
    const participant = this.#joinedAt.length;
    const depth = advocate === null ? 0 : (this.#depths[advocate] ?? 0) + 1;
    this.#joinedAt.push(at);
    this.#segments.push(segment);
    this.#depths.push(depth);
    this.#directs.push(0);
    if (advocate !== null) {
      this.#directs[advocate] = (this.#directs[advocate] ?? 0) + 1;
      this.#advocates.add(advocate, 1);
    }
    if (depth < this.#terms.depthMax)
      this.#advocates.add(participant, Math.floor(this.#random.pareto(REACH_SHAPE, REACH_MAX)));
    const activity = this.#random.pareto(ACTIVITY_SHAPE, ACTIVITY_MAX) * segment.activity;
    this.#buyers.add(participant, Math.max(1, Math.round(activity)));
    return participant;
  }
}

/** One of a list, more often a heavier one. */
export function pick<Choice extends Weighted>(choices: readonly Choice[], random: Random): Choice {
  const choice = choices[random.weighted(choices.map(({ weight }) => weight))];
  if (choice === undefined) throw new Error("There is nothing to pick from.");
  return choice;
}
