import { toWire } from "../primitives/money.ts";
import { simulate as simulateNetwork } from "../rewards/simulated-network.ts";
import type { SimulatedStep, Simulation } from "../rewards/simulation.ts";
import { type Command, type Options, required, UsageError } from "./command.ts";

const PARTICIPANTS_MAX = 1_000_000;
const PURCHASES_MAX = 10_000_000;
const MONTHS_MAX = 120;
const SEED_MAX = 2 ** 32 - 1;
const CURRENCY = /^[A-Z]{3}$/;
const LINES_AT_ONCE = 1_000;

/** A growing network and its purchases, to fill a test installation with or to calculate on elsewhere. */
export const simulate: Command = {
  name: "simulate",
  usage: "simulate --participants 1000 --months 12 --currency INR [--purchases 5000] [--limit 8] [--seed 1]",
  summary: "Print a simulated network's sign-ups, purchases and refunds, one JSON object a line",
  options: ["participants", "months", "currency", "purchases", "limit", "seed"],
  isBare: true,
  async run({ options, print }) {
    let lines: string[] = [];
    for (const step of simulateNetwork(simulationOf(options))) {
      lines.push(lineOf(step));
      if (lines.length < LINES_AT_ONCE) continue;
      print(lines.join("\n"));
      lines = [];
    }
    if (lines.length > 0) print(lines.join("\n"));
    return 0;
  },
};

function simulationOf(options: Options): Simulation {
  const currency = required(options, "currency");
  if (!CURRENCY.test(currency)) throw new UsageError('--currency is three capital letters, such as "INR".');
  return {
    seed: options.has("seed") ? whole(options, "seed", 0, SEED_MAX) : 1,
    participants: whole(options, "participants", 1, PARTICIPANTS_MAX),
    months: whole(options, "months", 1, MONTHS_MAX),
    currency,
    ...(options.has("purchases") ? { purchases: whole(options, "purchases", 0, PURCHASES_MAX) } : {}),
    ...(options.has("limit") ? { directLimit: whole(options, "limit", 1, PARTICIPANTS_MAX) } : {}),
  };
}

function whole(options: Options, name: string, lowest: number, highest: number): number {
  const text = required(options, name);
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= lowest && number <= highest) return number;
  throw new UsageError(`--${name} is a whole number from ${lowest} to ${highest}.`);
}

function lineOf(step: SimulatedStep): string {
  return JSON.stringify(step, (_key, value: unknown) => (isMoney(value) ? toWire(value) : value));
}

function isMoney(value: unknown): value is { minor: bigint; currency: string } {
  return typeof value === "object" && value !== null && "minor" in value;
}
