/**
 * Plays random histories on the model and the engine until so many steps are compared: `npm run simulate -- --steps
 * 1000000 [--seed n]`. Ends with 1 and the smallest history it can find when they disagree.
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { play } from "./play.ts";
import { type History, histories } from "./worlds.ts";

const HISTORIES_AT_ONCE = 500;
const SEED_MAX = 2 ** 31 - 1;

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Date.now() % SEED_MAX) },
  },
});
const wanted = wholeNumber("steps", values.steps);
const firstSeed = wholeNumber("seed", values.seed);
console.log(`Seed ${firstSeed}, ${wanted} steps.`);

let steps = 0;
for (let seed = firstSeed; steps < wanted && process.exitCode === undefined; seed++) {
  const result = fc.check(fc.property(histories, compare), { seed, numRuns: HISTORIES_AT_ONCE });
  if (result.failed) report(seed, result);
  else console.log(`${steps} steps compared, seed ${seed}`);
}

function compare(history: History): void {
  play(history);
  steps += history.steps.length;
}

function report(seed: number, result: fc.RunDetails<[History]>): void {
  console.log(`They disagree: --seed ${seed}, path ${result.counterexamplePath}`);
  console.log(JSON.stringify(result.counterexample?.[0], null, 2));
  console.log(result.errorInstance);
  process.exitCode = 1;
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
  console.error(`--${name} is a whole number.`);
  process.exit(2);
}
