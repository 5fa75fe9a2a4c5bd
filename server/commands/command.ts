import type { Config } from "../platform/config.ts";
import type { Installation } from "../platform/installation.ts";
import type { Log } from "../platform/log.ts";

type Surroundings = {
  config: Config;
  options: Options;
  /** What was typed without a name, in its order. */
  operands: readonly string[];
  /** The result, and nothing else, goes to standard output. */
  print(text: string): void;
};

/** What a one-shot command works with: the database is open, beside a running server or alone. */
export type CommandContext = Surroundings & { installation: Installation };

/** The same for a command that opens by itself what it needs, and may find nothing in working order. */
export type BareContext = Surroundings & { log: Log; migrations: string };

/** `--name value` and `--flag`, as they were typed. */
export type Options = ReadonlyMap<string, string | true>;

/** A member of the command line's shelf. */
export type Command = {
  name: string;
  usage: string;
  summary: string;
  /** The options it knows; others are refused. */
  options: readonly string[];
  /** Those of them that take no value, so that what follows is an operand. */
  flags?: readonly string[];
  /** How many operands it takes at most. */
  operandsMax?: number;
} & (
  | {
      isBare?: false;
      /** Answers the exit code. */
      run(context: CommandContext): Promise<number>;
    }
  | { isBare: true; run(context: BareContext): Promise<number> }
);

/** A mistake in what was typed; said on standard error with the usage. */
export class UsageError extends Error {}

export function required(options: Options, name: string): string {
  const value = options.get(name);
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`--${name} is missing.`);
}
