import { parseArgs } from "node:util";

export type Options = {
  /** Null: everything. */
  only: string[] | null;
  rounds: number;
  seconds: number;
  /** People of the big world; null: it is not asked for. */
  bigWorld: number | null;
  /** A result to print as a Markdown table instead of measuring. */
  render: string | null;
};

export class UsageError extends Error {}

const ROUNDS_MAX = 50;
const SECONDS_MAX = 60;
const MILLION = 1_000_000;

export const USAGE = (names: readonly string[]): string =>
  `npm run bench -- [--quick] [--only ${names.slice(0, 2).join(",")}] [--million] [--rounds 5] [--seconds 5]
  --quick        three rounds of one second: shows that it runs, not how fast it is
  --only         some of: ${names.join(", ")}
  --million      also with 1 000 000 participants and 10 000 000 transfers (40 GB of disk, half an hour)
  --people N     the same with a world of N people and 10 N transfers
  --rounds N     rounds of each figure, at most ${ROUNDS_MAX}
  --seconds N    seconds of a round, at most ${SECONDS_MAX}
  --render FILE  prints a result of an earlier run as a Markdown table`;

export function parseOptions(args: readonly string[], names: readonly string[]): Options {
  const { values } = readArguments(args);
  if (values.help) throw new UsageError("Measures this machine and prints a table.");
  const only = values.only?.split(",").map((name) => name.trim()) ?? null;
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no "${unknown}" to measure.`);
  const isQuick = values.quick === true;
  return {
    only,
    rounds: whole("rounds", values.rounds, isQuick ? 3 : 5, ROUNDS_MAX),
    seconds: whole("seconds", values.seconds, isQuick ? 1 : 5, SECONDS_MAX),
    bigWorld:
      values.people === undefined
        ? values.million === true || only?.includes("million")
          ? MILLION
          : null
        : whole("people", values.people, MILLION, MILLION),
    render: values.render ?? null,
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean" },
        only: { type: "string" },
        million: { type: "boolean" },
        people: { type: "string" },
        rounds: { type: "string" },
        seconds: { type: "string" },
        render: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(name: string, text: string | undefined, fallback: number, max: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new UsageError(`--${name} must be a whole number from 1 to ${max}.`);
}
